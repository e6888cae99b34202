"""Carriers: an address and words in, delivered or an exception; they know nobody."""
