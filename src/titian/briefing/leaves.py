"""The conditions a rule is made of: one row each, asked of the room that knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from titian.briefing.known import FOCAL_POINT, GUEST, MAIN, OFFICER, TEAM, Crowd
from titian.briefing.touched import (
    flown_by,
    named,
    passing,
    places_of,
    sleeping_at,
    taking_part,
)
from titian.kernel.bilingual import in_both
from titian.people.models import Delegation, Duty, Party
from titian.places.models import Place
from titian.programme.models import Activity

type Found = Mapping[int, Iterable[tuple[str, str]]]
type Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A condition: what it is called, what it needs, and whom it means."""

    name: str | Promise
    needs: tuple[str, ...]
    find: Callable[[Crowd, Given], Found]


def _role(crowd: Crowd, given: Given) -> Found:
    """Officers, focal points, guests or the hosts' tables, whichever are named."""
    found: dict[int, list[tuple[str, str]]] = {}
    for role in given["of"]:
        why = in_both(partial(_role_word, role))
        for pk in crowd.of_role(role):
            found.setdefault(pk, []).append(why)
    return found


def _role_word(role: str) -> str:
    return {
        OFFICER: pgettext("why", "is an LO"),
        FOCAL_POINT: pgettext("why", "is a focal point"),
        GUEST: pgettext("why", "is a guest"),
        TEAM: pgettext("why", "is of a team"),
    }[role]


def _level(crowd: Crowd, given: Given) -> Found:
    levels = set(given["of"])
    ids = {pk for pk, row in crowd.delegations.items() if row.level in levels}
    return _because(
        crowd,
        ids,
        lambda row: (
            _("%(name)s comes at the level: %(level)s")
            % {"name": row.name, "level": row.get_level_display()}
        ),
    )


def _delegation(crowd: Crowd, given: Given) -> Found:
    ids = {int(pk) for pk in given["of"]} & set(crowd.delegations)
    return _because(crowd, ids, lambda row: _("is with %s") % row.name)


def _party_kind(crowd: Crowd, given: Given) -> Found:
    kinds = set(given["of"])
    ids = {pk for pk, row in crowd.delegations.items() if row.party.kind in kinds}
    return _because(
        crowd, ids, lambda row: f"{row.name}: {row.party.get_kind_display()}"
    )


def _sleeps_at(crowd: Crowd, given: Given) -> Found:
    place = Place.objects.get(pk=given["place"])
    day = date.fromisoformat(given["on"])
    return _because(
        crowd,
        sleeping_at(crowd.event, place, day),
        lambda row: (
            _("%(name)s sleeps at %(hotel)s") % {"name": row.name, "hotel": place.name}
        ),
    )


def _passes(crowd: Crowd, given: Given) -> Found:
    """Whoever is at, comes to, or leaves from the place or the area in those hours."""
    start, end = _hours(given)
    places = places_of(given.get("place"), str(given.get("area", "")))
    found = passing(crowd.event, places, start, end)
    return _because(
        crowd,
        set(found),
        lambda row: (
            _("%(name)s has there: %(what)s")
            % {"name": row.name, "what": ", ".join(named(one) for one in found[row.pk])}
        ),
    )


def _flight(crowd: Crowd, given: Given) -> Found:
    """The passengers; with them their focal points and officers."""
    flight, groups = str(given["flight"]), flown_by(crowd.event, str(given["flight"]))
    everybody = _because(
        crowd,
        set(groups),
        lambda row: (
            _("%(name)s flies with %(flight)s") % {"name": row.name, "flight": flight}
        ),
    )
    left = {
        person
        for person, delegation, group in crowd.members
        if delegation in groups and not _flies(group, groups[delegation])
        if not crowd.people[person].roles - {GUEST}
    }
    return {pk: why for pk, why in everybody.items() if pk not in left}


def _flies(group: str, flown: set[str]) -> bool:
    return group in flown or ("main" in flown and group in MAIN)


def _activity(crowd: Crowd, given: Given) -> Found:
    activity = Activity.objects.get(pk=given["activity"], event=crowd.event)
    ids = taking_part(activity) & set(crowd.delegations)
    return _because(
        crowd,
        ids,
        lambda row: (
            _("%(name)s takes part in %(what)s")
            % {"name": row.name, "what": activity.title}
        ),
    )


def _team(crowd: Crowd, given: Given) -> Found:
    teams = Party.objects.filter(pk__in=given["of"], kind=Party.Kind.TEAM)
    names = {team.pk: in_both(partial(_sits_at, team)) for team in teams}
    return {
        pk: [names[team] for team in known.teams & set(names)]
        for pk, known in crowd.people.items()
        if known.teams & set(names)
    }


def _sits_at(team: Party) -> str:
    return _("sits at %s") % team.name


def _on_duty(crowd: Crowd, given: Given) -> Found:
    start, end = _hours(given)
    duties = Duty.objects.filter(
        delegation__event=crowd.event,
        starts_at__lt=end,
        ends_at__gt=start,
        withdrawn_at=None,
    )
    why = in_both(lambda: _("is on duty in those hours"))
    return {pk: [why] for pk in duties.values_list("officer__person", flat=True)}


def _because(
    crowd: Crowd, ids: set[int], sentence: Callable[[Delegation], str]
) -> Found:
    """The people of and with these delegations, each for the sake of each."""
    rows = {pk: crowd.delegations[pk] for pk in ids if pk in crowd.delegations}
    said = {pk: in_both(partial(sentence, row)) for pk, row in rows.items()}
    return {
        person: [said[pk] for pk in sorted(with_)]
        for person, with_ in crowd.with_delegation(set(rows)).items()
    }


def _hours(given: Given) -> tuple[datetime, datetime]:
    start = datetime.fromisoformat(given["from"])
    end = datetime.fromisoformat(given["to"])
    if start.tzinfo is None or end.tzinfo is None or end <= start:
        raise ValueError("hours need their zone and their order")
    return start, end


LEAVES: dict[str, Leaf] = {
    "role": Leaf(gettext_lazy("As what they are here"), ("of",), _role),
    "level": Leaf(gettext_lazy("Level of the delegation"), ("of",), _level),
    "delegation": Leaf(gettext_lazy("Delegations by name"), ("of",), _delegation),
    "party_kind": Leaf(gettext_lazy("Kind of party"), ("of",), _party_kind),
    "sleeps_at": Leaf(gettext_lazy("Sleeps at a hotel"), ("place", "on"), _sleeps_at),
    "passes": Leaf(
        gettext_lazy("Is at or passes a place or an area"), ("from", "to"), _passes
    ),
    "flight": Leaf(gettext_lazy("Passengers of a flight"), ("flight",), _flight),
    "activity": Leaf(gettext_lazy("Takes part in an item"), ("activity",), _activity),
    "team": Leaf(gettext_lazy("Sits at a team"), ("of",), _team),
    "on_duty": Leaf(gettext_lazy("On duty in those hours"), ("from", "to"), _on_duty),
}
"""Every condition there is, by the name a rule calls it."""

__all__ = ["LEAVES", "Found", "Leaf"]
