"""Checkers: each reads a problem and a plan and trusts nothing the solver computed."""
