"""The event and the proposal of a request, for whoever plans the cover."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from titian.foresight.models import Proposal
from titian.kernel.models import Event
from titian.people.policy import coordinates
from titian.web.events import event_of
from titian.web.http import SignedInRequest, actor_of, get_object_or_404


def proposal_to_read(request: SignedInRequest, pk: int) -> Proposal:
    """The proposal of cover with this number at the reader's event, or 404."""
    event = event_to_plan(request)
    proposals = Proposal.objects.filter(event=event, kind="cover")
    return get_object_or_404(proposals.select_related("event"), pk=pk)


def event_to_plan(request: SignedInRequest) -> Event:
    """The reader's event, refused unless she coordinates it."""
    event = event_of(request)
    if event is None or not coordinates(actor_of(request), event):
        raise PermissionDenied(_("The cover is the coordinator's."))
    return event
