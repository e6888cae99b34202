"""Permits: what is declared, and how far the paper has come."""
