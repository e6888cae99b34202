"""The nouns of the programme."""

from titian.programme.models.activity import Activity

__all__ = ["Activity"]
