"""The compiled half of trips: arrays in, arrays out. Imported when a plan is made."""
