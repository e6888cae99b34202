"""An officer who said no is asked once more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.people.commands.assignments import ask_again
from titian.people.models import Assignment
from titian.web.desk.acts import ActForm
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
)


@login_required
@require_POST
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the officer anew: the card is on her phone again."""
    actor = actor_of(request)
    seen = Assignment.objects.visible_to(actor).select_related("delegation__event")
    row = get_object_or_404(seen.distinct(), pk=pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.problem())
        return redirect("cover")
    at, key = clock.time_at(row.delegation.event), form.cleaned_data["key"]
    try:
        ask_again(row.pk, actor=actor, at=at, key=key)
    except (IllegalMove, KeyReused):
        messages.warning(request, _("Somebody was faster: this is how it stands now."))
    else:
        messages.success(request, _("The LO is asked again."))
    return redirect("cover")
