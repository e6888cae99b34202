"""What shows that a matter is the press desk's: the sender, the topic, the words."""

from collections.abc import Sequence
from dataclasses import dataclass

from titian.briefing.gate import incidents
from titian.briefing.models import PRESS, Diversion, KeyMessage, Phrase
from titian.kernel.bilingual import in_language
from titian.kernel.models import Event
from titian.loop.models import Ask, Topic
from titian.loop.routing import PRESS_WORDS, called, suggest
from titian.people.models import FocalPoint, Member, Party
from titian.people.models.person import folded

INDONESIAN = frozenset(
    {
        *("pers", "wartawan", "jurnalis", "wawancara"),
        *("mewawancarai", "diwawancarai", "meliput", "peliputan"),
    }
)
LANGUAGES = frozenset({"id", "en"})
WITHOUT = frozenset({"no", "without", "tanpa"})
BY_THEMSELVES = frozenset({"mail", "email", "whatsapp", "sms", "link"})
"""Ways by which words come in without an officer between."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Why a matter is the press desk's; by which phrase, if it was one."""

    cause: Diversion.Cause
    phrase: str = ""


def sign_of(ask: Ask) -> Sign | None:
    """What shows that the ask is the press desk's, the surest sign first.

    A media house is a guest too: its bed, its car and its badge are what any guest
    asks for, if a topic of another team says so; what it is served with (a pool slot,
    a filing time, a permit) is no matter for the gate, whichever team has it. What a
    guest said of her LO in confidence stays with the coordinators, whatever words are
    in it.
    """
    if ask.complains_of_id is not None:
        return None
    topic, kind = _topic_of(ask), ask.asked_by.party.kind
    if topic is not None and topic.is_usual_for(kind):
        return Sign(Diversion.Cause.UNKNOWN) if _is_unknown(ask) else None
    if topic is not None and topic.team.code == PRESS:
        return Sign(Diversion.Cause.TOPIC)
    if kind == Party.Kind.MEDIA and topic is None:
        return Sign(Diversion.Cause.SENDER)
    if phrase := _phrase_of(ask):
        return Sign(Diversion.Cause.PHRASE, phrase)
    return Sign(Diversion.Cause.UNKNOWN) if _is_unknown(ask) else None


def phrase_in(event: Event, words: str, language: str = "") -> str:
    """The first phrase of the desk's list that stands in ``words`` as whole words.

    Words in Indonesian or in English are compared with the phrases of that language
    alone: "cinq pers." is five people and not the press. "No press, please" is no
    matter for the press desk either.
    """
    heard = _letters(words).split()
    spoken = {language} if language in LANGUAGES else LANGUAGES
    for phrase, in_ in phrases(event):
        if in_ in spoken and _stands_in(_letters(phrase).split(), heard):
            return phrase
    return ""


def phrases(event: Event) -> list[tuple[str, str]]:
    """The desk's own list with the language of each; before it has one, the usual."""
    own = Phrase.objects.filter(event=event).values_list("words", "language")
    return list(own) or [(words, language_of(words)) for words in PRESS_WORDS]


def language_of(phrase: str) -> str:
    """In which language a word of the usual list is."""
    return "id" if phrase in INDONESIAN else "en"


def press_team() -> Party | None:
    """The press desk among the inner teams."""
    return called(PRESS)


def holding_line(event: Event, language: str) -> str:
    """What an officer may say until there is more; empty if none is approved.

    In an emergency it is what the spokesperson has cleared for the newest incident.
    """
    for incident in incidents(event):
        if incident.say_by_id is not None:
            return in_language(incident, "say", language)
    line = KeyMessage.objects.filter(
        event=event, kind=KeyMessage.Kind.HOLDING, retired_at=None
    ).first()
    return in_language(line, "words", language) if line else ""


def is_diverted(ask: Ask) -> bool:
    """Whether the press desk has it instead of whoever was asked."""
    found: Diversion | None = getattr(ask, "diversion", None)
    return found is not None and found.undone_at is None


def _topic_of(ask: Ask) -> Topic | None:
    """The officer's choice; before there is one, what the words name."""
    if ask.topic is not None:
        return ask.topic
    kind = ask.asked_by.party.kind
    return next(iter(suggest(ask.event, f"{ask.words} {ask.gloss}", kind)), None)


def _stands_in(phrase: Sequence[str], heard: Sequence[str]) -> bool:
    """Whether the words stand there in a row, and nobody says that they should not."""
    size = len(phrase)
    return any(
        heard[at : at + size] == phrase and heard[max(0, at - 1)] not in WITHOUT
        for at in range(len(heard) - size + 1)
    )


def _phrase_of(ask: Ask) -> str:
    """In the guest's words, if we know their language; in the officer's reading."""
    theirs = ask.words if ask.language in {"", *LANGUAGES} else ""
    return phrase_in(ask.event, theirs, ask.language) or phrase_in(ask.event, ask.gloss)


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
