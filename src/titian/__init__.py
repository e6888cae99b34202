"""Titian: every guest accompanied, every word answered, every promise kept."""
