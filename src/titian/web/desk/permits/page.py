"""What the lists of permits show: each with its mark, its last day and its buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Delegation, Member, Person
from titian.people.policy import coordinates
from titian.rules.models import Item, Permit
from titian.rules.permits import Standing, apply_by, standing
from titian.rules.policy import desks_of

BUTTONS: dict[str, Promise] = {
    "apply": _("It is at the authority"),
    "grant": _("Granted"),
    "refuse": _("Refused"),
    "withdraw": _("Not brought along"),
}
ORDER = [Standing.RED, Standing.LATE, Standing.CALM, Standing.OK, Standing.STILL]
LIKELY: dict[str, str] = {
    Member.Group.SECURITY: Item.ARMS,
    Member.Group.MEDIA: Item.MEDIA_KIT,
    Member.Group.CREW: Item.AIRCRAFT,
}
"""Who brings along what as a rule: asked for where nothing is declared yet."""


@dataclass(frozen=True, slots=True)
class Row:
    """A permit as a list shows it."""

    permit: Permit
    tone: str
    apply_by: date
    buttons: tuple[tuple[str, str], ...]

    @property
    def is_to_be_granted(self) -> bool:
        """Whether one of its buttons keeps the number of the paper."""
        return any(name == "grant" for name, _words in self.buttons)

    @property
    def is_to_be_refused(self) -> bool:
        """Whether one of its buttons keeps a reason."""
        return any(name == "refuse" for name, _words in self.buttons)


@dataclass(frozen=True, slots=True)
class Likely:
    """What a delegation has not declared, though it brings the people for it."""

    delegation: Delegation
    words: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What a reader may do with permits: all, those of her teams, of her guests."""

    is_coordinator: bool = False
    desks: frozenset[int] = frozenset()
    guests: frozenset[int] = frozenset()

    def buttons(self, permit: Permit) -> tuple[tuple[str, str], ...]:
        """The moves open from its state whose side the reader is of."""
        sides = {
            "desk": permit.desk_id in self.desks,
            "guest": permit.delegation.party_id in self.guests,
        }
        return tuple(
            (move.name, str(BUTTONS[move.name]))
            for move in permit.machine.moves_from(permit.state)
            if self.is_coordinator or sides[move.by]
        )


def reach_of(actor: Actor, event: Event, speakers: Iterable[Person]) -> Reach:
    """Asked once a page; the commands look again."""
    return Reach(
        coordinates(actor, event),
        desks_of(actor, event),
        frozenset(one.party_id for one in speakers),
    )


NO_REACH = Reach()


def rows_of(permits: Iterable[Permit], on: date, reach: Reach = NO_REACH) -> list[Row]:
    """The permits, the red ones first, each with what the reader may do."""
    rows = [_row(permit, on, reach) for permit in permits]
    order = {tone.value: place for place, tone in enumerate(ORDER)}
    return sorted(rows, key=lambda row: (order[row.tone], row.permit.needed_on))


def likely(delegations: Iterable[Delegation]) -> list[Likely]:
    """What such delegations usually bring, and have neither declared nor left home."""
    rows = list(delegations)
    brought = Member.objects.filter(delegation__in=rows, group__in=LIKELY).order_by()
    there = {
        (delegation, LIKELY[group])
        for delegation, group in brought.values_list("delegation", "group").distinct()
    }
    declared = set(
        Permit.objects.filter(delegation__in=rows).values_list("delegation", "kind")
    )
    names = dict(Item.choices)
    found: list[Likely] = []
    for row in rows:
        kinds = [k for k in LIKELY.values() if (row.pk, k) in there - declared]
        if kinds:
            found.append(Likely(row, ", ".join(str(names[kind]) for kind in kinds)))
    return found


def _row(permit: Permit, on: date, reach: Reach) -> Row:
    tone = standing(permit.state, permit.needed_on, permit.lead_days, on)
    last = apply_by(permit.needed_on, permit.lead_days)
    return Row(permit, tone.value, last, reach.buttons(permit))
