"""The compiled half of bilaterals: loaded when the first timetable is made."""
