"""What the lists of permits show: each with its mark, its last day and its buttons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from titian.kernel.actor import Actor
from titian.people.models import Delegation, Member, Person
from titian.rules.models import Item, Permit
from titian.rules.permits import Standing, apply_by, standing
from titian.rules.policy import moves_open_to

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


@dataclass(frozen=True, slots=True)
class Likely:
    """What a delegation has not declared, though it brings the people for it."""

    delegation: Delegation
    words: str


def rows_of(
    permits: Iterable[Permit], on: date, actor: Actor, speakers: Iterable[Person] = ()
) -> list[Row]:
    """The permits, the red ones first, each with what the reader may do, on her own
    word or on that of one of her ``speakers``.
    """
    words = {one.party_id: actor.passing_on(one.pk, means="face") for one in speakers}
    rows = [
        _row(permit, on, words.get(permit.delegation.party_id, actor))
        for permit in permits
    ]
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


def _row(permit: Permit, on: date, actor: Actor) -> Row:
    tone = standing(permit.state, permit.needed_on, permit.lead_days, on)
    buttons = tuple((name, str(BUTTONS[name])) for name in moves_open_to(actor, permit))
    return Row(
        permit, tone.value, apply_by(permit.needed_on, permit.lead_days), buttons
    )
