"""What would break, before it is saved."""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from titian.kernel.questions import Break, Change


def breaks(change: Change) -> tuple[Break, ...]:
    """What ``change`` would newly break, worst and soonest first; nothing is kept.

    The room's own command runs inside a savepoint that is always rolled back, so a
    change that is forbidden or impossible raises here exactly as it would for real.
    What was broken before is not the change's doing, even at another hour.
    """
    return only_in(_tried(change), standing(change))


def trial[T](change: Change, look: Callable[[], T]) -> tuple[tuple[Break, ...], T]:
    """What ``change`` would newly break, and what ``look`` sees while it is tried."""
    before = standing(change)
    with transaction.atomic():
        _give(change)
        after, seen = standing(change), look()
        transaction.set_rollback(True)
    return only_in(after, before), seen


def mends(change: Change) -> tuple[Break, ...]:
    """What stands broken now and would not after ``change``; nothing is kept.

    Asked of the way back, it tells what a change broke that nobody tried beforehand.
    """
    return only_in(standing(change), _tried(change))


def standing(change: Change) -> set[Break]:
    """What is broken as things stand, whoever broke it; every room is asked."""
    rooms = [import_string(path) for path in settings.BROKEN_BY]
    return {found for broken_by in rooms for found in broken_by(change)}


def breaks_hash(found: Iterable[Break]) -> str:
    """What a person saw before saving: the same words, hours and owners, or not."""
    seen = [
        (
            one.level,
            one.by.isoformat(),
            *one.what,
            one.owner_team_id,
            one.owner_person_id,
        )
        for one in sorted(found)
    ]
    return sha256(json.dumps(seen).encode()).hexdigest()


def _tried(change: Change) -> set[Break]:
    with transaction.atomic():
        _give(change)
        after = standing(change)
        transaction.set_rollback(True)
    return after


def _give(change: Change) -> None:
    import_string(change.command)(**change.arguments, actor=change.actor, at=change.at)


def only_in(found: set[Break], other: set[Break]) -> tuple[Break, ...]:
    """What is broken in the one and was not in the other, worst and soonest first."""
    known = {one.what for one in other}
    return tuple(sorted(one for one in found if one.what not in known))
