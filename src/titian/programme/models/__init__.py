"""The nouns of the programme."""

from titian.programme.models.activity import PRESS_CALL, Activity
from titian.programme.models.seating import Placing

__all__ = ["PRESS_CALL", "Activity", "Placing"]
