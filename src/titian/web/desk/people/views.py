"""Delegations and the people in them."""

from datetime import datetime
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.views.decorators.http import require_GET

from titian.exchange.lists import PER_MEMBER
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.logistics.models import Journey, Stay, Vehicle
from titian.logistics.policy import may_report
from titian.logistics.taps import Taps, taps_of
from titian.loop.models import Ask, Confirmation, Promise
from titian.loop.policy import confirmable, may_settle
from titian.people.models import Delegation, Seat
from titian.people.models.party import GUESTS
from titian.people.policy import coordinates, may_let_in, may_state_participation
from titian.people.queries import (
    counts_by_level,
    links_in_force,
    may_have_links,
    members_page,
    search_people,
)
from titian.people.vocabulary import words_of
from titian.programme.seating import seats_to_come
from titian.rules.models import Permit
from titian.rules.queries import who_has_not_read
from titian.talks.models import Agreement, Meeting
from titian.talks.policy import may_file
from titian.web.desk.people.ends import ends_of
from titian.web.desk.people.groups import subgroups_of
from titian.web.desk.permits.page import rows_of
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    render,
)

MOST_FOUND = 60
NAMED = 12


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every delegation with its status and head-count, and counts by level."""
    event = event_here(request)
    seen = Delegation.objects.visible_to(actor_of(request)).filter(event=event)
    rows = (
        seen.select_related("party", "head")
        .annotate(registered=Count("members"))
        .order_by("protocol_group", "party__code")
    )
    context = {
        "delegations": rows,
        "statuses": Delegation.Status.choices,
        "counts": [count for count in counts_by_level(event, seen) if count.by_status],
        "now": clock.local(event, clock.time_at(event)),
    }
    part = "#board" if "HX-Request" in request.headers else ""
    return render(request, f"desk/people.html{part}", context)


@login_required
@require_GET
def search(request: SignedInRequest) -> HttpResponse:
    """People and delegations by any name in any script."""
    event = event_here(request)
    words = request.GET.get("q", "").strip()
    actor = actor_of(request)
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    people = list(search_people(event, words, actor)[:MOST_FOUND]) if words else []
    parties = {person.party_id for person in people}
    by_party = {d.party_id: d for d in seen.filter(party__in=parties)}
    found = [(person, by_party.get(person.party_id)) for person in people]
    named = [
        d
        for d in seen.select_related("party")
        if words and words.casefold() in f"{d.code} {d.name}".casefold()
    ]
    context = {"words": words, "found": found, "named": named, "most": MOST_FOUND}
    return render(request, "desk/search.html", context)


@login_required
@require_GET
def delegation(request: SignedInRequest, pk: int) -> HttpResponse:
    """All of one delegation: both ends, journeys, what is open, what differs."""
    return delegation_page(request, pk)


def delegation_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for whoever acted on something of it and came too late."""
    actor = actor_of(request)
    row = _delegation(request, pk)
    now = clock.time_at(row.event)
    seen = Promise.objects.visible_to(actor).filter(delegation=row)
    promises = seen.select_related(
        "owner_team", "owner_person", "event", "delegation__party"
    ).order_by("state", "due_at")
    journeys = list(
        Journey.objects.visible_to(actor)
        .filter(delegation=row)
        .select_related("airport", "hotel", "event")
        .prefetch_related("milestones")
    )
    waiting = Confirmation.objects.visible_to(actor).filter(
        delegation=row, confirmed_at=None, superseded_at=None
    )
    ends = ends_of(row, actor=actor, at=now)
    cars = list(Vehicle.objects.filter(delegation=row).select_related("driver"))
    context = {
        "delegation": row,
        "event": row.event,
        "now": clock.local(row.event, now),
        "ends": ends,
        "groups": subgroups_of(row, cars, ends.inside, actor=actor, at=now),
        "participations": row.participations.all(),
        "lists": PER_MEMBER if coordinates(actor, row.event) else (),
        **_steps(actor, row),
        "reports": row.reports.order_by("about", "pk"),
        "journeys": journeys,
        "taps": _taps(journeys, actor, now),
        "stays": Stay.objects.visible_to(actor).filter(delegation=row),
        "vehicles": cars,
        "asks": Ask.objects.visible_to(actor)
        .filter(asked_by=row)
        .exclude(state__in=[Ask.State.CLOSED, Ask.State.WITHDRAWN])
        .select_related("owner", "holder", "asked_by__party"),
        "promises": promises,
        "settles": {
            p.pk for p in promises if p.state == "open" and may_settle(actor, p)
        },
        "waiting": waiting,
        "confirms": confirmable(actor, waiting),
        "agreements": Agreement.objects.visible_to(actor).filter(delegation=row),
        **_for_its_officers(actor, row, now),
        "meetings": _meetings(request, row),
        "placings": seats_to_come(row, actor, now),
        "key": uuid4(),
    }
    return render(request, "desk/delegation.html", context)


