"""The line of time: what is due when, whose it is, and what holds up what."""
