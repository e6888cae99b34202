"""Who has an ask: always one line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from titian.loop.models import Ask, HandOver
from titian.people.models import Assignment, Delegation, Party, Person

S = Ask.State
OVER = frozenset({S.CLOSED, S.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an ask now: a person, a team or both; since when; in one line."""

    person: Person | None
    team: Party | None
    since: datetime
    line: str


def who_has_it(ask: Ask) -> str:
    """One line: the person, or the team until somebody of it has taken it."""
    return who_have_them([ask])[ask.pk].line


def who_have_them(asks: Iterable[Ask]) -> dict[int, Holder]:
    """Who has each ask, by its id; two queries for all the officers."""
    asks = list(asks)
    with_officer = [ask for ask in asks if ask.state in {S.SAID, S.RESTATED}]
    officers = _officers({ask.asked_by_id for ask in with_officer})
    return {ask.pk: _holder(ask, officers.get(ask.asked_by_id)) for ask in asks}


def officer_of(delegation: Delegation) -> Person | None:
    """Who took over last, else the primary who has not declined, else a relief."""
    return _officers({delegation.pk}).get(delegation.pk)


def _officers(delegation_ids: set[int]) -> dict[int, Person]:
    if not delegation_ids:
        return {}
    present = (
        Assignment.objects.filter(delegation__in=delegation_ids, relieved_at=None)
        .exclude(consent=Assignment.Consent.DECLINED)
        .select_related("officer__person")
        .order_by("-role", "-pk")  # the first primary is told last
    )
    rows = list(present)
    found = {held.delegation_id: held.officer.person for held in rows}
    taken = HandOver.objects.filter(
        delegation__in=delegation_ids, state=HandOver.State.TAKEN
    ).order_by("taken_at", "pk")
    last = dict(taken.values_list("delegation", "incoming"))
    return found | {
        one.delegation_id: one.officer.person
        for one in rows
        if last.get(one.delegation_id) == one.officer_id
    }


def _holder(ask: Ask, officer: Person | None) -> Holder:
    held = _held_by(ask, officer)
    if ask.merged_into is None:
        return held
    line = _("%(who)s, with %(code)s") % {
        "who": held.line,
        "code": ask.merged_into.code,
    }
    return replace(held, line=line)


def _held_by(ask: Ask, officer: Person | None) -> Holder:
    if ask.state in {S.SAID, S.RESTATED}:
        since = ask.restated_at or ask.said_at
        line = _("%(name)s, LO") % {"name": officer.display} if officer else _("no LO")
        return Holder(officer, None, since, line)
    if ask.state == S.ANSWERED:
        line = _("%(name)s, to say that it is kept") % {"name": ask.said_by.display}
        return Holder(ask.said_by, None, ask.answered_at or ask.said_at, line)
    if ask.state in OVER or ask.owner is None:
        since = ask.closed_at or ask.said_at
        return Holder(None, None, since, _("nobody: it is closed"))
    since = ask.in_hand_at or ask.passed_at or ask.said_at
    if ask.holder is None:
        return Holder(None, ask.owner, since, ask.owner.name)
    line = f"{ask.holder.display}, {ask.owner.name}"
    return Holder(ask.holder, ask.owner, since, line)
