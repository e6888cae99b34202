"""The worst that is true of a delegation: the first that a look has to say."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from titian.loop.models import Ask
from titian.people.models import Delegation
from titian.web.desk.room import landings
from titian.web.desk.room.facts import Facts
from titian.web.desk.room.wording import (
    Said,
    Verdict,
    near,
    roughly,
    short,
    shortened,
)
from titian.web.templatetags.titian import clock, span

SILENT = timedelta(minutes=45)


def verdict_on(delegation: Delegation, facts: Facts) -> Verdict:
    """The first that a look has to say; the calm when none has."""
    for look in LOOKS:
        if (verdict := look(delegation, facts)) is not None:
            return verdict
    return Verdict("calm", _("Calm"), "", _("Calm"))


def is_overdue(ask: Ask, now: datetime) -> bool:
    """Whether the answer was promised for an earlier hour and is not there."""
    waiting = ask.state not in {Ask.State.ANSWERED, Ask.State.CLOSED}
    return waiting and ask.due_at is not None and ask.due_at < now


def is_silent(delegation: Delegation, facts: Facts) -> bool:
    """Whether its officer is on duty and has told the house nothing for long."""
    heard = facts.heard.get(delegation.pk)
    return (
        heard is not None
        and delegation.status != Delegation.Status.WITHDRAWN
        and facts.now - heard > SILENT
        and delegation.pk in facts.holding
    )


def _update_owed(delegation: Delegation, facts: Facts) -> Said:
    """Of its incident a word was due, and those who should hear it are waiting."""
    for one in facts.silent.get(delegation.pk, []):
        word = _("Update owed since %(at)s")
        brief = _("Update owed")
        team = one.incident.ask.owner
        where = team.name if team else ""
        at = {"at": near(one.since, facts)}
        return Verdict("red", word % at, where, brief, shortened(where))
    return None


def _emergency(delegation: Delegation, facts: Facts) -> Said:
    for ask in facts.asks.get(delegation.pk, []):
        if ask.urgency == Ask.Urgency.EMERGENCY and ask.state != Ask.State.ANSWERED:
            team = ask.owner.name if ask.owner else ""
            word = _("Emergency")
            return Verdict("red", word, team, word, shortened(team))
    return None


def _overdue_answer(delegation: Delegation, facts: Facts) -> Said:
    late = [
        ask for ask in facts.asks.get(delegation.pk, []) if is_overdue(ask, facts.now)
    ]
    if not late:
        return None
    worst = late[0]
    assert worst.due_at is not None
    late_by = facts.now - worst.due_at
    word = _("Answer %(length)s late") % {"length": span(late_by)}
    brief = pgettext("wall", "%(length)s late") % {"length": roughly(late_by)}
    team = worst.owner.name if worst.owner else ""
    return Verdict("red", word, team, brief, shortened(team))


def _withdrawn(delegation: Delegation, _facts: Facts) -> Said:
    """Who does not come is no longer expected, whatever stood in the lists."""
    if delegation.status != Delegation.Status.WITHDRAWN:
        return None
    return Verdict("calm", _("Withdrawn"), "", _("Withdrawn"))


def _gap(delegation: Delegation, facts: Facts) -> Said:
    if not facts.is_covered:  # said once, above the board, not on every line
        return None
    for gap in facts.gaps.get(delegation.pk, []):
        word = _("No LO %(at)s")
        brief = word % {"at": clock(gap.starts_at, facts.event)}  # within a day
        word %= {"at": near(gap.starts_at, facts)}
        where, spot = landings.last_seen(delegation, facts)
        return Verdict("red", word, where, brief, spot)
    return None


def _not_handed_over(delegation: Delegation, facts: Facts) -> Said:
    """The officer's duty is over; who comes next has not taken it over."""
    one = facts.over.get(delegation.pk)
    if one is None:
        return None
    word = _("Not handed over since %(at)s") % {"at": near(one.ends_at, facts)}
    waits = str(one.after) if one.after else ""
    where = f"{one.duty.officer} → {waits}" if waits else str(one.duty.officer)
    return Verdict("red", word, where, _("No hand-over"), shortened(waits))


def _differing(delegation: Delegation, facts: Facts) -> Said:
    reports = facts.differing.get(delegation.pk)
    if not reports:
        return None
    count = _("%(count)d reports") % {"count": len({r.value for r in reports})}
    brief = pgettext("wall", "Reports differ")
    return Verdict("late", _("Arrival differs"), count, brief, count)


def _unconfirmed(delegation: Delegation, facts: Facts) -> Said:
    waiting = facts.confirmations.get(delegation.pk, [])
    if not waiting:
        return None
    count = {"count": len(waiting)}
    where, spot = landings.last_seen(delegation, facts)
    brief = pgettext("wall", "%(count)d to confirm") % count
    return Verdict("late", _("%(count)d to confirm") % count, where, brief, spot)


def _silent(delegation: Delegation, facts: Facts) -> Said:
    if not is_silent(delegation, facts):
        return None
    where, spot = landings.last_seen(delegation, facts)
    return Verdict("still", _("LO silent"), where, _("LO silent"), spot)


def _running(delegation: Delegation, facts: Facts) -> Said:
    activity = facts.running.get(delegation.pk)
    if activity is None:
        return None
    place = activity.place.name if activity.place else ""
    brief = pgettext("wall", "In progress")
    return Verdict("hand", activity.title, place, brief, short(activity.place))


LOOKS: tuple[Callable[[Delegation, Facts], Said], ...] = (
    _update_owed,
    _emergency,
    _overdue_answer,
    _withdrawn,
    _gap,
    _not_handed_over,
    _unconfirmed,
    landings.moved,
    _differing,
    _silent,
    _running,
    landings.news,
    landings.arrived,
    landings.elsewhere,
)
"""Asked in order: the first that has something to say is the delegation's word."""
