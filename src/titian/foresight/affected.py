"""Who is touched by what has happened: asked of every room, as far as one may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from math import cos, hypot, radians

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.briefing.touched import flown_by, passing, places_of, sleeping_at
from titian.kernel import clock, telling
from titian.kernel.actor import Actor
from titian.kernel.bilingual import in_both
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.logistics.queries import last_heard, where_is
from titian.loop.finding import ALL, Answer, Condition, NoCondition, Source, found
from titian.people.models import Assignment, Delegation, Person
from titian.people.models.person import folded
from titian.people.queries import search_people
from titian.places.models import Place
from titian.programme.models import Activity
from titian.talks.models import Meeting

METRES_A_DEGREE = 111_320
NEAR_METRES = 1000
AROUND = timedelta(hours=2)
MET_WITHIN = timedelta(days=4)
MOST_NAMED = 50
KINDS = ("near", "flight", "met", "delegation")


@dataclass(frozen=True, slots=True)
class Affected:
    """A delegation, why it is among them, its officers, and its last word."""

    delegation: Delegation
    why: Sequence[tuple[str, str]]
    officers: Sequence[Person]
    last_at: datetime | None
    last_place: str


@dataclass(frozen=True, slots=True)
class Together:
    """Delegations that were at one table, and since when."""

    at: datetime
    sides: set[int]
    by_day: bool
    """Whether only the day is known."""


def affected(
    event: Event,
    conditions: Sequence[Condition],
    *,
    mode: str = ALL,
    actor: Actor,
    at: datetime,
) -> list[Affected]:
    """The delegations meant, of those the actor sees, by name, with whom to call.

    The kinds are near ("CODE" or "CODE/metres"), flight, met (a person's number, code
    or name, a surname alone too: a meeting or a named item of the last four days; of
    several so named, all) and delegation (codes between commas).
    Raises ``NoCondition`` for another kind or for a value that names nothing.
    """
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    rows = {row.pk: row for row in seen.select_related("party", "event")}
    meant = found(conditions, _sources(event, actor, at), rows, mode=mode)
    return described({pk: rows[pk] for pk in meant}, meant, at)


def described(
    rows: Mapping[int, Delegation],
    why: Mapping[int, Sequence[tuple[str, str]]],
    at: datetime,
) -> list[Affected]:
    """Each of these delegations with its officers and its last word and place."""
    officers = _officers(rows)
    heard = last_heard(rows.values())
    places = where_is(list(rows.values()), at) if rows else {}
    return [
        Affected(
            row,
            list(why.get(pk, ())),
            officers.get(pk, []),
            heard[pk].said_at if pk in heard else None,
            _place_name(places.get(pk)),
        )
        for pk, row in sorted(rows.items(), key=lambda one: one[1].party.name)
    ]


def _sources(event: Event, actor: Actor, at: datetime) -> dict[str, Source]:
    return {
        "near": partial(_near, event, at),
        "flight": partial(_on_flight, event),
        "met": partial(_met, event, actor, at),
        "delegation": partial(_by_code, event),
    }


def _near(event: Event, at: datetime, value: str) -> Answer:
    """Who sleeps tonight, or has something in these hours, within so many metres."""
    code, _slash, metres = value.partition("/")
    centre = Place.objects.filter(code__iexact=code.strip()).first()
    if centre is None:
        raise NoCondition(code)
    asked = row_number(metres)
    within = NEAR_METRES if asked is None else asked
    places = _around(centre, within)
    night = clock.local(event, at).date()
    ids = set(passing(event, places, at - AROUND, at + AROUND))
    for place in Place.objects.filter(pk__in=places):
        ids |= sleeping_at(event, place, night)
    why = in_both(lambda: _("near %(place)s") % {"place": centre.name})
    return dict.fromkeys(ids, why)


def _around(centre: Place, metres: int) -> set[int]:
    """The place with its parts, and every place so near; coordinates as known."""
    ids = set(places_of(centre.pk, ""))
    if centre.lat is None or centre.lon is None:
        return ids
    for pk, lat, lon in Place.objects.exclude(lat=None).values_list("pk", "lat", "lon"):
        if lon is not None and lat is not None:
            east = (lon - centre.lon) * METRES_A_DEGREE * cos(radians(centre.lat))
            if hypot(east, (lat - centre.lat) * METRES_A_DEGREE) <= metres:
                ids.add(pk)
    return ids


def _on_flight(event: Event, value: str) -> Answer:
    why = in_both(lambda: _("flight %(flight)s") % {"flight": value})
    return dict.fromkeys(flown_by(event, value), why)


def _met(event: Event, actor: Actor, at: datetime, value: str) -> Answer:
    """Her own side, and who sat with it at a meeting or a named item lately."""
    people = _named(value, event, actor)
    if not people:
        raise NoCondition(value)
    met = [*_meetings(event, actor, at), *_items(event, actor, at)]
    sides = [(person.display, _sides_of(person, event)) for person in people]
    answer: dict[int, tuple[str, str]] = {}
    for name, own in sides:
        for pk in own:
            answer.setdefault(pk, in_both(partial(_with, name)))
    for name, own in sides:
        for one in met:
            for pk in one.sides - own if one.sides & own else ():
                answer.setdefault(pk, in_both(partial(_met_then, name, event, one)))
    return answer


def _with(name: str) -> str:
    return _("with %s") % name


def _met_then(name: str, event: Event, one: Together) -> str:
    """When they met; of what is known by its day alone the day."""
    tell = telling.day_of if one.by_day else telling.moment
    return _("met %(name)s, %(at)s") % {"name": name, "at": tell(event, one.at)}


def _named(value: str, event: Event, actor: Actor) -> list[Person]:
    """Those with this number, code or name; of one name all, to be safe.

    A part of a name is looked for among those the actor sees, as whole words first.
    """
    if (number := row_number(value)) is not None:
        return list(Person.objects.filter(pk=number))
    named = Q(code__iexact=value) | Q(display__iexact=value)
    if exact := list(Person.objects.filter(named).order_by("pk")[:MOST_NAMED]):
        return exact
    found = list(search_people(event, value, actor)[:MOST_NAMED])
    words = set(folded(value).split())
    return [one for one in found if words <= set(one.search.split())] or found


def _sides_of(person: Person, event: Event) -> set[int]:
    """Her delegations, as one of them or as their officer."""
    guests = Delegation.objects.filter(
        Q(members__person=person)
        | Q(party=person.party_id)
        | Q(
            pk__in=Assignment.objects.filter(
                officer__person=person, relieved_at=None
            ).values("delegation")
        ),
        event=event,
    )
    return set(guests.values_list("pk", flat=True))


def _meetings(event: Event, actor: Actor, at: datetime) -> list[Together]:
    rows = Meeting.objects.visible_to(actor).filter(
        event=event, activity__starts_at__range=(at - MET_WITHIN, at)
    )
    rows = rows.exclude(state=Meeting.State.CANCELLED)
    return [
        Together(
            row.activity.starts_at,
            {row.party_a_id, row.party_b_id},
            row.activity.precision == Activity.Precision.DAY,
        )
        for row in rows.select_related("activity")
    ]


def _items(event: Event, actor: Actor, at: datetime) -> list[Together]:
    rows = Activity.objects.visible_to(actor).filter(
        event=event, is_for_all=False, starts_at__range=(at - MET_WITHIN, at)
    )
    rows = rows.exclude(state=Activity.State.CANCELLED)
    return [
        Together(
            row.starts_at,
            {side.pk for side in row.delegations.all()},
            row.precision == Activity.Precision.DAY,
        )
        for row in rows.prefetch_related("delegations")
    ]


def _by_code(event: Event, value: str) -> Answer:
    codes = [code.strip().upper() for code in value.split(",") if code.strip()]
    rows = event.delegations.filter(party__code__in=codes)
    why = in_both(lambda: _("named"))
    return dict.fromkeys(rows.values_list("pk", flat=True), why)


def _officers(rows: Mapping[int, Delegation]) -> dict[int, list[Person]]:
    held = Assignment.objects.filter(delegation__in=rows, relieved_at=None)
    present = held.exclude(consent=Assignment.Consent.DECLINED).order_by("role", "pk")
    by_side: dict[int, list[Person]] = {}
    for one in present.select_related("officer__person"):
        by_side.setdefault(one.delegation_id, []).append(one.officer.person)
    return by_side


def _place_name(there: object) -> str:
    place = getattr(there, "place", None)
    return place.name if place is not None else ""
