"""The delegations of one officer: which her phone shows, and which she may turn to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from titian.kernel import clock
from titian.loop.models import Ask
from titian.people.models import Assignment, Delegation, Duty, Person

WAITING = (Ask.State.SAID, Ask.State.RESTATED, Ask.State.ANSWERED)
"""Whose next step is the officer's, on her own word or the guest's."""


@dataclass(frozen=True, slots=True)
class Own:
    """What an officer has agreed to, and which of it her phone shows."""

    shown: Assignment | None
    all: tuple[Assignment, ...]
    modes: dict[int, str]

    @property
    def topics(self) -> set[str]:
        """Where news for this phone is told of: every delegation of hers counts."""
        return {f"delegation:{one.delegation_id}" for one in self.all}


def own(person: Person, wanted: int = 0) -> Own:
    """The delegations the officer agreed to and has not been relieved of.

    Shown is the one ``wanted`` (its id), else that of this hour's duty, else the
    first. One that is not hers, or no longer, is simply not found among them.
    """
    rows = (
        Assignment.objects.filter(
            officer__person=person,
            relieved_at=None,
            consent=Assignment.Consent.AGREED,
        )
        .select_related("officer", "delegation__party", "delegation__event")
        .select_related("delegation__head")
        .order_by("role", "pk")
    )
    found = list(rows)
    modes = _modes(person, found)
    found.sort(key=lambda one: _nearness(modes.get(one.delegation_id)))
    chosen = [one for one in found if one.delegation_id == wanted]
    return Own(next(iter([*chosen, *found]), None), tuple(found), modes)


def turning(own: Own) -> list[dict[str, Any]]:
    """What the switch at the top says of each delegation, in one order for the day."""
    waiting = dict(
        Ask.objects.filter(
            asked_by__in=[one.delegation_id for one in own.all], state__in=WAITING
        )
        .order_by()
        .values_list("asked_by")
        .annotate(Count("pk"))
    )
    return [
        _row(one.delegation, own.modes, waiting.get(one.delegation_id, 0))
        for one in sorted(own.all, key=lambda one: (one.role, one.pk))
    ]


def _row(delegation: Delegation, modes: dict[int, str], waiting: int) -> dict[str, Any]:
    return {
        "id": delegation.pk,
        "code": delegation.code,
        "name": delegation.name,
        "on_duty": modes.get(delegation.pk, ""),
        "waiting": waiting,
    }


def _modes(person: Person, rows: Sequence[Assignment]) -> dict[int, str]:
    """How she holds each delegation this very hour: with them, or on call."""
    if not rows:
        return {}
    at = clock.time_at(rows[0].delegation.event)
    duties = Duty.objects.filter(
        officer__person=person, starts_at__lte=at, ends_at__gt=at, withdrawn_at=None
    )
    return dict(duties.order_by("-mode").values_list("delegation", "mode"))


def _nearness(mode: str | None) -> int:
    return {Duty.Mode.ATTACHED.value: 0, Duty.Mode.ON_CALL.value: 1}.get(mode or "", 2)
