"""Signing in: accounts are given, never taken; too many tries are per address."""

from allauth.account.adapter import DefaultAccountAdapter

from titian.web.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: an account is made for a person the office knows."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
