"""A proposed cover: the diff with its reasons, changed by hand, accepted."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.commands import cover
from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.gather.cover import NoDays
from titian.foresight.models import Proposal
from titian.foresight.shown import Shown, ShownChange, shown
from titian.kernel import clock
from titian.kernel.numbers import row_number
from titian.people.models import Delegation, Duty, Officer
from titian.web.desk.asks.forms import ActForm
from titian.web.desk.cover.found import event_to_plan, proposal_to_read
from titian.web.desk.cover.searching import found_of
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    redirect,
    render,
)

ATTACHED = Duty.Mode.ATTACHED


@login_required
@require_POST
def propose(request: SignedInRequest) -> HttpResponse:
    """Have a plan of the hours to come made; nothing changes by it."""
    event = event_to_plan(request)
    form = ActForm(request.POST)
    try:
        made = cover.propose(
            event.pk,
            actor=actor_of(request),
            at=clock.time_at(event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except (NoDays, NotSound) as why:
        messages.error(request, str(why))
        return redirect("cover")
    return redirect("cover-proposal", made.pk)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the plan would change and what it leaves open, each with its reason."""
    proposal = proposal_to_read(request, pk)
    if proposal.state in {Proposal.State.SEARCHING, Proposal.State.FAILED}:
        return _search_page(request, proposal)
    return _page(request, proposal, unfolded=request.GET.get("of", ""))


@login_required
@require_GET
def part(request: SignedInRequest, pk: int, delegation_id: int) -> HttpResponse:
    """The changes of one delegation, fetched when its line is unfolded."""
    proposal = proposal_to_read(request, pk)
    changes = shown(proposal, only=delegation_id).changes
    context = {"event": proposal.event, "proposal": proposal, "key": uuid4()}
    context["changes"] = changes
    return render(request, "desk/proposal.html#rows", context)


@login_required
@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put it in force, all but the changes that were seen and are not ticked."""
    proposal = proposal_to_read(request, pk)
    form = ActForm(request.POST)
    left_out = sorted(_numbers(request, "seen") - _numbers(request, "change"))
    try:
        cover.accept(
            pk,
            leave_out=left_out,
            actor=actor_of(request),
            at=clock.time_at(proposal.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except WorldMovedOn as why:
        proposal.refresh_from_db()
        return _page(request, proposal, problem=str(why), status=409)
    except NotSound as why:
        return _page(request, proposal, problem=str(why), status=422)
    messages.success(request, _("The cover is in force; every new LO is asked."))
    return redirect("cover")


@login_required
@require_POST
def change(request: SignedInRequest, pk: int, index: int) -> HttpResponse:
    """Give one change to another officer; the plan is checked again."""
    proposal = proposal_to_read(request, pk)
    form = ActForm(request.POST)
    officer = request.POST.get("officer", "")
    if row_number(officer) is None or not 0 <= index < len(proposal.changes):
        return _page(request, proposal, problem=_("Choose an LO."), status=422)
    delegation = str(proposal.changes[index]["delegation"])
    try:
        cover.change_by_hand(
            pk,
            index,
            int(officer),
            actor=actor_of(request),
            at=clock.time_at(proposal.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except WorldMovedOn as why:
        return _page(request, proposal, problem=str(why), status=409)
    except Officer.DoesNotExist:
        problem = _("Choose an LO.")
        return _page(
            request, proposal, problem=problem, unfolded=delegation, status=422
        )
    except (NotSound, ValueError) as why:
        return _page(
            request, proposal, problem=str(why), unfolded=delegation, status=422
        )
    return redirect(f"{reverse('cover-proposal', args=[pk])}?of={delegation}")


def _search_page(request: SignedInRequest, proposal: Proposal) -> HttpResponse:
    """How far the search is, and the button that ends it."""
    event = proposal.event
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "proposal": proposal,
        "found": found_of(proposal),
        "key": uuid4(),
    }
    return render(request, "desk/searching.html", context)


@dataclass(frozen=True)
class Part:
    """One delegation's line of the proposal; its changes, where it is unfolded."""

    delegation: Delegation
    count: int
    names: tuple[str, ...]
    gaps: int
    changes: tuple[ShownChange, ...]


def _parts(found: Shown, unfolded: str) -> list[Part]:
    """Where something stays open first, then by code."""
    rows: dict[int, list[ShownChange]] = defaultdict(list)
    for row in found.changes:
        rows[row.delegation.pk].append(row)
    holes = Counter(gap.delegation.pk for gap in found.gaps if gap.mode == ATTACHED)
    parts = [
        Part(
            delegation=of[0].delegation,
            count=len(of),
            names=tuple(dict.fromkeys(row.new for row in of if row.new)),
            gaps=holes[pk],
            changes=tuple(of) if str(pk) == unfolded else (),
        )
        for pk, of in rows.items()
    ]
    return sorted(parts, key=lambda one: (-one.gaps, one.delegation.code))


def _numbers(request: SignedInRequest, name: str) -> set[int]:
    found = (row_number(one) for one in request.POST.getlist(name))
    return {one for one in found if one is not None}


def _page(
    request: SignedInRequest,
    proposal: Proposal,
    *,
    problem: str = "",
    unfolded: str = "",
    status: int = 200,
) -> HttpResponse:
    event = proposal.event
    found = shown(proposal)
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "proposal": proposal,
        "count": len(found.changes),
        "parts": _parts(found, unfolded),
        "guarded": [gap for gap in found.gaps if gap.mode == ATTACHED],
        "others": [gap for gap in found.gaps if gap.mode != ATTACHED],
        "officers": Officer.objects.filter(event=event).select_related("person"),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/proposal.html", context, status=status)
