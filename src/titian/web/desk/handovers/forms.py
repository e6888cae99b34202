"""What the acts of a hand-over bring from the page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.web.desk.acts import OLD_PAGE, ActForm

HEARD = "heard-"


class BeginForm(ActForm):
    """Who hands over to whom."""

    pair = forms.RegexField(
        r"^\d{1,18}-\d{1,18}-\d{1,18}$",
        error_messages={"required": OLD_PAGE, "invalid": OLD_PAGE},
    )
    is_for_good = forms.BooleanField(required=False)

    def arguments(self) -> dict[str, Any]:
        """The delegation and the two officers, as numbers."""
        given = super().arguments()
        delegation, outgoing, incoming = map(int, given.pop("pair").split("-"))
        return given | {
            "delegation_id": delegation,
            "outgoing_id": outgoing,
            "incoming_id": incoming,
        }


class ItemForm(ActForm):
    """Which thing it is about."""

    subject_kind = forms.CharField(max_length=60)
    subject_id = forms.IntegerField(min_value=1, max_value=10**18)


class AcceptForm(ItemForm):
    """What was read, and what is said back, field by field."""

    mark = forms.CharField(max_length=64)

    def arguments(self) -> dict[str, Any]:
        """The fields said back are those of the page that begin with ``heard-``."""
        heard = {
            name.removeprefix(HEARD): value
            for name, value in self.data.items()
            if name.startswith(HEARD)
        }
        return super().arguments() | {"heard_as": heard}


class WordsForm(ItemForm):
    """A question, or its answer."""

    words = forms.CharField(
        max_length=300,
        error_messages={
            "required": _("Say it in a few words, at most 300 characters."),
            "max_length": _("Say it in a few words, at most 300 characters."),
        },
    )


class AddForm(ActForm):
    """What no list knows."""

    words = WordsForm.base_fields["words"]


class LetGoForm(ActForm):
    """Why she goes without handing over."""

    reason = forms.CharField(
        max_length=2000,
        error_messages={
            "required": _("Say in a few words why the LO goes without handing over.")
        },
    )


class EndForm(ActForm):
    """Whose duty or assignment ends; why, where something is not handed over."""

    of = forms.RegexField(
        r"^(duty|assignment)-\d{1,18}$",
        error_messages={"required": OLD_PAGE, "invalid": OLD_PAGE},
    )
    reason = forms.CharField(max_length=2000, required=False)


class PurposeForm(ActForm):
    """For what a sealed note is opened."""

    purpose = forms.CharField(max_length=200)
