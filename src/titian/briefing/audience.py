"""A rule ("all LOs whose delegation sleeps at this hotel") into people, and why each.

The rule is data: ``{"all": […]}``, ``{"any": […]}``, ``{"not": …}`` and leaves
``{"is": name, …}``. Every leaf is one row of ``LEAVES``; what it means is asked of the
room that knows. The event itself is read once for a whole rule.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from titian.briefing.known import Crowd, crowd_of
from titian.briefing.leaves import LEAVES, Found
from titian.kernel.models import Event
from titian.people.models import Person

type Rule = Mapping[str, Any]
type Why = tuple[str, str]
DEEPEST = 6


class BadRule(ValueError):
    """The rule cannot be understood; its argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person whom a rule means, and the reasons, in English and Indonesian."""

    person: Person
    why: Sequence[Why]


def recipients(event: Event, rule: Rule) -> list[Recipient]:
    """Exactly the people the rule means now, by name, with why each is among them.

    The number of queries depends on the rule, not on how many people it means. Raises
    ``BadRule`` with a sentence if it is no rule.
    """
    found = _people(rule, crowd_of(event), 0)
    people = Person.objects.filter(pk__in=found).select_related("party")
    return [
        Recipient(person, list(dict.fromkeys(found[person.pk])))
        for person in people.order_by("display", "pk")
    ]


def require_rule(rule: object, depth: int = 0) -> None:
    """Raise ``BadRule`` unless ``rule`` is a tree of conditions that we know."""
    if not isinstance(rule, dict) or depth > DEEPEST:
        raise BadRule(_("This is no rule. Choose who is meant."))
    if "is" in rule:
        if rule["is"] not in LEAVES:
            raise BadRule(_("“%(name)s” is no condition.") % {"name": rule["is"]})
        return
    (name, inner), *more = list(rule.items()) or [("", None)]
    if more or name not in {"all", "any", "not"}:
        raise BadRule(_("This is no rule. Choose who is meant."))
    branches = [inner] if name == "not" else inner
    if not isinstance(branches, list) or not branches:
        raise BadRule(_("This is no rule. Choose who is meant."))
    for branch in branches:
        require_rule(branch, depth + 1)


def everyone(rules: Iterable[Rule]) -> Rule:
    """The rule that all of ``rules`` hold; one alone stands for itself."""
    given = list(rules)
    return given[0] if len(given) == 1 else {"all": given}


def _people(rule: Rule, crowd: Crowd, depth: int) -> dict[int, list[Why]]:
    if depth == 0:
        require_rule(rule)
    if "is" in rule:
        return _leaf(rule, crowd)
    if "not" in rule:
        out = _people(rule["not"], crowd, depth + 1)
        return {pk: [] for pk in crowd.people if pk not in out}
    if "any" in rule:
        return _any([_people(one, crowd, depth + 1) for one in rule["any"]])
    return _all([_people(one, crowd, depth + 1) for one in rule["all"]])


def _leaf(rule: Rule, crowd: Crowd) -> dict[int, list[Why]]:
    given = {name: value for name, value in rule.items() if name != "is"}
    try:
        found: Found = LEAVES[rule["is"]].find(crowd, given)
    except (KeyError, TypeError, ValueError) as why:
        named = {"name": LEAVES[rule["is"]].name}
        raise BadRule(_("“%(name)s” needs something else.") % named) from why
    return {pk: list(why) for pk, why in found.items()}


def _any(found: Sequence[dict[int, list[Why]]]) -> dict[int, list[Why]]:
    joined: dict[int, list[Why]] = {}
    for one in found:
        for pk, why in one.items():
            joined.setdefault(pk, []).extend(why)
    return joined


def _all(found: Sequence[dict[int, list[Why]]]) -> dict[int, list[Why]]:
    first, *others = found
    return {
        pk: [*why, *(more for other in others for more in other[pk])]
        for pk, why in first.items()
        if all(pk in other for other in others)
    }
