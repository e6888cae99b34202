"""How it is said: formal and brief, in both languages, to whom by rank; and a "no"."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import override

from titian.kernel.telling import hour_near
from titian.loop.models import Ask
from titian.people.models import Delegation, Person

L = Delegation.Level
EXCELLENCIES = frozenset(
    {
        L.HEAD_OF_STATE,
        L.HEAD_OF_GOVERNMENT,
        L.EU_PRESIDENT,
        L.SPECIAL_ENVOY,
        L.MINISTER,
        L.IO_HEAD,
    }
)
LANGUAGES = ("id", "en")


class Tone(StrEnum):
    """How much ceremony the words have."""

    FORMAL = "formal"
    BRIEF = "brief"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A "no" in its parts: why, what is possible instead, and by when."""

    reason: str
    instead: str
    by: datetime | None = None


def address_of(person: Person, delegation: Delegation | None, language: str) -> str:
    """How the person is addressed: who leads a delegation of rank by the rank."""
    leads = delegation is not None and delegation.head_id == person.pk
    name = f"{person.honorific} {person.display}".strip()
    with override(language):
        if leads and delegation and L(delegation.level) in EXCELLENCIES:
            return _("Your Excellency %(name)s") % {"name": name}
        return _("Dear %(name)s") % {"name": name}


def language_for(person: Person) -> str:
    """Indonesian for who speaks it, or whose languages nobody knows; else English."""
    return "id" if "id" in person.languages or not person.languages else "en"


def refusal(said: Refusal, ask: Ask, *, tone: str, language: str, at: datetime) -> str:
    """Thanks, the reason, what is possible instead, by when; as the guest reads it."""
    address = address_of(ask.said_by, ask.asked_by, language)
    with override(language):
        parts = {
            "address": address,
            "reason": said.reason.strip().rstrip("."),
            "instead": said.instead.strip().rstrip("."),
            "by": hour_near(ask.event, said.by, near=at) if said.by else "",
        }
        lines = _formal(parts) if tone == Tone.FORMAL else _brief(parts)
    return "\n".join(lines) if tone == Tone.FORMAL else " ".join(lines)


def _formal(parts: dict[str, str]) -> list[str]:
    if parts["by"]:
        instead = _("What we can do instead, by %(by)s: %(instead)s.") % parts
    else:
        instead = _("What we can do instead: %(instead)s.") % parts
    return [
        _("%(address)s,") % parts,
        _("Thank you for turning to us."),
        _("To our regret this is not possible: %(reason)s.") % parts,
        instead,
        _("Please tell us whether this would serve you."),
    ]


def _brief(parts: dict[str, str]) -> list[str]:
    if parts["by"]:
        instead = _("Instead, by %(by)s: %(instead)s.") % parts
    else:
        instead = _("Instead: %(instead)s.") % parts
    return [_("Thank you. Not possible: %(reason)s.") % parts, instead]
