"""Bilaterals: requests of one delegation to another, and the timetable of them all."""
