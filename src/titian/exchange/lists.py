"""Lists out: made from the members as they are now, so that all totals agree."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.db.models import QuerySet

from titian.exchange.formulas import shielded
from titian.exchange.reasons import Unreadable
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.logistics.models import Stay, Vehicle
from titian.people.commands.opening import open_list
from titian.people.models import Delegation, Member
from titian.programme.models import Activity, Placing

type Cells = tuple[str, ...]

ORDER = [group.value for group in Member.Group]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it leaves the house."""

    name: str
    columns: Cells
    rows: Sequence[Cells]


def listing(name: str, event: Event, *, actor: Actor, of: str = "") -> Listing:
    """The list of what ``actor`` may see of the event, in the columns it comes in by.

    ``of`` is the code of one delegation, whose rows alone are wanted.

    "delegations", "placings", "people", "rooming", "cars", "seating" or "badges"; all
    but the first two have one row for each member. Telephones and addresses stand in
    it for who may take them out, and that they went is entered in the journal. Raises
    ``Unreadable`` for any other name.
    """
    if name not in LISTS:
        raise Unreadable("no_such_sheet", sheet=name)
    columns, rows = LISTS[name]
    seen = _seen(event, actor)
    if of and name == "seating":  # a number counts along the whole bench
        return Listing(name, columns, [row for row in rows(seen) if row[0] == of])
    if of:
        seen = seen.filter(party__code=of)
    if name == "people":
        return Listing(name, columns, list(_people(seen, opened_by=actor)))
    if name == "placings":
        return Listing(name, columns, list(_placings(seen, seen_by=actor)))
    return Listing(name, columns, list(rows(seen)))


def totals(event: Event, *, actor: Actor) -> Mapping[str, Mapping[str, int]]:
    """How many rows each list of members has for each delegation: always the same."""
    seen, counted = _seen(event, actor), {}
    for name in PER_MEMBER:
        columns, rows = LISTS[name]
        party = columns.index("party")
        counted[name] = dict(Counter(row[party] for row in rows(seen)))
    return counted


