"""Who comes, brought in by lists: parties, delegations, people, officers, teams."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from titian.kernel.fields import closed, opened
from titian.kernel.models import Event
from titian.kernel.registering import Batch, Row, merge, registers
from titian.people.models import (
    Absence,
    Assignment,
    FocalPoint,
    Member,
    Officer,
    Participation,
    Party,
    Person,
)
from titian.people.models.party import OUR_OWN

HOME_TEAM = "LOC"  # officers are people of liaison coordination
PRIVATE = ("phone", "email")
ROLES = {"head": Member.Group.HEAD, "companion": Member.Group.SPOUSE}


@registers("parties.registered")
def register_parties(event: Event, rows: Sequence[Row]) -> Batch:
    """Parties of the office, one for each code."""
    return merge(Party.objects.all(), rows, key=("code",))[1]


@registers("delegations.registered")
def register_delegations(event: Event, rows: Sequence[Row]) -> Batch:
    """Parties that come to the event.

    ``head`` and ``companion`` are columns of people who are not on file yet; both
    become members.
    """
    named = [row[role] for row in rows for role in ROLES if row.get(role)]
    people, batch = _merge_people(named)
    ids = {person.code: person.pk for person in people}
    found, done = merge(
        event.delegations.all(),
        _at(event, [_with_head(row, ids) for row in rows]),
        key=("event_id", "party_id"),
    )
    batch.add(done)
    members = [
        {
            "delegation_id": delegation.pk,
            "person_id": ids[row[role]["code"]],
            "group": group,
        }
        for delegation, row in zip(found, rows, strict=True)
        for role, group in ROLES.items()
        if row.get(role)
    ]
    batch.add(_merge_members(event, members))
    return batch


@registers("participation.registered")
def register_participation(event: Event, rows: Sequence[Row]) -> Batch:
    """Steps of coming or not coming; the latest step is where a delegation stands."""
    _steps, batch = merge(
        Participation.objects.filter(delegation__event=event),
        rows,
        key=("delegation_id", "stated_on", "status"),
    )
    latest: dict[int, Row] = {}
    for row in sorted(rows, key=lambda row: row["stated_on"]):
        latest[row["delegation_id"]] = row
    parties = dict(event.delegations.values_list("pk", "party"))
    standing = [
        {
            "event_id": event.pk,
            "party_id": parties[delegation_id],
            **{name: row[name] for name in ("status", "level") if name in row},
        }
        for delegation_id, row in latest.items()
    ]
    key = ("event_id", "party_id")
    batch.add(merge(event.delegations.all(), standing, key=key)[1])
    return batch


@registers("reports.registered")
def register_reported(event: Event, rows: Sequence[Row]) -> Batch:
    """What reports say differently, and which value was taken."""
    key = ("event_id", "delegation_id", "about", "value", "source")
    return merge(event.reports.all(), _at(event, rows), key=key)[1]


@registers("people.registered")
def register_people(event: Event, rows: Sequence[Row]) -> Batch:
    """People by their code; those of a delegation become its members.

    ``group`` is the sub-group within the delegation: empty is none, and where nothing
    is said who is not a member yet becomes a delegate. Of people of a party that is
    not at the event only the person is kept.
    """
    people, batch = _merge_people([_without(row, "group") for row in rows])
    guests = event.delegations.exclude(category=OUR_OWN)
    delegations = dict(guests.values_list("party", "pk"))
    there = set(
        Member.objects.filter(delegation__event=event).values_list(
            "delegation", "person"
        )
    )
    members = [
        {"delegation_id": of, "person_id": person.pk, "group": group}
        for person, row in zip(people, rows, strict=True)
        if (of := delegations.get(person.party_id))
        and (group := _group_of(row, is_there=(of, person.pk) in there))
    ]
    batch.add(_merge_members(event, members))
    return batch


def _group_of(row: Row, *, is_there: bool) -> str:
    """What the row says; where it says nothing, who is there stays what she is."""
    unsaid = "" if is_there else Member.Group.DELEGATE
    return str(row.get("group", unsaid))


@registers("focal_points.registered")
def register_focal_points(event: Event, rows: Sequence[Row]) -> Batch:
    """The outside end of each channel: one row for each person, delegation and kind."""
    return merge(
        FocalPoint.objects.filter(delegation__event=event),
        rows,
        key=("delegation_id", "person_id", "kind"),
    )[1]


@registers("seats.registered")
def register_seats(event: Event, rows: Sequence[Row]) -> Batch:
    """Who sits at which inner team."""
    key = ("event_id", "person_id", "team_id", "role")
    return merge(event.seats.all(), _at(event, rows), key=key)[1]


@registers("officers.registered")
def register_officers(event: Event, rows: Sequence[Row]) -> Batch:
    """Liaison officers, with the hours in which they cannot be asked.

    Each row has ``person`` (columns of a person), ``officer`` (columns of the
    officer), ``leader`` (an officer's code) and ``absences`` (pairs of instants).
    """
    home = Party.objects.get(code=HOME_TEAM)
    people, batch = _merge_people(
        [{**row["person"], "party_id": home.pk} for row in rows]
    )
    officers, done = merge(
        event.officers.all(),
        [
            {**row["officer"], "event_id": event.pk, "person_id": person.pk}
            for person, row in zip(people, rows, strict=True)
        ],
        key=("event_id", "code"),
    )
    batch.add(done)
    batch.add(_follow_leaders(event, officers, rows))
    batch.add(_keep_absences(event, officers, rows))
    return batch


@registers("assignments.registered")
def register_assignments(event: Event, rows: Sequence[Row]) -> Batch:
    """Which officer accompanies whom; present assignments only are merged."""
    return merge(
        Assignment.objects.filter(delegation__event=event, relieved_at=None),
        rows,
        key=("officer_id", "delegation_id"),
    )[1]


@registers("entitlements.registered")
def register_entitlements(event: Event, rows: Sequence[Row]) -> Batch:
    """What each level is entitled to."""
    key = ("event_id", "level")
    return merge(event.entitlements.all(), _at(event, rows), key=key)[1]


def _merge_people(rows: Sequence[Row]) -> tuple[list[Person], Batch]:
    codes = {row["code"] for row in rows}
    known = Person.objects.filter(code__isnull=False)
    if len(codes) < 500:  # a short list need not read the whole office
        known = known.filter(code__in=codes)
    kept = _as_kept(known, rows)
    return merge(known, kept, key=("code",), finish=Person.work_out)


def _as_kept(known: QuerySet[Person], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows with what is sealed in them as it lies in the database.

    The same words sealed twice look different: where a row says what is kept
    already, the kept ciphertext stands, so that nothing seems to have changed.
    """
    given = {row["code"] for row in rows if any(row.get(name) for name in PRIVATE)}
    kept = {}
    if given:
        kept = {
            code: dict(zip(PRIVATE, columns, strict=True))
            for code, *columns in known.values_list("code", *PRIVATE)
        }
    return [_sealed(row, kept.get(row["code"], {})) for row in rows]


def _sealed(row: Row, kept: Mapping[str, str]) -> dict[str, Any]:
    private = {name: row[name] for name in PRIVATE if row.get(name)}
    return {**row} | {
        name: there
        if (there := kept.get(name, "")) and opened(there) == words
        else closed(words)
        for name, words in private.items()
    }


def _merge_members(event: Event, rows: Sequence[Row]) -> Batch:
    members = Member.objects.filter(delegation__event=event)
    return merge(members, rows, key=("delegation_id", "person_id"))[1]


def _with_head(row: Row, ids: Mapping[str | None, int]) -> dict[str, Any]:
    given = {name: value for name, value in row.items() if name not in ROLES}
    if head := row.get("head"):
        given["head_id"] = ids[head["code"]]
    return given


def _follow_leaders(
    event: Event, officers: Iterable[Officer], rows: Sequence[Row]
) -> Batch:
    led = {
        officer.code: row["leader"]
        for officer, row in zip(officers, rows, strict=True)
        if row.get("leader")
    }
    by_code = dict(event.officers.values_list("code", "pk"))
    followers = [
        {"event_id": event.pk, "code": code, "leader_id": by_code[leader]}
        for code, leader in led.items()
        if leader in by_code
    ]
    return merge(event.officers.all(), followers, key=("event_id", "code"))[1]


def _keep_absences(
    event: Event, officers: Iterable[Officer], rows: Sequence[Row]
) -> Batch:
    spans = [
        (officer, starts_at, ends_at)
        for officer, row in zip(officers, rows, strict=True)
        for starts_at, ends_at in row.get("absences", ())
    ]
    return merge(
        Absence.objects.filter(officer__event=event),
        [
            {"officer_id": officer.pk, "starts_at": starts_at, "ends_at": ends_at}
            for officer, starts_at, ends_at in spans
        ],
        key=("officer_id", "starts_at", "ends_at"),
    )[1]


def _at(event: Event, rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{**row, "event_id": event.pk} for row in rows]


def _without(row: Row, name: str) -> dict[str, Any]:
    return {column: value for column, value in row.items() if column != name}
