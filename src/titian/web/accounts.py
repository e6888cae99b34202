"""Signing in: accounts are given, never taken; too many tries are per address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.mail import EmailMessage

from titian.kernel.sealing import marks
from titian.people.models import Person
from titian.people.queries import account_at
from titian.web.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: an account is made for a person the office knows."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(self, *given: Any, **named: Any) -> EmailMessage:
        """A letter about an account; to an address the office does not know, to nobody.

        Else whoever has an account, or asks for a new password, could have the house
        write to anybody. The page says the same either way.
        """
        letter: EmailMessage = super().render_mail(*given, **named)
        letter.to = [one for one in letter.to if _is_known(one)]
        return letter


def _is_known(address: str) -> bool:
    return Person.objects.filter(email_mark__in=marks(address)).exists()


class ByName(ModelBackend):
    """Who signs in with a name; the account comes with its person, in one question."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, if it may still be used."""
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class ByAddress(ByName):
    """Who signs in with a mail address: the accounts themselves hold none."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,
        email: str | None = None,
        password: str | None = None,
        **others: Any,
    ) -> User | None:
        """The one account at this address, if the password is its own."""
        if not email or not password:
            return None
        user = account_at(email)
        if user is None:
            make_password(password)  # an unknown address takes as long as a known one
            return None
        known = user.check_password(password) and self.user_can_authenticate(user)
        return user if known else None
