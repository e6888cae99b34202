"""The nouns of the programme."""

from titian.programme.models.activity import Activity
from titian.programme.models.seating import Placing

__all__ = ["Activity", "Placing"]
