"""A guest's own time beside the event's: which zones are offered, how it is said."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats

from titian.kernel import clock
from titian.kernel.models import Event
from titian.kernel.telling import hour_of
from titian.people.models import Party

COOKIE = "guest_zone"
OFFERED = (
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/Mexico_City",
    "America/New_York",
    "America/Toronto",
    "America/Paramaribo",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "UTC",
    "Africa/Dakar",
    "Europe/London",
    "Europe/Lisbon",
    "Africa/Lagos",
    "Europe/Amsterdam",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Madrid",
    "Europe/Paris",
    "Europe/Rome",
    "Europe/Zurich",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Kigali",
    "Europe/Kyiv",
    "Africa/Nairobi",
    "Asia/Riyadh",
    "Europe/Istanbul",
    "Europe/Moscow",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Yangon",
    "Asia/Bangkok",
    "Asia/Ho_Chi_Minh",
    "Asia/Jakarta",
    "Asia/Phnom_Penh",
    "Asia/Vientiane",
    "Asia/Brunei",
    "Asia/Hong_Kong",
    "Asia/Kuala_Lumpur",
    "Asia/Makassar",
    "Asia/Manila",
    "Asia/Shanghai",
    "Asia/Singapore",
    "Australia/Perth",
    "Asia/Dili",
    "Asia/Jayapura",
    "Asia/Seoul",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Fiji",
)
AT_HOME = {
    "AE": "Asia/Dubai",
    "AU": "Australia/Sydney",
    "BN": "Asia/Brunei",
    "BR": "America/Sao_Paulo",
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "ES": "Europe/Madrid",
    "EU": "Europe/Brussels",
    "FJ": "Pacific/Fiji",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "IN": "Asia/Kolkata",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "KH": "Asia/Phnom_Penh",
    "KR": "Asia/Seoul",
    "LA": "Asia/Vientiane",
    "MM": "Asia/Yangon",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NL": "Europe/Amsterdam",
    "PH": "Asia/Manila",
    "RU": "Europe/Moscow",
    "RW": "Africa/Kigali",
    "SA": "Asia/Riyadh",
    "SG": "Asia/Singapore",
    "SN": "Africa/Dakar",
    "SR": "America/Paramaribo",
    "TH": "Asia/Bangkok",
    "TR": "Europe/Istanbul",
    "UA": "Europe/Kyiv",
    "US": "America/New_York",
    "VN": "Asia/Ho_Chi_Minh",
    "ZA": "Africa/Johannesburg",
}
"""Where the capital's clocks are; suggested, never chosen for the guest."""


def offered(at: datetime) -> list[tuple[str, str]]:
    """The zones with their names and distance from UTC at that moment, west first."""
    far = {name: at.astimezone(ZoneInfo(name)).utcoffset() for name in OFFERED}
    order = sorted(OFFERED, key=lambda name: (far[name] or timedelta(), name))
    return [(name, f"{clock.zone_name(name)} ({_utc(far[name])})") for name in order]


def chosen(cookies: Mapping[str, str]) -> str:
    """The zone her browser keeps, if it is one of ``OFFERED``; else empty."""
    zone = cookies.get(COOKIE, "")
    return zone if zone in OFFERED else ""


def suggested(party: Party) -> str:
    """The zone of the party's capital, where it is known."""
    return AT_HOME.get(party.iso2, "")


def own_time(event: Event, instant: datetime | None, zone: str) -> str:
    """The instant on the guest's own clocks, labelled; empty where they read the same.

    The day stands before the hour when it is another than the day at the event.
    """
    if instant is None or zone not in OFFERED:
        return ""
    here, mine = clock.local(event, instant), instant.astimezone(ZoneInfo(zone))
    if here.utcoffset() == mine.utcoffset():
        return ""
    day = "" if here.date() == mine.date() else formats.date_format(mine, "D j M ")
    return f"{day}{hour_of(mine)} {clock.zone_name(zone)}"


def _utc(offset: timedelta | None) -> str:
    minutes = int((offset or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "−"
    return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")
