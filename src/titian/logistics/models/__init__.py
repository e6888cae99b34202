"""The nouns of logistics."""

from titian.logistics.models.custody import Holding
from titian.logistics.models.journey import Journey, Milestone
from titian.logistics.models.stay import Block, Stay
from titian.logistics.models.transport import Trip, Vehicle

__all__ = ["Block", "Holding", "Journey", "Milestone", "Stay", "Trip", "Vehicle"]
