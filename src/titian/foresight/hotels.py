"""A hotel that can be used no more: whom it leaves without rooms, and where instead."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from titian.foresight.errors import NotSound
from titian.foresight.gather.rooms import Gathered, gather, shares_of
from titian.foresight.queries import breaks_hash, standing, trial
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.questions import Break, Change
from titian.logistics.models import Stay
from titian.people.models import Delegation
from titian.places.models import Place
from titian.planning import rooms
from titian.planning.check.rooms import violations

COMMAND = "titian.logistics.commands.stays.lose_hotel"
MOST = 3


@dataclass(frozen=True, slots=True)
class Move:
    """One stay that goes to other hotels, and why there."""

    stay: Stay
    delegation: Delegation
    shares: Sequence[tuple[Place, int, int]]
    """The hotel, how many rooms, and the minutes from there to the venue."""
    free: int
    """Other hotels that had a room free for them."""

    @property
    def data(self) -> list[object]:
        """What a person saw of it, for a hash."""
        return [self.stay.pk, [[place.pk, n] for place, n, _minutes in self.shares]]

    @property
    def why(self) -> str:
        """How near it is, and where else there was room."""
        nearest = min(minutes for _place, _n, minutes in self.shares)
        told = ngettext(
            "%(count)d minute from where most of it takes place.",
            "%(count)d minutes from where most of it takes place.",
            nearest,
        ) % {"count": nearest}
        if self.free < 2:
            return f"{told} {_('No other hotel has rooms free.')}"
        others = ngettext(
            "%(count)d other hotel has rooms free.",
            "%(count)d other hotels have rooms free.",
            self.free - 1,
        ) % {"count": self.free - 1}
        return f"{told} {others}"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to house all of them again; ``left`` rooms are found for nobody."""

    moves: Sequence[Move]
    left: int
    others: int
    """Rooms of people who had lost nothing, and would move all the same."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a person sees before she says that the hotel is lost."""

    breaks: Sequence[Break]
    ways: Sequence[Way]

    @property
    def seen(self) -> str:
        """One word for all of this: another one if anything were different."""
        ways = [[move.data for move in one.moves] for one in self.ways]
        told = [breaks_hash(self.breaks), ways]
        return sha256(json.dumps(told).encode()).hexdigest()


def losing(event_id: int, place_id: int, *, actor: Actor, at: datetime) -> Change:
    """The change that loses the hotel, to be tried before it is made."""
    arguments = {"event_id": event_id, "place_id": place_id}
    return Change(COMMAND, arguments, actor, at)


def without_hotel(event: Event, place: Place, *, actor: Actor, at: datetime) -> Outlook:
    """What breaks without the hotel, and at most three ways to mend it; nothing kept.

    Of a hotel that is lost already: who still lacks rooms. Raises what
    ``stays.lose_hotel`` raises, ``NotSound`` if a way does not pass the check.
    """
    change = losing(event.pk, place.pk, actor=actor, at=at)
    lost = list(event.stays.filter(place=place).values_list("pk", flat=True))
    found, gathered = trial(change, lambda: gather(event))
    if not found:
        kind = Stay._meta.label_lower
        found = tuple(
            one
            for one in sorted(standing(change))
            if one.subject_kind == kind and one.subject_id in lost
        )
    return Outlook(found, _ways(event, gathered, set(lost), at))


def _ways(event: Event, gathered: Gathered, lost: set[int], at: datetime) -> list[Way]:
    """Each keeps everybody else where they are, as far as there is room."""
    told = {
        key: stay
        for key, stay in gathered.stays.items()
        if stay is not None and stay.pk in lost
    }
    if not told or not gathered.problem.hotels:
        return []
    tonight = _tonight(event, at)
    found = []
    housed = _alone(gathered, told)
    for one in rooms.repair(*housed, tonight=tonight, options=MOST):
        if violations(housed[0], one.plan, told=one.burden):
            raise NotSound((_("The rooms do not pass the check."),))
        if moves := _moves(gathered, one, told):
            left = sum(key in told for key in one.plan.unhoused)
            found.append(Way(moves, left, len(one.told)))
    return found


def _alone(
    gathered: Gathered, told: Mapping[str, Stay]
) -> tuple[rooms.Problem, rooms.Plan]:
    """Only those housed, and those who must be housed again."""
    stays = {one.party for one in gathered.published.stays}
    problem = rooms.Problem(
        groups=gathered.problem.groups,
        parties=tuple(
            one
            for one in gathered.problem.parties
            if one.key in stays or one.key in told
        ),
        hotels=gathered.problem.hotels,
        rooms=gathered.problem.rooms,
        order=gathered.problem.order,
    )
    return problem, gathered.published


def _moves(
    gathered: Gathered, found: rooms.Repair, told: Mapping[str, Stay]
) -> list[Move]:
    free = _free(gathered)
    moves = []
    for part, hotels in shares_of(gathered, found.plan, told).items():
        code, _slash, pk = part.rpartition("/")
        stay = next(one for one in told.values() if str(one.pk) == pk)
        shares = [
            (gathered.places[key], count, gathered.minutes(code, key))
            for key, count in sorted(hotels.items(), key=lambda one: (-one[1], one[0]))
        ]
        moves.append(Move(stay, gathered.delegations[code], shares, free))
    return sorted(moves, key=lambda one: (one.delegation.rank, one.stay.pk))


def _free(gathered: Gathered) -> int:
    """How many hotels have a room nobody is promised."""
    taken = {one.room for one in gathered.published.stays}
    return len({r.hotel for r in gathered.problem.rooms if r.key not in taken})


def _tonight(event: Event, at: datetime) -> int | None:
    first = event.starts_on
    return (clock.local(event, at).date() - first).days if first else None
