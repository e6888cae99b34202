"""A cover that is looked for in minutes: wanted, watched, stopped."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.commands.searching import (
    TooLong,
    look_for_cover,
    stop_looking,
)
from titian.foresight.gather.cover import ORDER, NoDays
from titian.foresight.models import Proposal
from titian.kernel import clock
from titian.kernel.numbers import row_number
from titian.web.desk.acts import ActForm, refusal_of
from titian.web.desk.cover.found import event_to_plan, proposal_to_read
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    redirect,
    render,
)

MINUTES = (1, 5, 15)
COUNTED: dict[str, Promise] = {
    "uncovered": gettext_lazy("Hours that nobody holds, by weight"),
    "changed": gettext_lazy("Published duties that move"),
    "faces": gettext_lazy("Faces beyond two a delegation"),
    "handovers": gettext_lazy("Hand-overs"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """How far a search is: rounds, percent of its time, and what the best costs."""

    rounds: int
    percent: int
    best: Sequence[tuple[Promise, int]]


@login_required
@require_POST
def search(request: SignedInRequest) -> HttpResponse:
    """Have the cover looked for in so many minutes; the page shows how far it is."""
    event, form = event_to_plan(request), ActForm(request.POST)
    minutes = row_number(request.POST.get("minutes", "")) or 0
    if not form.is_valid():
        messages.error(request, form.problem())
        return redirect("cover")
    try:
        wanted = look_for_cover(
            event.pk,
            60.0 * minutes,
            actor=actor_of(request),
            at=clock.time_at(event),
            key=form.cleaned_data["key"],
        )
    except (NoDays, TooLong) as why:
        messages.error(request, str(why))
        return redirect("cover")
    return redirect("cover-proposal", wanted.pk)


@login_required
@require_GET
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far it is, asked again and again; once it is over, the page itself."""
    proposal = proposal_to_read(request, pk)
    found = found_of(proposal)
    context = {"proposal": proposal, "event": proposal.event, "found": found}
    answer = render(request, "desk/proposal_search.html", context)
    if proposal.state != Proposal.State.SEARCHING:
        answer["HX-Redirect"] = reverse("cover-proposal", args=[pk])
    return answer


@login_required
@require_POST
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    """End it at the next round; the best so far is kept."""
    proposal, form = proposal_to_read(request, pk), ActForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.problem())
        return redirect("cover-proposal", pk)
    at, key = clock.time_at(proposal.event), form.cleaned_data["key"]
    problem, _status = refusal_of(
        lambda: stop_looking(pk, actor=actor_of(request), at=at, key=key)
    )
    if problem:
        messages.warning(request, problem)
    return redirect("cover-proposal", pk)


def found_of(proposal: Proposal) -> Found:
    """The progress as the page draws it; nothing yet where nobody has begun."""
    told = proposal.progress
    costs = zip(ORDER, told.get("best", ()), strict=False)
    return Found(
        told.get("rounds", 0),
        round(100 * told.get("share", 0)),
        [(COUNTED[level], cost) for level, cost in costs if level in COUNTED],
    )
