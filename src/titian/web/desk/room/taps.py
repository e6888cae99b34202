"""A journey's taps at the desk: something is reached; it was the wrong button."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.logistics.commands import journeys
from titian.logistics.models import Journey
from titian.web.desk.people.views import delegation_page
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
)
from titian.web.late import late_shows


def _page(request: SignedInRequest, pk: int) -> HttpResponse:
    return delegation_page(request, _journey(request, pk).delegation_id)


@late_shows(_page)
@login_required
@require_POST
def milestone(request: SignedInRequest, pk: int) -> HttpResponse:
    """A tap: something has been reached."""
    journey = _journey(request, pk)
    at, state = clock.time_at(journey.event), request.POST.get("state", "")
    try:
        journeys.mark(pk, state, actor=actor_of(request), at=at, key=_key(request))
    except (clock.NotYet, journeys.NoMilestone) as why:
        messages.error(request, str(why))
    return redirect("delegation", journey.delegation_id)


@late_shows(_page)
@login_required
@require_POST
def undoing(request: SignedInRequest, pk: int) -> HttpResponse:
    """The wrong button, noticed within two minutes: the tap is taken back."""
    journey = _journey(request, pk)
    at, state = clock.time_at(journey.event), request.POST.get("state", "")
    journeys.take_back(pk, state, actor=actor_of(request), at=at, key=_key(request))
    return redirect("delegation", journey.delegation_id)


def _journey(request: SignedInRequest, pk: int) -> Journey:
    seen = Journey.objects.visible_to(actor_of(request))
    return get_object_or_404(seen.select_related("event"), pk=pk)


def _key(request: SignedInRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
