"""Why, and why not: the plan's codes as whole sentences in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.people.models import Delegation

RULES: dict[str, str | Promise] = {
    "language": gettext_lazy(
        "%(officer)s does not speak a language that %(post)s needs well enough."
    ),
    "clearance": gettext_lazy("%(officer)s is not cleared for the level of %(post)s."),
    "declined": gettext_lazy("%(officer)s has declined %(post)s."),
    "away": gettext_lazy("%(officer)s is away in these hours."),
    "busy": gettext_lazy("%(officer)s is on duty elsewhere in these hours."),
    "on_call_limit": gettext_lazy(
        "%(officer)s is already on call for %(limit)s delegations."
    ),
    "hours": gettext_lazy(
        "%(officer)s would be with delegations for more than %(limit)s hours in a day."
    ),
    "rest": gettext_lazy("%(officer)s would rest for less than %(limit)s hours."),
    "day_off": gettext_lazy("%(officer)s would have no full day off in seven."),
}
"""The planning core's own sentences, said here so that they are translated."""

TRIP_RULES: dict[str, str | Promise] = {
    "named": gettext_lazy("%(request)s is to be driven by another vehicle."),
    "class": gettext_lazy("%(vehicle)s is not of a class that suits %(request)s."),
    "skill": gettext_lazy("%(vehicle)s lacks something that %(request)s needs."),
    "room": gettext_lazy("%(vehicle)s is too small for %(request)s."),
    "window": gettext_lazy("%(vehicle)s cannot be there in time for %(request)s."),
    "ride": gettext_lazy(
        "With %(request)s in %(vehicle)s, somebody would ride for too long."
    ),
    "duty": gettext_lazy(
        "With %(request)s, the driver of %(vehicle)s would be on duty for too long."
    ),
    "break": gettext_lazy(
        "With %(request)s, the driver of %(vehicle)s would have no break in time."
    ),
    "seat": gettext_lazy("%(vehicle)s has no seat left for %(request)s on that way."),
    "motorcade": gettext_lazy(
        "%(vehicle)s cannot take the place of %(request)s in its motorcade."
    ),
    "headway": gettext_lazy(
        "%(vehicle)s cannot leave with %(request)s at its minute: people would wait."
    ),
}
"""The same, of cars."""

BILATERAL_RULES: dict[str, str | Promise] = {
    "fit": gettext_lazy("No room suits the size and the level of %(meeting)s."),
    "language": gettext_lazy("Nobody interprets between the languages of %(meeting)s."),
    "day": gettext_lazy("%(meeting)s would not be over before the day is."),
    "wanted": gettext_lazy("%(meeting)s is not wanted at that hour."),
    "leader": gettext_lazy("A side of %(meeting)s has no time at that hour."),
    "busy": gettext_lazy("A side of %(meeting)s is taken at that hour."),
    "interpreter": gettext_lazy(
        "The interpreters that %(meeting)s needs are all at work at that hour."
    ),
    "room": gettext_lazy(
        "The rooms that suit %(meeting)s are taken or being reset at that hour."
    ),
}
"""The same, of bilateral meetings: never why a side is not free."""

COSTS: dict[str, str | Promise] = {
    "uncovered": gettext_lazy("With %(officer)s other hours would stay open."),
    "changed": gettext_lazy("With %(officer)s more published duties would move."),
    "faces": gettext_lazy("With %(officer)s the guests would meet one more face."),
    "handovers": gettext_lazy("With %(officer)s there would be one more handover."),
    "spread": gettext_lazy("With %(officer)s the load would be less even."),
    "margin": gettext_lazy("With %(officer)s the rest would be shorter."),
}

LIMITS = {"on_call_limit": 5, "hours": 10, "rest": 11}


NAMED_HERE = {"zh": gettext_lazy("Chinese")}  # whom Django knows only by script


def language_name(code: str) -> str:
    """The language in the reader's own, or its code where no name is known."""
    if code in NAMED_HERE:
        return str(NAMED_HERE[code])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code.upper()


def languages_wanted(wanted: Sequence[Sequence[str]]) -> str:
    """Arabic B2; with several, any one will do: English B2 or French B2."""
    several = [f"{language_name(code)} {level}" for code, level in wanted]
    return _(" or ").join(several)


def rule_sentence(rule: str, officer: str, post: str) -> str:
    """Which rule stands in the way, with the names in it."""
    words = RULES.get(rule, gettext_lazy("%(officer)s cannot hold these hours."))
    return str(words) % {"officer": officer, "post": post, "limit": LIMITS.get(rule)}


