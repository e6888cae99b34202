"""Delegations and the people in them."""
