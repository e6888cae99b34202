"""The nouns of rules."""

from titian.rules.models.advice import Advice
from titian.rules.models.article import Acknowledgement, Article, Item, Stance, Whose
from titian.rules.models.permit import Permit

__all__ = [
    "Acknowledgement",
    "Advice",
    "Article",
    "Item",
    "Permit",
    "Stance",
    "Whose",
]
