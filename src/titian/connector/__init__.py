"""A machine outside that proposes words; it is off, and knows nobody, by default."""

from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 4000
"""Characters that are given to it, and that are taken from it."""
LOUDEST = 16 * 1024 * 1024
"""Bytes of one voice note; WhatsApp itself takes no more."""
KINDS = {
    "openai": "titian.connector.openai",
    "libretranslate": "titian.connector.libretranslate",
}


class Wish(models.TextChoices):
    """What a machine may propose."""

    TRANSLATION = "translation", _("translation")
    SUMMARY = "summary", _("summary")
    DRAFT = "draft", _("draft of an answer")
    TRANSCRIPT = "transcript", _("transcript of a voice note")


class Problem(models.TextChoices):
    """Why there is no proposal, as the person who wished for one reads it."""

    OFF = "off", _("No machine is connected. Write it yourself.")
    UNABLE = "unable", _("The machine that is connected only translates.")
    DEAF = "deaf", _("The machine that is connected does not listen.")
    SILENT = "silent", _("The machine does not answer. Write it yourself.")
    REFUSED = "refused", _("The machine refuses us: the operator must look at it.")
    BUSY = "busy", _("The machine has too much to do. Try again in a minute.")
    UNREADABLE = "unreadable", _("The machine's answer cannot be used.")
    TOO_LONG = "too_long", _("The words are too long for the machine.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of one request and nothing else: no name, no party, no place."""

    wish: str
    words: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Sound:
    """A voice note and nothing else: not its name, nor who spoke."""

    media_type: str
    content: bytes
    language: str = ""


class NoProposal(Exception):
    """The machine proposes nothing; ``detail`` is for whoever repairs it."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(problem.value, detail)
        self.problem, self.detail = problem, detail


def is_on() -> bool:
    """Whether the operator has connected a machine of a kind that is known."""
    return bool(settings.CONNECTOR["url"]) and settings.CONNECTOR["kind"] in KINDS


def wishes() -> list[str]:
    """What the connected machine can be asked for."""
    if not is_on():
        return []
    if settings.CONNECTOR["kind"] == "libretranslate":
        return [Wish.TRANSLATION.value]
    hears = bool(settings.CONNECTOR.get("hears"))
    return [one.value for one in Wish if one != Wish.TRANSCRIPT or hears]


def why_not(wish: str) -> str:
    """Why the wish cannot be met, for the person who has it; empty if it can."""
    if wish in wishes():
        return ""
    if is_on() and wish == Wish.TRANSCRIPT:
        return str(Problem.DEAF.label)
    return str(Problem.UNABLE.label if is_on() else Problem.OFF.label)


def propose(wanted: Wanted) -> str:
    """The machine's words, or ``NoProposal``; nothing is kept, sent or decided here."""
    if not is_on():
        raise NoProposal(Problem.OFF)
    if wanted.wish not in wishes() or wanted.wish == Wish.TRANSCRIPT:
        raise NoProposal(Problem.UNABLE)
    if len(wanted.words) > LONGEST:
        raise NoProposal(Problem.TOO_LONG)
    said: str = import_module(KINDS[settings.CONNECTOR["kind"]]).ask(wanted)
    return _usable(said)


def transcribe(sound: Sound) -> str:
    """What the machine hears, or ``NoProposal``; nothing is kept or decided here."""
    if not is_on():
        raise NoProposal(Problem.OFF)
    if Wish.TRANSCRIPT not in wishes():
        raise NoProposal(Problem.DEAF)
    if len(sound.content) > LOUDEST:
        raise NoProposal(Problem.TOO_LONG)
    said: str = import_module(KINDS[settings.CONNECTOR["kind"]]).hear(sound)
    return _usable(said)


def _usable(said: str) -> str:
    words = said.strip()
    if not words or len(words) > LONGEST:
        raise NoProposal(Problem.UNREADABLE)
    return words