def gap_sentence(
    gap: Mapping[str, Any], delegation: Delegation, names: Mapping[int, str]
) -> str:
    """Who is missing when, and who comes nearest; what rules everybody out."""
    hours = telling.span(
        delegation.event,
        datetime.fromisoformat(gap["starts_at"]),
        datetime.fromisoformat(gap["ends_at"]),
    )
    nearest = gap.get("nearest")
    told = [_missing(gap, delegation, hours)]
    if nearest and not gap["nobody_speaks"]:
        told.append(_nearest(nearest, delegation, names))
    return " ".join(told)


def _missing(gap: Mapping[str, Any], delegation: Delegation, hours: str) -> str:
    words: dict[str, Any] = {"delegation": delegation.name, "hours": hours}
    if not gap["wanted"]:
        return _("Nobody is free for %(delegation)s on %(hours)s.") % words
    words["language"] = languages_wanted(gap["wanted"])
    if gap["nobody_speaks"]:
        return (
            _("No LO speaks %(language)s: nobody holds %(delegation)s on %(hours)s.")
            % words
        )
    return (
        _("Nobody with %(language)s is free for %(delegation)s on %(hours)s.") % words
    )


def _nearest(
    nearest: Mapping[str, Any], delegation: Delegation, names: Mapping[int, str]
) -> str:
    name = names.get(nearest["officer"], "")
    if nearest["free_from"]:
        moment = datetime.fromisoformat(nearest["free_from"])
        return _("Nearest: %(officer)s, free from %(moment)s.") % {
            "officer": name,
            "moment": telling.moment(delegation.event, moment),
        }
    why = rule_sentence(nearest["rule"], name, delegation.name)
    return _("Nearest: %(officer)s. %(why)s") % {"officer": name, "why": why}


def reason_sentence(
    change: Mapping[str, Any], delegation: Delegation, names: Mapping[int, str]
) -> str:
    """Why this officer: what speaks for her, and who would come next."""
    reason = change["reason"]
    if change["new"] is None:
        return _(
            "As published these hours would break a rule, and nobody else is free."
        )
    if reason.get("by_hand"):
        return _("Changed by hand.")
    if reason.get("hand_over"):
        return _with_them(reason, delegation, names.get(change["new"], ""))
    told = [_fitness(reason, names.get(change["new"], ""))]
    told.append(_runner_up(reason, delegation, names))
    return " ".join(sentence for sentence in told if sentence)


def _with_them(reason: Mapping[str, Any], delegation: Delegation, officer: str) -> str:
    words = {"officer": officer, "delegation": delegation.name}
    if reason["hand_over"] == "later":
        return (
            _(
                "%(officer)s stays with %(delegation)s until the hotel and hands over "
                "there."
            )
            % words
        )
    return (
        _("%(officer)s takes over before %(delegation)s lands, and receives them.")
        % words
    )


def _fitness(reason: Mapping[str, Any], officer: str) -> str:
    words = {
        "officer": officer,
        "language": language_name(reason["language"]) if reason["language"] else "",
        "level": reason["cefr"],
    }
    if not reason["language"]:
        if reason["met"]:
            return _("%(officer)s has met these guests.") % words
        return _("%(officer)s is free and rested.") % words
    if reason["met"]:
        return (
            _("%(officer)s speaks %(language)s at %(level)s and has met these guests.")
            % words
        )
    return _("%(officer)s speaks %(language)s at %(level)s.") % words


def _runner_up(
    reason: Mapping[str, Any], delegation: Delegation, names: Mapping[int, str]
) -> str:
    other = names.get(reason.get("runner_up") or 0, "")
    if other and reason.get("rule"):
        return rule_sentence(reason["rule"], other, delegation.name)
    cost = next((level for level, more in reason.get("regret", ()) if more > 0), None)
    if other and cost in COSTS:
        return str(COSTS[cost]) % {"officer": other}
    if reason.get("free"):
        return ngettext(
            "%(count)d other LO could take these hours.",
            "%(count)d other LOs could take these hours.",
            reason["free"],
        ) % {"count": reason["free"]}
    return _("Nobody else could take these hours.")


ROOM_RULES = {
    "category": gettext_lazy("%(room)s is not of the category for %(party)s."),
    "standard": gettext_lazy("%(hotel)s is not good enough for %(group)s."),
    "accessible": gettext_lazy(
        "%(room)s is not accessible, and %(party)s needs a room that is."
    ),
    "apart": gettext_lazy(
        "%(hotel)s houses somebody whom %(group)s must not meet there."
    ),
    "security": gettext_lazy(
        "%(group)s and the others on the floor of %(room)s must not share one."
    ),
    "free": gettext_lazy("%(room)s is taken in some night of %(party)s."),
}
