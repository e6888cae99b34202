"""The nouns of the loop."""

from titian.loop.models.ask import Ask, LeftOut
from titian.loop.models.confirmation import Confirmation
from titian.loop.models.promise import Promise
from titian.loop.models.topic import Topic

__all__ = ["Ask", "Confirmation", "LeftOut", "Promise", "Topic"]
