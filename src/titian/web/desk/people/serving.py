"""Newsrooms, sponsors, speakers and artists: what each was served with, at a glance."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_GET

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.loop.models import Ask, Promise
from titian.people.models import Assignment, Delegation, Party
from titian.people.models.party import ATTENDED, GUESTS
from titian.people.vocabulary import Vocabulary, words_of
from titian.programme.models import PRESS_CALL, Activity, Placing
from titian.programme.seating import OVER
from titian.rules.models import Permit
from titian.talks.models import Deliverable
from titian.web.events import event_here
from titian.web.http import HttpResponse, SignedInRequest, actor_of, render

SERVED = [kind for kind in GUESTS if kind not in ATTENDED]


@dataclass(frozen=True, slots=True)
class Served:
    """One party, its LOs, and all that is open with it."""

    delegation: Delegation
    words: Vocabulary
    officers: list[Assignment]
    asks: list[Ask]
    placings: list[Placing]
    permits: list[Permit]
    promises: list[Promise]
    lines: list[Deliverable]


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Each party that no state or organisation sends, by its kind."""
    event, actor = event_here(request), actor_of(request)
    at, kind = clock.time_at(event), request.GET.get("kind", "")
    shown = [kind] if kind in SERVED else SERVED
    parties = _parties(event, actor, shown)
    context = {
        "event": event,
        "now": clock.local(event, at),
        "kinds": [(one.value, one.label) for one in SERVED],
        "kind": kind,
        "sections": _by_kind(_served(parties, actor, at)),
        "calls": _calls(event, actor, at) if Party.Kind.MEDIA in shown else [],
    }
    return render(request, "desk/serving.html", context)


def _parties(event: Event, actor: Actor, kinds: Iterable[str]) -> list[Delegation]:
    seen = Delegation.objects.visible_to(actor).filter(
        event=event, party__kind__in=kinds
    )
    rows = seen.exclude(status=Delegation.Status.WITHDRAWN).select_related("party")
    return list(rows.order_by("party__name_en").distinct())


def _by_kind(rows: Iterable[Served]) -> list[tuple[str, list[Served]]]:
    found: dict[str, list[Served]] = defaultdict(list)
    for row in rows:
        found[row.delegation.party.kind].append(row)
    return [(str(kind.label), found[kind]) for kind in SERVED if kind in found]


def _served(rows: list[Delegation], actor: Actor, at: datetime) -> list[Served]:
    """Each with what the actor sees of it; the queries do not grow with the list."""
    mine = {"delegation__in": rows}
    agreed = Assignment.Consent.AGREED
    officers = Assignment.objects.filter(relieved_at=None, consent=agreed, **mine)
    asks = Ask.objects.visible_to(actor).filter(asked_by__in=rows)
    over = [Ask.State.CLOSED, Ask.State.WITHDRAWN]
    placings = Placing.objects.visible_to(actor).given().filter(**mine)
    permits = Permit.objects.visible_to(actor).filter(**mine)
    promises = Promise.objects.visible_to(actor).filter(state="open", **mine)
    lines = Deliverable.objects.visible_to(actor).unmet()
    due = lines.filter(agreement__delegation__in=rows)
    held = _of_each(officers.select_related("officer__person").order_by("role"))
    asked = _of_each(
        asks.exclude(state__in=over).select_related("owner", "topic"), "asked_by_id"
    )
    given = _of_each(
        placings.exclude(activity__state__in=OVER).select_related(
            "activity", "member__person", "delegation__party"
        )
    )
    leave = _of_each(permits.exclude(state=Permit.State.WITHDRAWN))
    promised = _of_each(promises.select_related("event").order_by("due_at"))
    owed = _of_each(
        due.select_related("agreement").order_by("due_at"), "agreement.delegation_id"
    )
    return [
        Served(
            row,
            words_of(row),
            held[row.pk],
            asked[row.pk],
            [one for one in given[row.pk] if one.activity.ends >= at],
            leave[row.pk],
            promised[row.pk],
            owed[row.pk],
        )
        for row in rows
    ]


def _of_each(rows: Iterable[Any], by: str = "delegation_id") -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    first, _dot, then = by.partition(".")
    seen: set[int] = set()
    for row in rows:
        if row.pk in seen:
            continue
        seen.add(row.pk)
        value = getattr(row, first)
        found[getattr(value, then) if then else value].append(row)
    return found


def _calls(event: Event, actor: Actor, at: datetime) -> list[Activity]:
    """The press calls to come, each with a pool to fill."""
    rows = Activity.objects.visible_to(actor).filter(event=event, kind=PRESS_CALL)
    coming = rows.exclude(state__in=OVER).filter(ends_at__gte=at)
    return list(coming.select_related("place").order_by("starts_at").distinct())
