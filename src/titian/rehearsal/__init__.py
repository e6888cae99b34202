"""Plays what the outside world would send, through the same commands."""
