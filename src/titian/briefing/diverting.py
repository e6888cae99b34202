"""What shows that a matter is the press desk's: the sender, the topic, the words."""

from dataclasses import dataclass

from titian.briefing.models import PRESS, Diversion, KeyMessage, Phrase
from titian.kernel.bilingual import in_language
from titian.kernel.models import Event
from titian.loop.models import Ask
from titian.loop.routing import PRESS_WORDS, called
from titian.people.models import FocalPoint, Member, Party
from titian.people.models.person import folded

INDONESIAN = frozenset({"pers", "wartawan", "jurnalis", "wawancara", "peliputan"})
BY_THEMSELVES = frozenset({"mail", "email", "whatsapp", "sms", "link"})
"""Ways by which words come in without an officer between."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Why a matter is the press desk's; by which phrase, if it was one."""

    cause: Diversion.Cause
    phrase: str = ""


def sign_of(ask: Ask) -> Sign | None:
    """What shows that the ask is the press desk's, the surest sign first."""
    if ask.asked_by.party.kind == Party.Kind.MEDIA:
        return Sign(Diversion.Cause.SENDER)
    if ask.topic is not None and ask.topic.team.code == PRESS:
        return Sign(Diversion.Cause.TOPIC)
    if phrase := phrase_in(ask.event, f"{ask.words} {ask.gloss}"):
        return Sign(Diversion.Cause.PHRASE, phrase)
    return Sign(Diversion.Cause.UNKNOWN) if _is_unknown(ask) else None


def phrase_in(event: Event, words: str) -> str:
    """The first phrase of the desk's list that stands in ``words`` as whole words."""
    heard = f" {' '.join(_letters(words).split())} "
    return next((one for one in phrases(event) if f" {_letters(one)} " in heard), "")


def phrases(event: Event) -> list[str]:
    """The desk's own list; before it has one, the words that routing knows."""
    own = list(Phrase.objects.filter(event=event).values_list("words", flat=True))
    return own or list(PRESS_WORDS)


def language_of(phrase: str) -> str:
    """In which language a word of the usual list is."""
    return "id" if phrase in INDONESIAN else "en"


def press_team() -> Party | None:
    """The press desk among the inner teams."""
    return called(PRESS)


def holding_line(event: Event, language: str) -> str:
    """What an officer may say until there is more; empty if none is approved."""
    line = KeyMessage.objects.filter(
        event=event, kind=KeyMessage.Kind.HOLDING, retired_at=None
    ).first()
    return in_language(line, "words", language) if line else ""


def is_diverted(ask: Ask) -> bool:
    """Whether the press desk has it instead of whoever was asked."""
    found: Diversion | None = getattr(ask, "diversion", None)
    return found is not None and found.undone_at is None


def _letters(words: str) -> str:
    """Folded, with everything that is no letter or figure as a space."""
    return "".join(c if c.isalnum() else " " for c in folded(words)).strip()


def _is_unknown(ask: Ask) -> bool:
    """Written to us directly by somebody in nobody's list of the delegation."""
    if ask.channel not in BY_THEMSELVES:
        return False
    delegation, person = ask.asked_by_id, ask.said_by_id
    known = (
        Member.objects.filter(delegation=delegation, person=person).exists()
        or FocalPoint.objects.filter(delegation=delegation, person=person).exists()
        or ask.asked_by.head_id == person
    )
    return not known
