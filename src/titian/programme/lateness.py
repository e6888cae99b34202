"""What is late, by how much and why: the forecast in words."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from titian.kernel import telling
from titian.programme.live import MINUTE, Expected

__all__ = ["MINUTE", "over_under", "why_late"]

ON_TIME = timedelta(0)


def over_under(found: Iterable[Expected]) -> timedelta:
    """How much later than planned the official day ends; negative if it ends early.

    What nobody has spoken of counts as it was said to be: silence makes no day longer.
    """
    official = [one for one in found if one.activity.is_official]
    if not official:
        return ON_TIME
    planned = max(one.activity.ends_at for one in official)
    return max(one.told[1] for one in official) - planned


def why_late(one: Expected) -> str:
    """What is late, by how much and why, as a sentence; empty if it is on time.

    Silence is told as silence: that nobody spoke of a beginning is no news that it did
    not begin.
    """
    item, late = one.activity, one.late
    if late < MINUTE:
        return ""
    words = {"item": item.title, "minutes": int(late / MINUTE)}
    if one.is_silent:
        words["hour"] = telling.hour(item.event, item.begins)
        return _("Nobody has said yet that “%(item)s” of %(hour)s has begun.") % words
    if one.cause:
        words["cause"] = one.cause.title
        return (
            _("“%(item)s” is %(minutes)d min late: it waits for “%(cause)s”.") % words
        )
    if item.delay_reason:
        words["reason"] = item.delay_reason
        return _("“%(item)s” is %(minutes)d min late: %(reason)s") % words
    return _("“%(item)s” is %(minutes)d min late.") % words
