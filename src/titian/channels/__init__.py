"""Carriers: an address and words in, delivered or an exception; they know nobody."""


class Undelivered(Exception):
    """The carrier did not take the words; trying again later may help."""
