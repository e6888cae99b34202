"""What may be said here: some words, not too many; names that exist."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

LONGEST = 4000
FIELDS_AT_MOST = 20


class Empty(ValueError):
    """Words are needed and there are none, or more than the house keeps."""


class Unknown(ValueError):
    """A choice that is none of those offered; its argument is a sentence."""


class BadHour(ValueError):
    """An hour that cannot be meant; its argument is a sentence."""


def some(words: str) -> str:
    """``words`` without the space around them, or ``Empty``."""
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise Empty(_("Write some words, at most 4,000 characters."))
    return words


def at_most(words: str) -> str:
    """``words``, which may be none, or ``Empty`` if they are too many."""
    return some(words) if words.strip() else ""


def fields(given: Mapping[str, str] | None) -> dict[str, str]:
    """The fields that say something: who, how many, where, when; ``Unknown`` if odd."""
    given = given or {}
    if not isinstance(given, Mapping) or len(given) > FIELDS_AT_MOST:
        raise Unknown(_("These fields cannot be read."))
    pairs = [*given.items()]
    if not all(isinstance(name, str) and isinstance(said, str) for name, said in pairs):
        raise Unknown(_("These fields cannot be read."))
    return {name[:40]: at_most(said) for name, said in pairs if said.strip()}


def one_of[C: models.TextChoices](choices: type[C], value: str) -> C:
    """The choice with this value, or ``Unknown``."""
    if value not in choices.values:
        raise Unknown(_("“%(value)s” is none of the choices.") % {"value": value})
    return choices(value)


def hour_after(due_at: datetime, at: datetime) -> datetime:
    """``due_at``, or ``BadHour`` unless it comes after ``at``."""
    if due_at <= at:
        raise BadHour(_("This hour has already passed. Choose a later one."))
    return due_at
