"""The nouns of briefing."""

from titian.briefing.models.device import Device, Tiding
from titian.briefing.models.notice import Copy, Notice, Preference
from titian.briefing.models.press import Diversion, Phrase
from titian.briefing.models.statement import (
    PRESS,
    Clearance,
    KeyMessage,
    Statement,
)

__all__ = [
    "PRESS",
    "Clearance",
    "Copy",
    "Device",
    "Diversion",
    "KeyMessage",
    "Notice",
    "Phrase",
    "Preference",
    "Statement",
    "Tiding",
]
