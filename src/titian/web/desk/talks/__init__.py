"""Talks: the table, what is private, preferences, packages, the ledger of offers."""
