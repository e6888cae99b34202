"""Two hours that cannot both be kept: the same people, or the same place."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import combinations

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.kernel.bilingual import in_both
from titian.kernel.questions import Break
from titian.people.models import Delegation, Party
from titian.programme.models import Activity
from titian.programme.policy import PROTOCOL, VENUE

S = Activity.State
LOWEST_LEVEL = 7


def clashes(at: datetime) -> Iterator[Break]:
    """A break for each pair of items to come that takes one's people or place twice.

    Meetings are left out of the people's side: ``talks`` watches both of their sides.
    """
    items = _to_come(at)
    teams = dict(
        Party.objects.filter(code__in=[PROTOCOL, VENUE]).values_list("code", "pk")
    )
    for one, other in combinations(items, 2):
        if one.event_id == other.event_id and _overlap(one, other):
            yield from _people_twice(one, other, teams.get(PROTOCOL))
            yield from _place_twice(one, other, teams.get(VENUE))


def _to_come(at: datetime) -> list[Activity]:
    return list(
        Activity.objects.filter(
            Q(ends_at__gt=at) | Q(expected_ends_at__gt=at),
            state__in=[S.PLANNED, S.RUNNING],
            precision=Activity.Precision.MINUTE,
        )
        .select_related("place", "meeting")
        .prefetch_related("delegations__party")
        .order_by("pk")
    )


def _overlap(one: Activity, other: Activity) -> bool:
    return one.begins < other.ends and other.begins < one.ends


def _people_twice(one: Activity, other: Activity, team: int | None) -> Iterator[Break]:
    if hasattr(one, "meeting") or hasattr(other, "meeting"):
        return
    if one.is_for_all and other.is_for_all:
        yield _break(one, other, _everybody(one, other), None, team)
        return
    for delegation in _shared(one, other):
        words = _delegation_twice(delegation, one, other)
        yield _break(one, other, words, delegation, team)


def _place_twice(one: Activity, other: Activity, team: int | None) -> Iterator[Break]:
    if one.place_id is None or one.place_id != other.place_id:
        return
    people = [*one.delegations.all(), *other.delegations.all()]
    highest = min(people, key=lambda delegation: delegation.rank, default=None)
    yield _break(one, other, _place_of(one, other), highest, team)


def _shared(one: Activity, other: Activity) -> list[Delegation]:
    """Who takes part in both; all do in what is for all and not private."""
    first, second = list(one.delegations.all()), list(other.delegations.all())
    if one.is_for_all and not one.is_private:
        return second
    if other.is_for_all and not other.is_private:
        return first
    ids = {delegation.pk for delegation in second}
    return [delegation for delegation in first if delegation.pk in ids]


def _break(
    one: Activity,
    other: Activity,
    words: Callable[[], str],
    delegation: Delegation | None,
    team: int | None,
) -> Break:
    english, indonesian = in_both(words)
    everybody = 1 if one.is_for_all else LOWEST_LEVEL
    return Break(
        level=delegation.rank if delegation else everybody,
        by=max(one.begins, other.begins),
        sentence=english,
        subject_kind=other._meta.label_lower,
        subject_id=other.pk,
        owner_team_id=team,
        sentence_id=indonesian,
        concerns_id=delegation.pk if delegation else None,
    )


def _told(activity: Activity) -> str:
    """Its title, unless it is private: who must confirm need not know more."""
    return _("a private item") if activity.is_private else activity.title


def _everybody(one: Activity, other: Activity) -> Callable[[], str]:
    return lambda: (
        _("Everybody would be at “%(one)s” and “%(other)s” at the same time.")
        % {"one": _told(one), "other": _told(other)}
    )


def _delegation_twice(
    delegation: Delegation, one: Activity, other: Activity
) -> Callable[[], str]:
    return lambda: (
        _("%(delegation)s would be at “%(one)s” and “%(other)s” at the same time.")
        % {"delegation": delegation.name, "one": _told(one), "other": _told(other)}
    )


def _place_of(one: Activity, other: Activity) -> Callable[[], str]:
    return lambda: (
        _("%(place)s would hold “%(one)s” and “%(other)s” at the same time.")
        % {"place": one.place, "one": _told(one), "other": _told(other)}
    )