def as_csv(one: Listing) -> bytes:
    """UTF-8 with a mark; a cell that starts like a formula has an apostrophe before it.

    So no spreadsheet program computes what a guest wrote, and our own reader takes
    the apostrophe away again: the list is read back as it was.
    """
    out = io.StringIO(newline="")
    rows = ([shielded(cell) for cell in row] for row in one.rows)
    csv.writer(out).writerows([one.columns, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(one: Listing) -> bytes:
    """A workbook in which every cell is text, so that none is ever a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "constant_memory": False}
    ) as book:
        sheet = book.add_worksheet(one.name)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(one.columns):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(one.rows, start=1):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 0)
        if one.rows:
            sheet.autofilter(0, 0, len(one.rows), len(one.columns) - 1)
    return out.getvalue()


def _seen(event: Event, actor: Actor) -> QuerySet[Delegation]:
    return Delegation.objects.visible_to(actor).filter(event=event)


def _delegations(seen: QuerySet[Delegation]) -> Iterator[Cells]:
    spouses = dict(
        Member.objects.filter(delegation__in=seen, group=Member.Group.SPOUSE)
        .order_by("-pk")
        .values_list("delegation", "person__display")
    )
    for one in seen.select_related("party", "head").order_by("party__code"):
        yield (
            one.party.code,
            one.category,
            one.level,
            one.head.display if one.head else "",
            one.head_title_en,
            one.head_title_id,
            spouses.get(one.pk, ""),
            one.attendance,
            str(one.protocol_group),
            str(one.expected),
            one.note,
            one.basis,
            one.source,
        )


def _members(seen: QuerySet[Delegation]) -> list[Member]:
    """All members, by delegation, then by sub-group as protocol has them."""
    found = Member.objects.filter(delegation__in=seen).select_related(
        "person", "delegation__party", "delegation__event"
    )
    return sorted(
        found,
        key=lambda one: (one.delegation.party.code, ORDER.index(one.group), one.pk),
    )


def _people(
    seen: QuerySet[Delegation], opened_by: Actor | None = None
) -> Iterator[Cells]:
    members = _members(seen)
    if opened_by and members:
        event = members[0].delegation.event
        open_list([one.person for one in members], event, actor=opened_by)
    for member in members:
        person = member.person
        spoken = ";".join(f"{name}:{level}" for name, level in person.languages.items())
        yield (
            person.code or "",
            member.delegation.party.code,
            member.group,
            person.given,
            person.family,
            person.display,
            person.native,
            person.honorific,
            person.title,
            spoken,
            person.reach.phone,
            person.reach.email,
            person.basis,
            person.source,
        )


def _rooming(seen: QuerySet[Delegation]) -> Iterator[Cells]:
    houses: dict[int, Stay] = {}
    stays = Stay.objects.filter(delegation__in=seen).select_related("place")
    for stay in stays.order_by("-pk"):
        houses[stay.delegation_id] = stay  # the first one is written last, and stays
    for member in _members(seen):
        house = houses.get(member.delegation_id)
        nights = (house.from_on, house.to_on) if house else (None, None)
        yield (
            *_named(member),
            house.place.code if house else "",
            *(day.isoformat() if day else "" for day in nights),
        )


def _cars(seen: QuerySet[Delegation]) -> Iterator[Cells]:
    """Members in the cars lent to their delegation, in order, until the seats end.

    A car of a sub-group carries that sub-group first of all, and nobody else.
    """
    seats: dict[tuple[int, str], list[Vehicle]] = {}
    lent = Vehicle.objects.filter(delegation__in=seen).select_related("driver")
    for vehicle in lent.order_by("pk"):
        assert vehicle.delegation_id is not None
        of = (vehicle.delegation_id, vehicle.group)
        seats.setdefault(of, []).extend([vehicle] * vehicle.seats)
    for member in _members(seen):
        own, shared = (
            seats.get((member.delegation_id, group)) for group in (member.group, "")
        )
        free = own or shared
        car = free.pop(0) if free else None
        driver = car.driver.display if car and car.driver else ""
        yield (
            *_named(member),
            *((car.plate, car.car_class) if car else ("", "")),
            driver,
        )


def _seating(seen: QuerySet[Delegation]) -> Iterator[Cells]:
    """Members in the order of protocol, each with a number within its bench."""
    members = _members(seen)
    members.sort(key=lambda one: (one.delegation.protocol_group, one.delegation.rank))
    taken: Counter[int] = Counter()
    for member in members:
        bench = member.delegation.protocol_group
        taken[bench] += 1
        yield (*_named(member), str(bench), str(taken[bench]))


def _placings(
    seen: QuerySet[Delegation], seen_by: Actor | None = None
) -> Iterator[Cells]:
    """Who sits where at each item, private ones for who sees them."""
    rows = Placing.objects.filter(delegation__in=seen).exclude(seat="")
    if seen_by is None:
        rows = rows.filter(activity__is_private=False)
    else:
        rows = rows.filter(activity__in=Activity.objects.visible_to(seen_by))
    rows = rows.select_related("activity", "delegation__party", "member__person")
    for one in rows.order_by("activity__starts_at", "activity__code", "pk"):
        person = one.member.person.code if one.member else ""
        party = one.delegation.party.code
        yield (one.activity.code, party, person or "", one.seat, one.side)


def _badges(seen: QuerySet[Delegation]) -> Iterator[Cells]:
    for member in _members(seen):
        person, party = member.person, member.delegation.party
        yield (
            *_named(member),
            person.native,
            person.honorific,
            person.title,
            party.name_en,
            party.name_id,
        )


def _named(member: Member) -> Cells:
    return (
        member.delegation.party.code,
        member.person.code or "",
        member.group,
        member.person.display,
    )


NAMED = ("party", "code", "group", "display")
LISTS: dict[str, tuple[Cells, Callable[[QuerySet[Delegation]], Iterator[Cells]]]] = {
    "delegations": (
        (
            "party",
            "category",
            "level",
            "head_name",
            "head_title_en",
            "head_title_id",
            "companion",
            "attendance",
            "protocol_group",
            "expected",
            "note",
            "basis",
            "source",
        ),
        _delegations,
    ),
    "people": (
        (
            "code",
            "party",
            "role",
            "given",
            "family",
            "display",
            "native",
            "honorific",
            "title_en",
            "languages",
            "phone",
            "email",
            "basis",
            "source",
        ),
        _people,
    ),
    "placings": (("item", "party", "person", "seat", "side"), _placings),
    "rooming": ((*NAMED, "hotel", "from", "to"), _rooming),
    "cars": ((*NAMED, "plate", "class", "driver"), _cars),
    "seating": ((*NAMED, "bench", "seat"), _seating),
    "badges": (
        (*NAMED, "native", "honorific", "title", "party_en", "party_id"),
        _badges,
    ),
}
PER_MEMBER = ("people", "rooming", "cars", "seating", "badges")