@login_required
@require_GET
def members(request: SignedInRequest, pk: int) -> HttpResponse:
    """The delegation's people, fifty a page, never by offset."""
    row = _delegation(request, pk)
    begins = row_number(request.GET.get("after", "")) or 0
    page = members_page(Delegation.objects.filter(pk=row.pk), after=begins)
    context = {"delegation": row, "members": page, "last": page[-1].pk if page else 0}
    return render(request, "desk/members.html", context)


def _taps(journeys: list[Journey], actor: Actor, now: datetime) -> dict[int, Taps]:
    """The buttons of each arrival, for whoever may report the delegation's."""
    if not journeys or not may_report(actor, journeys[0]):
        return {}
    arrivals = [one for one in journeys if one.kind == Journey.Kind.ARRIVAL]
    return {one.pk: taps_of(one, actor, now) for one in arrivals}


def _for_its_officers(
    actor: Actor, row: Delegation, now: datetime
) -> dict[str, object]:
    """What only those see who accompany it or coordinate: unread rules, and links."""
    if not may_let_in(actor, row):
        return {"accompanies": False}
    today = clock.local(row.event, now).date()
    unread = who_has_not_read(row, today)
    permits = Permit.objects.visible_to(actor).filter(delegation=row).distinct()
    return {
        "accompanies": True,
        "permits": rows_of(permits.select_related("event", "delegation"), today),
        "unread": unread,
        "first_unread": unread[:NAMED],
        "links": links_in_force(row),
        "may_have_links": may_have_links(row),
    }


def _steps(actor: Actor, row: Delegation) -> dict[str, object]:
    """Which steps of coming may be told now, by who states them, in its own words."""
    words: dict[str, object] = {"words": words_of(row)}
    if not may_state_participation(actor, row.event):
        return words
    moves = [move.name for move in Delegation.machine.moves_from(row.status)]
    return {
        **words,
        "steps": moves,
        "levels": Delegation.Level.choices,
        "kinds": [(kind.value, kind.label) for kind in GUESTS],
        "may_curtail": coordinates(actor, row.event),
        "may_merge": may_file(actor, row.event),
    }


def _meetings(request: SignedInRequest, row: Delegation) -> list[Meeting]:
    seen = Meeting.objects.visible_to(actor_of(request)).select_related(
        "activity__place", "party_a__party", "party_b__party"
    )
    both = seen.filter(party_a=row) | seen.filter(party_b=row)
    return list(both.distinct().order_by("activity__starts_at"))


def _delegation(request: SignedInRequest, pk: int) -> Delegation:
    seen = Delegation.objects.visible_to(actor_of(request))
    return get_object_or_404(
        seen.select_related("party", "event", "head").distinct(), pk=pk
    )


def is_keeper(request: SignedInRequest, event: Event) -> bool:
    """Whether the reader has a seat at the event."""
    actor = actor_of(request)
    return Seat.objects.filter(event=event, person=actor.person_id).exists()
