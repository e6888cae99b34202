"""The phone's and other programs' door."""
