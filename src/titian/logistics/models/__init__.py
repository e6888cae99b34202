"""The nouns of logistics."""

from titian.logistics.models.journey import Journey, Milestone
from titian.logistics.models.stay import Stay
from titian.logistics.models.transport import Vehicle

__all__ = ["Journey", "Milestone", "Stay", "Vehicle"]
