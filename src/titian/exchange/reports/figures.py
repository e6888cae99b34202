"""What is counted for a report, each as a sentence of how many of how many."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.loop.models import Ask, Feedback, Promise
from titian.people.models import Delegation
from titian.people.queries.cover import gaps, guarded
from titian.programme.models import Activity
from titian.talks.models import Deliverable

ON_TIME = timedelta(minutes=5)
"""As long after its planned hour a beginning still counts as on time."""
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing counted, in words; nobody edits it."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Counted:
    """Of whom and until when, as far as the actor may see it."""

    event: Event
    delegations: Sequence[Delegation]
    actor: Actor
    at: datetime

    @property
    def since(self) -> datetime:
        """Three days before the event's first day, or its first entry's moment."""
        if first := self.event.starts_on:
            early = clock.day_of(self.event, first)[0] - timedelta(days=3)
        else:
            entries = Entry.objects.filter(event=self.event).order_by("said_at")
            early = entries.values_list("said_at", flat=True).first() or self.at
        return min(early, self.at)


def punctuality(of: Counted) -> list[Figure]:
    """Items of the programme that began no later than five minutes after the hour."""
    items = (
        Activity.objects.visible_to(of.actor)
        .filter(event=of.event, started_at__isnull=False, started_at__lte=of.at)
        .filter(Q(delegations__in=of.delegations) | Q(is_for_all=True))
        .distinct()
    )
    late = [one.started_at - one.starts_at for one in items if one.started_at]
    on_time = sum(by <= ON_TIME for by in late)
    found = [Figure(_("Items begun within 5 minutes of the hour"), _of(on_time, late))]
    if late and max(late) > ON_TIME:
        worst = int(max(late) / MINUTE)
        found.append(Figure(_("Latest beginning"), _("%(n)s min late") % {"n": worst}))
    return found


def cover(of: Counted) -> list[Figure]:
    """Guarded hours that an officer held, and for how long nobody did."""
    asked = total = timedelta()
    open_hours = timedelta()
    for one in of.delegations:
        windows = guarded(of.event, of.since, of.at, only=one.pk).get(one.pk, [])
        asked = sum((end - start for start, end in windows), timedelta())
        total += asked
        if asked:
            holes = gaps(of.event, of.since, of.at, only=one.pk)
            open_hours += sum((g.ends_at - g.starts_at for g in holes), timedelta())
    if not total:
        return [Figure(_("Guarded hours held by an officer"), _("none to be held yet"))]
    share = round(100 * (1 - open_hours / total))
    words = _("%(share)s %% of %(hours)s h; %(open)s h without anybody") % {
        "share": share,
        "hours": round(total / HOUR),
        "open": number_format(open_hours / HOUR, 1),
    }
    return [Figure(_("Guarded hours held by an officer"), words)]


def answers(of: Counted) -> list[Figure]:
    """How long a guest waited for the first answer, and what is still open."""
    asks = Ask.objects.visible_to(of.actor).filter(
        event=of.event, asked_by__in=of.delegations, said_at__lte=of.at
    )
    asks = asks.exclude(state=Ask.State.WITHDRAWN).filter(merged_into=None)
    rows = list(asks.values_list("said_at", "answered_at"))
    waited = [
        (answer - said) / MINUTE for said, answer in rows if answer and answer <= of.at
    ]
    first = _minutes(median(waited)) if waited else _("no answer yet")
    return [
        Figure(_("Requests answered"), _of(len(waited), rows)),
        Figure(_("Time to the first answer (median)"), first),
    ]


def standards(of: Counted) -> list[Figure]:
    """Answers after their hour, and lines of agreements past theirs and unmet."""
    asks = Ask.objects.visible_to(of.actor).filter(
        event=of.event, asked_by__in=of.delegations, due_at__lte=of.at
    )
    rows = list(
        asks.exclude(state=Ask.State.WITHDRAWN)
        .filter(merged_into=None)
        .values_list("due_at", "answered_at")
    )
    late = sum(answer is None or answer > due for due, answer in rows if due)
    lines = Deliverable.objects.visible_to(of.actor).filter(
        agreement__event=of.event, agreement__delegation__in=of.delegations
    )
    due = lines.filter(due_at__lte=of.at)
    return [
        Figure(_("Unmet: answers later than their hour"), _of(late, rows)),
        Figure(
            _("Unmet: lines of agreements past their hour"),
            _of(due.unmet().count(), due),
        ),
    ]


def promises(of: Counted) -> list[Figure]:
    """What we promised and kept, of what is settled; and what is still open."""
    rows = Promise.objects.visible_to(of.actor).filter(
        event=of.event, delegation__in=of.delegations, direction=Promise.Direction.OURS
    )
    states = dict(
        rows.order_by().values_list("state").annotate(n=Count("pk", distinct=True))
    )
    kept, broken = states.get("kept", 0), states.get("broken", 0)
    return [
        Figure(_("Promises kept"), _of(kept, range(kept + broken))),
        Figure(_("Promises still open"), str(states.get("open", 0))),
    ]


def satisfaction(of: Counted) -> list[Figure]:
    """Guests' words in two taps, as far as they are the reader's to know."""
    rows = Feedback.objects.visible_to(of.actor).filter(
        event=of.event, delegation__in=of.delegations, said_at__lte=of.at
    )
    words = dict(rows.order_by().values_list("word").annotate(n=Count("pk")))
    if not words:
        return [Figure(_("What guests said"), _("no word yet"))]
    said = _("%(happy)s good, %(fair)s all right, %(unhappy)s not good") % {
        word: words.get(word, 0) for word in ("happy", "fair", "unhappy")
    }
    return [Figure(_("What guests said"), said)]


def _of(part: int, whole: object) -> str:
    size = whole if isinstance(whole, int) else _size(whole)
    if not size:
        return _("none yet")
    return _("%(part)s of %(all)s") % {"part": part, "all": size}


def _size(whole: object) -> int:
    assert isinstance(whole, Iterable)
    return sum(1 for _one in whole)


def _minutes(wait: float) -> str:
    minutes = round(wait)
    if minutes < 90:
        return _("%(n)s min") % {"n": minutes}
    return _("%(h)s h %(m)s min") % {"h": minutes // 60, "m": minutes % 60}
