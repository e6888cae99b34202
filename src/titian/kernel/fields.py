"""Columns that lie in the database under the house's key."""

import json
import re
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from titian.kernel.sealing import house_key

if TYPE_CHECKING:
    Text = models.TextField[Any, str]
    AnyText = models.TextField[Any, Any]
else:
    Text = AnyText = models.TextField

PREFIX = "sealed:"
SEALED = re.compile(r"sealed:[\w=-]+", re.ASCII)
"""What the columns hold. No telephone number and no address looks like it."""


def opened(kept: str) -> str:
    """The words of a sealed column; of words not yet kept, the words themselves."""
    if not SEALED.fullmatch(kept):
        return kept
    return house_key().decrypt(kept.removeprefix(PREFIX).encode()).decode()


def closed(words: str) -> str:
    """``words`` as a column holds them; what is sealed already, and nothing, stays."""
    if not words or SEALED.fullmatch(words):
        return words
    return PREFIX + house_key().encrypt(words.encode()).decode()


class SealedTextField(Text):
    """Words nobody reads by loading the row: the attribute is the ciphertext.

    Empty stays empty, so whether there are words is seen without opening them.
    ``opened`` gives them, and whoever calls it answers for the right and the entry.
    """

    def get_prep_value(self, value: Any) -> Any:
        return closed(super().get_prep_value(value) or "")


class SealedJSONField(AnyText):
    """JSON that is plain to who has the row, and ciphertext in the database."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> Any:
        return closed(json.dumps(value, cls=DjangoJSONEncoder))

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return json.loads(opened(value))
