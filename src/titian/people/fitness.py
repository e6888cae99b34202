"""Whether an officer may hold these hours: one named function a rule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.people.models import (
    Absence,
    Assignment,
    Delegation,
    Duty,
    Officer,
    language_rank,
)
from titian.planning.cover import Rules

type Span = tuple[datetime, datetime]

LIMITS = Rules()  # the same that the plan keeps
HOURS_A_DAY = timedelta(hours=LIMITS.attached_limit)
DAY = timedelta(hours=LIMITS.attached_window)
WEEK = timedelta(hours=LIMITS.day_off_window)
WANTED_LEVEL = "B2"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that would be broken: its name, a sentence, whether a reason overrides."""

    name: str
    sentence: str
    may_override: bool = True


class Unfit(ValueError):
    """The officer cannot hold these hours; ``broken`` names each rule."""

    def __init__(self, broken: Sequence[Broken]) -> None:
        super().__init__(" ".join(rule.sentence for rule in broken))
        self.broken = tuple(broken)


def broken_rules(
    officer: Officer, duty: Duty, *, besides: Duty | None = None
) -> tuple[Broken, ...]:
    """The rules that ``duty``, not kept yet, breaks; ``besides`` is the one it ends."""
    return tuple(_broken(officer, duty, besides))


def _broken(officer: Officer, duty: Duty, besides: Duty | None) -> Iterator[Broken]:
    others = Duty.objects.filter(officer=officer, withdrawn_at=None)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    yield from _consent(officer, duty)
    yield from _absence(officer, duty)
    yield from _double_booking(officer, duty, others)
    yield from _language(officer, duty)
    yield from _level(officer, duty)
    yield from _tired(officer, duty, others)


def _consent(officer: Officer, duty: Duty) -> Iterator[Broken]:
    declined = Assignment.objects.filter(
        officer=officer,
        delegation=duty.delegation,
        relieved_at=None,
        consent=Assignment.Consent.DECLINED,
    )
    if declined.exists():
        words = _("%(officer)s declined to accompany %(delegation)s.")
        yield Broken("consent", words % _names(officer, duty), may_override=False)


def _absence(officer: Officer, duty: Duty) -> Iterator[Broken]:
    away = Absence.objects.filter(
        officer=officer, starts_at__lt=duty.ends_at, ends_at__gt=duty.starts_at
    )
    if away.exists():
        words = _("%(officer)s is away in these hours.")
        yield Broken("absence", words % _names(officer, duty), may_override=False)


def _double_booking(
    officer: Officer, duty: Duty, others: QuerySet[Duty]
) -> Iterator[Broken]:
    overlapping = others.filter(
        starts_at__lt=duty.ends_at, ends_at__gt=duty.starts_at
    ).select_related("delegation__party")
    if duty.mode == Duty.Mode.ON_CALL:  # one may be on call for several at once
        overlapping = overlapping.filter(
            Q(mode=Duty.Mode.ATTACHED) | Q(delegation=duty.delegation)
        )
    if other := overlapping.order_by("starts_at").first():
        words = _("%(officer)s is already with %(other)s on %(hours)s.") % {
            "officer": officer,
            "other": other.delegation,
            "hours": telling.span(duty.event, other.starts_at, other.ends_at),
        }
        yield Broken("double_booking", words, may_override=False)


def wanted_languages(delegation: Delegation) -> tuple[tuple[str, str], ...]:
    """The languages of which one will do, each with its lowest level.

    Nothing where none is on file: then anybody can talk to them.
    """
    return tuple((tongue, WANTED_LEVEL) for tongue in delegation.party.languages)


def _language(officer: Officer, duty: Duty) -> Iterator[Broken]:
    wanted = wanted_languages(duty.delegation)
    spoken = officer.person.languages
    if wanted and not any(
        language_rank(spoken.get(tongue, "")) >= language_rank(least)
        for tongue, least in wanted
    ):
        words = _("%(officer)s speaks none of the languages of %(delegation)s at B2.")
        yield Broken("language", words % _names(officer, duty))


def _level(officer: Officer, duty: Duty) -> Iterator[Broken]:
    if officer.clearance > duty.delegation.rank:
        words = _("%(officer)s is not cleared for a guest of this level.")
        yield Broken("level", words % _names(officer, duty))


def _tired(officer: Officer, duty: Duty, others: QuerySet[Duty]) -> Iterator[Broken]:
    """Hours on call are no hours of duty, but the telephone may ring in the rest."""
    first, last = duty.starts_at - WEEK, duty.ends_at + WEEK
    near = [*others.filter(starts_at__lt=last, ends_at__gt=first), duty]
    if duty.mode == Duty.Mode.ATTACHED and _hours_round(duty, near) > HOURS_A_DAY:
        words = _("%(officer)s would work more than 10 hours within 24 hours.")
        yield Broken("hours", words % _names(officer, duty))
    spans = [(one.starts_at, one.ends_at) for one in near]
    if not pauses(duty, spans, LIMITS.rest, LIMITS.rest_window):
        words = _("%(officer)s would not have 11 hours of rest in a row.")
        yield Broken("rest", words % _names(officer, duty))
    if not pauses(duty, spans, LIMITS.day_off, LIMITS.day_off_window):
        words = _("%(officer)s would have no full day off in seven.")
        yield Broken("day_off", words % {"officer": officer})


def _hours_round(duty: Duty, duties: Iterable[Duty]) -> timedelta:
    """The most hours attached in any 24 that touch ``duty``; a day begins with work."""
    spans = [
        (one.starts_at, one.ends_at) for one in duties if one.mode == Duty.Mode.ATTACHED
    ]
    begins = [
        max(start, duty.starts_at - DAY)
        for start, _end in spans
        if start < duty.ends_at
    ]
    return max(
        sum((_overlap(span, begin) for span in spans), timedelta()) for begin in begins
    )


def _overlap(span: Span, begin: datetime) -> timedelta:
    return max(min(span[1], begin + DAY) - max(span[0], begin), timedelta())


def pauses(duty: Duty, spans: Iterable[Span], pause: int, window: int) -> bool:
    """Whether the spell of work round ``duty`` leaves ``pause`` hours of its window.

    Duties less than a pause apart are one spell: a day of work, or a week of it.
    """
    longest = timedelta(hours=window - pause)
    spells = _joined(spans, timedelta(hours=pause))
    return all(
        end - start <= longest for start, end in spells if start <= duty.starts_at < end
    )


def _joined(spans: Iterable[Span], within: timedelta) -> list[Span]:
    found: list[Span] = []
    for starts_at, ends_at in sorted(spans):
        if found and starts_at - found[-1][1] < within:
            found[-1] = (found[-1][0], max(found[-1][1], ends_at))
        else:
            found.append((starts_at, ends_at))
    return found


def _names(officer: Officer, duty: Duty) -> dict[str, object]:
    return {"officer": officer, "delegation": duty.delegation}
