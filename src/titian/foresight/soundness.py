"""Nothing is shown or accepted that has not passed the check."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from titian.foresight.errors import NotSound
from titian.foresight.gather.cover import Gathered
from titian.foresight.sentences import RULES, rule_sentence
from titian.planning import cover
from titian.planning.check.cover import Violation, violations


def require_plan(gathered: Gathered, plan: cover.Plan) -> None:
    """``NotSound`` if the checker, which has no line of the search, finds anything."""
    found = violations(gathered.problem, plan)
    if found:
        raise NotSound(_sentences(gathered, found))


def require_roster(gathered: Gathered, duties: Sequence[cover.Duty]) -> None:
    """``NotSound`` if these duties break a rule that those in force do not break.

    Somebody left a change out or put another officer in: the plan is another one now,
    and hours may stay open, but nobody may be overworked or in two places by it.
    """
    before = _broken(gathered, gathered.problem.published)
    found = [one for one in _broken(gathered, duties) if one not in before]
    if found:
        raise NotSound(_sentences(gathered, found))


def _broken(gathered: Gathered, duties: Sequence[cover.Duty]) -> list[Violation]:
    problem = gathered.problem
    plan = cover.Plan(
        duties=tuple(duties),
        gaps=(),
        objective=(),
        seed=0,
        engine="",
        input_hash="",
        iterations=0,
    )
    return [one for one in violations(problem, plan) if one.code in RULES]


def _sentences(gathered: Gathered, found: Iterable[Violation]) -> tuple[str, ...]:
    """Each broken rule once, in the reader's language."""
    return tuple(dict.fromkeys(_sentence(gathered, one) for one in found))


def _sentence(gathered: Gathered, one: Violation) -> str:
    if one.code not in RULES:
        return _("The plan does not pass its own check, so it is not shown.")
    officer = gathered.officers[one.officer]
    delegation = gathered.delegations.get(one.post)
    return rule_sentence(one.code, str(officer), delegation.name if delegation else "")
