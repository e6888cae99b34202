"""What the page says of a relationship's state, and of each moment on its line."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from titian.talks.health import Health, Standing, Why

STANDINGS = {
    Standing.HEALTHY: ("ok", pgettext_lazy("relationship", "healthy")),
    Standing.DRIFTING: ("late", pgettext_lazy("relationship", "drifting")),
    Standing.BROKEN: ("red", pgettext_lazy("relationship", "broken")),
}


def _unheard(count: int) -> str:
    return ngettext(
        "%(n)d promise of ours is broken and they have not heard it from us.",
        "%(n)d promises of ours are broken and they have not heard it from us.",
        count,
    )


def _long_unmet(count: int) -> str:
    return ngettext(
        "%(n)d thing that was promised is unmet for more than two days.",
        "%(n)d things that were promised are unmet for more than two days.",
        count,
    )


def _dead_end(count: int) -> str:
    return ngettext(
        "%(n)d end of the channel is dead: nobody can be reached there now.",
        "%(n)d ends of the channel are dead: nobody can be reached there now.",
        count,
    )


def _overdue(count: int) -> str:
    return ngettext(
        "%(n)d thing that was promised is overdue.",
        "%(n)d things that were promised are overdue.",
        count,
    )


def _disputed(count: int) -> str:
    return ngettext("%(n)d line is disputed.", "%(n)d lines are disputed.", count)


def _unanswered(count: int) -> str:
    return ngettext(
        "%(n)d request waits longer for its answer than we promised.",
        "%(n)d requests wait longer for their answer than we promised.",
        count,
    )


def _silent(_count: int) -> str:
    return str(_("Nothing was said for a while and nothing is planned."))


def _calm(_count: int) -> str:
    return str(_("Nothing is overdue, disputed or unanswered."))


REASONS: dict[Why, Callable[[int], str]] = {
    Why.UNHEARD: _unheard,
    Why.LONG_UNMET: _long_unmet,
    Why.DEAD_END: _dead_end,
    Why.OVERDUE: _overdue,
    Why.DISPUTED: _disputed,
    Why.UNANSWERED: _unanswered,
    Why.SILENT: _silent,
    Why.CALM: _calm,
}


def reason(found: Health) -> str:
    """Why it stands as it does, in one sentence."""
    return REASONS[found.why](found.count) % {"n": found.count}


KINDS = {  # of a moment: its mark, its word, and the page behind it
    "coming": ("calm", _("Said about coming"), ""),
    "filed": ("calm", _("Filed"), ""),
    "signed": ("ok", _("Signed"), "agreement"),
    "line_open": ("calm", _("Due"), "agreement-line"),
    "line_overdue": ("red", _("Overdue"), "agreement-line"),
    "line_delivered": ("hand", _("Shown to be done"), "agreement-line"),
    "line_accepted": ("ok", _("Accepted"), "agreement-line"),
    "line_disputed": ("late", _("Disputed"), "agreement-line"),
    "line_waived": ("calm", _("Let go"), "agreement-line"),
    "meeting_planned": ("calm", _("Meeting planned"), "meeting"),
    "meeting_held": ("ok", _("Met"), "meeting"),
    "meeting_minuted": ("ok", _("Met"), "meeting"),
    "meeting_approved": ("ok", _("Met, text agreed"), "meeting"),
    "meeting_cancelled": ("still", _("Meeting cancelled"), "meeting"),
    "promised": ("hand", _("Promised"), ""),
    "promise_kept": ("ok", _("Promise kept"), ""),
    "promise_broken": ("red", _("Promise broken"), ""),
    "asked": ("hand", _("Asked"), "ask"),
    "answered": ("ok", _("Answered"), "ask"),
}
