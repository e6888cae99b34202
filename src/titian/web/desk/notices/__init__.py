"""Notices and closures: what changes, for whom, and who knows it by now."""
