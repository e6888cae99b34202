"""Plays the outside world through the same commands; it never writes rows."""
