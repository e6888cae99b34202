"""Who comes, and how highly: a step told with its paper, by the protocol desk."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.people.commands.delegations import (
    NoPaper,
    NoSuchStep,
    NotLower,
    state_participation,
)
from titian.people.models import Delegation
from titian.web.desk.asks.forms import ActForm
from titian.web.desk.people.views import delegation_page
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
)
from titian.web.late import late_shows

NAMES = ("document", "source")


@late_shows(delegation_page)
@login_required
@require_POST
def step(request: SignedInRequest, pk: int) -> HttpResponse:
    """One step of coming or not coming, on the word of the paper that is named."""
    row = _delegation(request, pk)
    form = ActForm(request.POST)
    given, problem = _read(request)
    if not form.is_valid() or given is None:
        return _refused(request, pk, problem)
    try:
        state_participation(
            pk,
            request.POST.get("move", ""),
            **given,
            actor=actor_of(request),
            at=clock.time_at(row.event),
            key=form.cleaned_data["key"],
        )
    except (NoPaper, NoSuchStep, NotLower) as why:
        return _refused(request, pk, str(why))
    messages.success(request, _("It is noted, and the counts by level follow."))
    return redirect("delegation", pk)


def _read(request: SignedInRequest) -> tuple[dict[str, Any] | None, str]:
    """What the command needs, or what is wrong with it."""
    try:
        stated_on = date.fromisoformat(request.POST.get("stated_on", "").strip())
    except ValueError:
        return None, _("Give the day that the paper bears.")
    named = {name: request.POST.get(name, "").strip() for name in NAMES}
    return {**named, "level": request.POST.get("level") or None} | {
        "stated_on": stated_on
    }, ""


def _refused(request: SignedInRequest, pk: int, problem: str) -> HttpResponse:
    messages.error(request, problem or _("Send the form again."))
    page = delegation_page(request, pk)
    page.status_code = 422
    return page


def _delegation(request: SignedInRequest, pk: int) -> Delegation:
    seen = Delegation.objects.visible_to(actor_of(request)).select_related("event")
    return get_object_or_404(seen.distinct(), pk=pk)
