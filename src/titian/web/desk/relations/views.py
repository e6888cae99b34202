"""One relationship: both ends, how it stands and why, and its line of time."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.people import sight
from titian.people.commands.carrying import give_leave, take_leave_back
from titian.people.models import CarryOver, Delegation
from titian.rules.models import Whose
from titian.rules.queries import disagreements, for_officer
from titian.talks.earlier import editions
from titian.talks.health import health
from titian.talks.models import Agreement
from titian.talks.queries import owed_lists
from titian.talks.relation import Moment, line_of_time, signs_of
from titian.web.desk.acts import ActForm, refusal_of
from titian.web.desk.agreements.page import listed
from titian.web.desk.people.ends import ends_of
from titian.web.desk.relations.words import KINDS, STANDINGS, reason
from titian.web.desk.rules.page import drawn as conflicts_drawn
from titian.web.desk.rules.page import row_of
from titian.web.desk.speakers import speakers_for
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A moment as the line draws it."""

    moment: Moment
    tone: str
    word: str
    href: str


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The relationship with one party, as its hosts see it; its own guests do not."""
    part = "#both" if "HX-Request" in request.headers else ""
    context = _context(_seen(request, pk), actor_of(request))
    return render(request, f"desk/relationship.html{part}", context)


@login_required
@require_POST
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Their word, brought by their officer: their next hosts may read this, or not."""
    row, form = _seen(request, pk), ActForm(request.POST)
    if form.is_valid():
        is_given = request.POST.get("word") == "give"
        act = give_leave if is_given else take_leave_back
        actor, at = form.actor(actor_of(request)), clock.time_at(row.event)
        key = form.cleaned_data["key"]
        problem, status = refusal_of(partial(act, row.pk, actor=actor, at=at, key=key))
    else:
        problem, status = form.problem(), 422
    if not problem:
        return redirect("relationship", pk)
    context = _context(row, actor_of(request)) | {"problem": problem}
    return render(request, "desk/relationship.html", context, status=status)


def _seen(request: SignedInRequest, pk: int) -> Delegation:
    """The party, for its hosts; 404 for its own guests and for everybody else."""
    actor = actor_of(request)
    seen = Delegation.objects.visible_to(actor).select_related("party", "event", "head")
    theirs = sight.own_delegations(actor.person_id or 0)
    return get_object_or_404(seen.exclude(pk__in=theirs).distinct(), pk=pk)


def _context(row: Delegation, actor: Actor) -> dict[str, object]:
    at = clock.time_at(row.event)
    now = clock.local(row.event, at)
    moments = line_of_time(row, actor=actor)
    ends = ends_of(row, actor=actor, at=at)
    owed = owed_lists(row, actor=actor, at=at)
    signs = signs_of(
        row, moments, owed, dead_ends=len(ends.reasons), actor=actor, at=at
    )
    found = health(signs, at)
    papers = Agreement.objects.visible_to(actor).filter(delegation=row)
    tone, standing = STANDINGS[found.standing]
    return _memory(row, actor) | {
        "delegation": row,
        "event": row.event,
        "now": now,
        "tone": tone,
        "standing": standing,
        "reason": reason(found),
        "ends": ends,
        "owed": owed,
        "papers": listed(list(papers.prefetch_related("lines")), at),
        "rules": _rules(row, now),
        "past": [drawn(one, at) for one in moments if one.at <= at],
        "coming": [drawn(one, at) for one in moments if one.at > at],
    }


def _memory(row: Delegation, actor: Actor) -> dict[str, object]:
    """What earlier events left, and whether this one may be carried to the next."""
    return {
        "earlier": editions(row),
        "leave": CarryOver.objects.filter(delegation=row, withdrawn_at=None).first(),
        "voices": speakers_for(actor, [row]),
        "key": uuid4(),
    }


def drawn(moment: Moment, at: datetime) -> Drawn:
    """The moment with its mark, word and page; what is past unmet is overdue."""
    is_unmet = moment.kind == "line_open" and moment.at < at
    tone, word, name = KINDS["line_overdue" if is_unmet else moment.kind]
    if not name:
        return Drawn(moment, tone, str(word), "")
    args = [moment.pk] if moment.number is None else [moment.pk, moment.number]
    return Drawn(moment, tone, str(word), reverse(name, args=args))


def _rules(row: Delegation, now: datetime) -> dict[str, object]:
    """The rules of both sides that hold now, each with why, and where they clash."""
    told = [one for one in for_officer(row, now.date()) if not one.is_out_of_date]
    rows = [row_of(one, now.date()) for one in told]
    return {
        "ours": [one for one in rows if one.article.whose == Whose.OURS],
        "theirs": [one for one in rows if one.article.whose == Whose.THEIRS],
        "conflicts": conflicts_drawn(disagreements(told)),
    }
