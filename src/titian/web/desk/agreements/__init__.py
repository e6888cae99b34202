"""Agreements: what each side owes the other, on one spine."""
