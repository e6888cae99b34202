"""What hotels hold for an event, what is promised in them, and what that lacks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from titian.kernel import clock, telling
from titian.kernel.bilingual import in_both
from titian.kernel.models import Event
from titian.kernel.questions import Break
from titian.logistics.models import Block, Stay
from titian.logistics.policy import LODGING
from titian.people.models import Delegation, Party
from titian.places.models import Place

DAY = timedelta(days=1)
CHECK_IN = timedelta(hours=14)
"""When a night begins that nobody gave an hour: our estimate."""


@dataclass(frozen=True, slots=True)
class House:
    """A hotel at an event: what it holds, and who is promised how much of it."""

    place: Place
    blocks: Sequence[Block]
    stays: Sequence[Stay]
    event: Event

    @property
    def is_lost(self) -> bool:
        """Whether none of its blocks can be used any more."""
        return bool(self.blocks) and all(one.lost_at for one in self.blocks)

    @property
    def holds(self) -> int:
        """Rooms of all categories that can be used."""
        return sum(one.rooms for one in self.blocks if one.lost_at is None)

    @property
    def taken(self) -> int:
        """Rooms promised in the night that has most."""
        return max(self.nights().values(), default=0)

    @property
    def free(self) -> int:
        """Rooms nobody is promised in any night; never less than none."""
        return max(self.holds - self.taken, 0)

    def nights(self) -> Counter[date]:
        """Rooms promised by night, as far as their number is known."""
        found: Counter[date] = Counter()
        for stay in self.stays:
            for night in nights_of(self.event, stay.from_on, stay.to_on):
                found[night] += stay.rooms
        return found


def nights_of(event: Event, first: date | None, last: date | None) -> Sequence[date]:
    """The nights from the first day to the last; unknown ends are the event's own."""
    first, last = first or event.starts_on, last or event.ends_on
    if first is None or last is None:
        return ()
    return [first + n * DAY for n in range(max((last - first).days, 1))]


def houses(event: Event) -> list[House]:
    """Every hotel with a block or a stay at the event, by name; two queries."""
    blocks = event.blocks.select_related("place").order_by("category")
    stays = event.stays.select_related("place", "delegation__party", "event")
    return _houses(event, blocks, stays.order_by("delegation__party__code", "pk"))


def without_rooms(event: Event) -> list[Delegation]:
    """Who comes in person, is expected with somebody, and has no stay; by code."""
    rows = event.delegations.filter(
        party__kind__in=["state", "organisation"],
        attendance="in_person",
        expected__gt=0,
        stays=None,
    ).exclude(status=Delegation.Status.WITHDRAWN)
    return list(rows.select_related("party", "event").order_by("party__code"))


def short_of_rooms(at: datetime) -> Iterator[Break]:
    """Who sleeps in a hotel that is lost, and hotels that promised more than they hold.

    Hotels without a block are not known to lack anything.
    """
    blocks: Mapping[int, list[Block]] = defaultdict(list)
    for one in Block.objects.filter(event__ends_on__gte=at.date() - DAY).select_related(
        "place", "event"
    ):
        blocks[one.event_id].append(one)
    if not blocks:
        return
    team = Party.objects.filter(code=LODGING).values_list("pk", flat=True).first()
    stays: Mapping[int, list[Stay]] = defaultdict(list)
    for stay in Stay.objects.filter(event__in=blocks).select_related(
        "place", "delegation__party", "event"
    ):
        stays[stay.event_id].append(stay)
    for event_id, held in blocks.items():
        for house in _houses(held[0].event, held, stays[event_id]):
            yield from _lacks(house, team, at)


def _houses(
    event: Event, blocks: Iterable[Block], stays: Iterable[Stay]
) -> list[House]:
    held: Mapping[int, list[Block]] = defaultdict(list)
    slept: Mapping[int, list[Stay]] = defaultdict(list)
    places: dict[int, Place] = {}
    for block in blocks:
        held[block.place_id].append(block)
        places[block.place_id] = block.place
    for stay in stays:
        slept[stay.place_id].append(stay)
        places[stay.place_id] = stay.place
    found = [House(row, held[pk], slept[pk], event) for pk, row in places.items()]
    return sorted(found, key=lambda one: one.place.name)


def _lacks(house: House, team: int | None, at: datetime) -> Iterator[Break]:
    today = clock.local(house.event, at).date()
    there = [one for one in house.stays if one.to_on is None or one.to_on > today]
    if house.is_lost:
        for stay in there:
            by = max(_check_in(stay, house.event), at)
            yield _break(stay, by, team, _lost(stay, house))
        return
    known = [one for one in there if one.rooms]
    if not house.blocks or not known:
        return
    night, promised = max(house.nights().items(), key=lambda one: (one[1], one[0]))
    if promised > house.holds and night >= today:
        last = max(known, key=lambda one: (one.delegation.rank, one.pk))
        by = max(clock.day_of(house.event, night)[0] + CHECK_IN, at)
        yield _break(last, by, team, _too_many(house, night, promised))


def _check_in(stay: Stay, event: Event) -> datetime:
    first = stay.from_on or event.starts_on
    assert first is not None  # a block is only looked at where the event has days
    return stay.ready_at or clock.day_of(event, first)[0] + CHECK_IN


def _lost(stay: Stay, house: House) -> Callable[[], str]:
    return lambda: (
        _("%(delegation)s has no rooms: %(place)s can be used no more.")
        % {"delegation": stay.delegation.name, "place": house.place}
    )


def _too_many(house: House, night: date, promised: int) -> Callable[[], str]:
    return lambda: (
        _(
            "%(place)s holds %(holds)d rooms; %(promised)d are promised for the night "
            "of %(day)s."
        )
        % {
            "place": house.place,
            "holds": house.holds,
            "promised": promised,
            "day": telling.day_of(house.event, clock.day_of(house.event, night)[0]),
        }
    )


def _break(
    stay: Stay, by: datetime, team: int | None, words: Callable[[], str]
) -> Break:
    english, indonesian = in_both(words)
    return Break(
        level=stay.delegation.rank,
        by=by,
        sentence=english,
        subject_kind=stay._meta.label_lower,
        subject_id=stay.pk,
        owner_team_id=team,
        sentence_id=indonesian,
        concerns_id=stay.delegation_id,
    )
