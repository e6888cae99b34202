"""Meetings: agenda, minutes, action points."""
