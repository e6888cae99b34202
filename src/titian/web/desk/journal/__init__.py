"""The journal, read: who saw and who changed what, entry by entry."""
