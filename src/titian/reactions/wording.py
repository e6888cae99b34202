"""What a message says: every one has a formal and a brief form."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Said:
    """One message in the language that is active when it is made.

    ``formal`` is what a letter says between its address and its close, which the gate
    adds; ``brief`` says the same without ceremony. What somebody said stands in both,
    unchanged.
    """

    subject: str
    formal: str
    brief: str


def said(subject: str, *, formal: Iterable[str], brief: Iterable[str]) -> Said:
    """The message with the paragraphs of each form; an empty one is left out."""
    first, second = ("\n\n".join(filter(None, one)) for one in (formal, brief))
    return Said(subject, first, second)


def noted(subject: str, *lines: str) -> Said:
    """What is brought to somebody's attention and needs no words of its own."""
    given = [line for line in lines if line]
    opening = _("We respectfully bring this to your attention: %(what)s.")
    about = opening % {"what": subject.rstrip(".")}
    return said(subject, formal=[about, *given], brief=given)
