"""Template words of the house: times as the reader's language writes them, marks."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from titian.kernel.clock import zone_name
from titian.kernel.models import Event
from titian.kernel.telling import hour_of, is_indonesian
from titian.loop.models import Ask
from titian.programme.models import Activity

register = template.Library()

S = Ask.State
PLANKS = {
    S.SAID: 1,
    S.PASSED: 2,
    S.RESTATED: 3,
    S.IN_HAND: 3,
    S.ANSWERED: 4,
    S.CLOSED: 5,
}
DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")


def _local(instant: datetime, where: object) -> datetime:
    zone = where if isinstance(where, str) else getattr(where, "zone", "UTC")
    return instant.astimezone(ZoneInfo(zone))


@register.filter
def clock(instant: datetime | None, where: object = "UTC") -> str:
    """19.40 in Indonesian, 19:40 in English, on the clocks of ``where``."""
    if instant is None:
        return ""
    return hour_of(_local(instant, where))


@register.filter
def weekday(instant: datetime | None, where: object = "UTC") -> str:
    """Sen / Mon."""
    if instant is None:
        return ""
    local = _local(instant, where)
    return DAYS[local.weekday()] if is_indonesian() else f"{local:%a}"


@register.filter
def day(instant: datetime | date | None, where: object = "UTC") -> str:
    """14 Nov, with the month as the reader writes it."""
    if instant is None:
        return ""
    local = _local(instant, where) if isinstance(instant, datetime) else instant
    return formats.date_format(local, "j M")


@register.filter
def day_clock(instant: datetime | None, where: object = "UTC") -> str:
    """Sel 15 Nov 08.00: for wherever more than one day is possible."""
    if instant is None:
        return ""
    parts = (weekday(instant, where), day(instant, where), clock(instant, where))
    return " ".join(parts)


@register.filter
def begins_on(item: Activity, where: object = "UTC") -> str:
    """Sel 15 Nov 08.00; only Sel 15 Nov while no hour of the item is known."""
    spoken = item.started_at or item.expected_starts_at
    if item.is_dated_only and not spoken:
        return f"{weekday(item.starts_at, where)} {day(item.starts_at, where)}"
    return day_clock(item.begins, where)


@register.filter
def near_clock(instant: datetime | None, now: datetime) -> str:
    """19.40 on the day of ``now`` (which brings the zone), else Sel 08.00.

    Further away the date stands before it, with its year if that is another.
    """
    if instant is None:
        return ""
    zone = now.tzinfo
    local = instant.astimezone(zone)
    time = hour_of(local)
    if local.date() == now.date():
        return time
    name = DAYS[local.weekday()] if is_indonesian() else f"{local:%a}"
    if abs((local.date() - now.date()).days) < 6:
        return f"{name} {time}"
    day = "j M" if local.year == now.year else "j M Y"
    return f"{formats.date_format(local, day)} {time}"


@register.filter
def zone(where: object) -> str:
    """The zone's short name."""
    name = where if isinstance(where, str) else getattr(where, "zone", "UTC")
    return zone_name(name)


@register.filter
def span(length: timedelta | None) -> str:
    """25 mnt, 3 j 10 mnt: a length of time in words; the sign is not told."""
    if length is None:
        return ""
    minutes = int(abs(length.total_seconds()) // 60)
    if minutes < 120:
        return ngettext("%(count)d min", "%(count)d min", minutes) % {"count": minutes}
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        days = hours // 24
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    if not rest:
        return gettext("%(hours)d h") % {"hours": hours}
    return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}


@register.filter
def since(instant: datetime | None, now: datetime) -> timedelta | None:
    """How long ago, or how far ahead."""
    return None if instant is None else now - instant


@register.filter
def item(mapping: dict[object, object], key: object) -> object:
    """The value under ``key``, or nothing."""
    return mapping.get(key)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A drawn line icon, decorative."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="#{}"/></svg>', name
    )


@register.simple_tag
@cache
def glyph(name: str) -> SafeString:
    """A state's shape: ok, hand, late, red, still, calm."""
    return format_html(
        '<svg class="g" aria-hidden="true"><use href="#g-{}"/></svg>', name
    )


@register.simple_tag
def state(name: str, words: object, *, hidden: bool = False) -> SafeString:
    """A state as shape, word and then colour; ``hidden`` keeps the word for ears."""
    word = format_html('<span class="sr">{}</span>', words) if hidden else words
    return format_html('<span class="st st-{}">{}{}</span>', name, glyph(name), word)


@register.simple_tag
def planks(ask: Ask, *, overdue: bool = False, boards: int = 5) -> SafeString:
    """The bridge in miniature: five boards inside the house, three for the guest."""
    crossed = PLANKS.get(Ask.State(ask.state), 0)
    if boards == 3:
        crossed = {5: 3, 4: 3, 3: 2}.get(crossed, 1)
    marks = []
    for number in range(boards):
        kind = "done" if number < crossed else "next"
        if number == crossed and crossed < boards:
            kind = "red" if overdue else "now"
        marks.append((number * 9.2 + 0.8, kind))
    rects = format_html_join(
        "", '<rect class="{1}" x="{0}" y="1" width="7.4" height="10" rx="1"/>', marks
    )
    label = gettext("%(crossed)d of %(boards)d boards crossed") % {
        "crossed": crossed,
        "boards": boards,
    }
    return format_html(
        '<svg class="planks planks-{}" viewBox="0 0 {} 12" role="img" aria-label="{}">'
        "{}</svg>",
        boards,
        46 if boards == 5 else 28,
        label,
        rects,
    )


@register.simple_tag
def initials(person: object, extra: str = "") -> SafeString:
    """Two drawn letters in place of a face."""
    letters = getattr(person, "initials", "·")
    return format_html(
        '<span class="who {}" aria-hidden="true">{}</span>', extra, letters
    )


@register.simple_tag
def event_zone(event: Event | None) -> str:
    """WITA, for the clock in the bar."""
    return zone_name(event.zone) if event else "UTC"
