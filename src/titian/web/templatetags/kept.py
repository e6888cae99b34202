"""Template words for what is kept as it came: codes by name, words by language."""

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from titian.exchange.naming import name_of
from titian.foresight.sentences import language_name
from titian.loop import means
from titian.loop.models import Ask
from titian.people.models import Member

register = template.Library()

SMALL_WORDS = {
    "en": re.compile(
        r"\b(the|and|with|of|is|are|was|were|for|from|not|your|this|that|by|at|has|on|"
        r"after|in|to|no)\b"
    ),
    "id": re.compile(
        r"\b(dan|yang|dengan|di|dari|untuk|tidak|pada|oleh|ke|ini|itu|sudah|belum)\b"
    ),
}
ABOUT = {
    "arrival": _("arrival"),
    "departure": _("departure"),
    "attendance": _("attendance"),
    "fleet": _("cars"),
    "head": _("head of delegation"),
    "hotel": _("hotel"),
    "programme": _("programme"),
    "security": _("security"),
    "weekday": _("day of the week"),
}

MARK = "Exercise:"
EXERCISES = (
    _("letter of invitation"),
    _("reply"),
    _("advance team"),
    _("late departure from the last stop"),
    _("scheduled flight by way of Singapore"),
    _("the second party, twelve people"),
)
"""What the exercise's own rows say after the mark: never more than our own words."""


def language_of(words: str) -> str:
    """The language whose small words are heard most, or "" when neither is.

    >>> language_of("Not reported; the day after the summit is assumed")
    'en'
    >>> language_of("Daftar nama untuk rombongan yang kedua")
    'id'
    >>> language_of("Nota 12/2022")
    ''
    """
    heard = {
        language: len(small.findall(words.lower()))
        for language, small in SMALL_WORDS.items()
    }
    best = max(heard, key=lambda language: heard[language])
    return best if heard[best] > min(heard.values()) else ""


register.filter("language_of", language_of)


@register.simple_tag
def kept(words: object) -> str | SafeString:
    """Words as they came, marked with their language when it is not the page's.

    A word that is one of ours, such as "Exercise", is said in the reader's language;
    so is the mark before what an exercise made up.
    """
    text = str(words or "")
    if text.startswith(MARK):
        rest = kept(text.removeprefix(MARK).strip())
        return format_html("{}: {}", gettext("Exercise"), rest)
    if text and (ours := gettext(text)) != text:
        return ours
    language = language_of(text)
    if not language or (get_language() or "id").startswith(language):
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def tongue(ask: Ask) -> str | SafeString:
    """The mark of the guest's language where only the guest's words name the ask."""
    if ask.title or not ask.language:
        return ""
    return format_html(' lang="{}"', ask.language)


@register.filter
def named_language(code: str) -> str:
    """Prancis / French: a language by its name, if the house knows it.

    Not Django's ``language_name``, which speaks English whoever reads.
    """
    return language_name(code)


@register.filter
def means_name(code: str) -> str:
    """By what means words came, in words."""
    return means.means_name(code)


@register.filter
def about_name(code: str) -> str:
    """What reports differ about, in words."""
    return str(ABOUT.get(code, code))


@register.filter
def group_name(code: str) -> str:
    """A sub-group of a delegation, in words."""
    names = dict(Member.Group.choices)
    return str(names.get(code, code))


@register.filter
def list_name(code: str) -> str:
    """What the rows of a list are, in words."""
    return name_of(code)
