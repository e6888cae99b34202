"""What every act on a page brings, and how a refusal is told on the page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from titian.kernel.actor import Actor
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden

OLD_PAGE = gettext_lazy("This page is old. Load it again and repeat what you did.")


class ActForm(forms.Form):
    """The key that makes a retry harmless, and whose word it is if it is another's."""

    key = forms.UUIDField(error_messages={"required": OLD_PAGE, "invalid": OLD_PAGE})
    word_of = forms.IntegerField(required=False, error_messages={"invalid": OLD_PAGE})
    means = forms.CharField(required=False, max_length=40)

    def actor(self, actor: Actor) -> Actor:
        """The same actor, or the officer bringing the word of the guest it names."""
        if guest := self.cleaned_data["word_of"]:
            means = self.cleaned_data["means"] or "face"
            return actor.passing_on(guest, means=means)
        return actor

    def arguments(self) -> dict[str, Any]:
        """What the command takes, besides who acts and when."""
        who = {"word_of", "means"}
        return {name: v for name, v in self.cleaned_data.items() if name not in who}

    def problem(self) -> str:
        """The first sentence of what is wrong."""
        return str(next(iter(self.errors.values()))[0])


class ReasonForm(ActForm):
    """An act that says why."""

    words = forms.CharField(
        max_length=300,
        error_messages={
            "required": gettext_lazy(
                "Say why in a few words: the other side reads it."
            ),
            "max_length": gettext_lazy("Say why in at most 300 characters."),
        },
    )


def refusal_of(act: Callable[[], object]) -> tuple[str, int]:
    """Do ``act``: nothing and 200, or the sentence and status of its refusal."""
    try:
        act()
    except (IllegalMove, KeyReused):
        return _("Somebody was faster: this is how it stands now."), 409
    except Forbidden as why:
        return str(why), 403
    return "", 200


def refusal_in_words(act: Callable[[], object]) -> tuple[str, int]:
    """The same, and 422 with the command's own sentence for what cannot be meant."""
    try:
        return refusal_of(act)
    except ValueError as why:
        return str(why), 422
