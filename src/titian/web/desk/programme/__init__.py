"""The rundown: planned, expected, real."""
