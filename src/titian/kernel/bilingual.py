"""Words the house keeps in Indonesian and in English."""

from collections.abc import Callable

from django.utils.translation import get_language, override


class Bilingual:
    """Reads ``name_id`` or ``name_en`` by the reader's language; the other if empty.

    Declared as ``name = Bilingual()`` beside the two columns.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, row: object, owner: type | None = None) -> str:
        if row is None:  # asked of the class, as Django's introspection does
            return ""
        return in_language(row, self._name, get_language() or "id")


def in_language(row: object, name: str, language: str) -> str:
    """``name`` of ``row`` in ``language`` ("id" or "en"), else in the other one."""
    first, second = ("id", "en") if language.startswith("id") else ("en", "id")
    words = getattr(row, f"{name}_{first}") or getattr(row, f"{name}_{second}")
    return str(words)


def in_both(words: Callable[[], str]) -> tuple[str, str]:
    """What ``words()`` says in English, and what it says in Indonesian."""
    with override("en"):
        english = words()
    with override("id"):
        return english, words()
