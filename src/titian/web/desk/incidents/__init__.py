"""Incidents, the muster, and who is affected: the desk on a bad day."""
