"""What is declared, and what the authority answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.rules.commands.permits import MOST, Declared
from titian.rules.models import Item
from titian.web.desk.acts import ActForm

DATE = {"type": "date", "class": "box"}


class DeclareForm(ActForm):
    """Which kind of thing, how many, what exactly, from which day."""

    kind = forms.ChoiceField(
        label=_("What is brought"),
        choices=Item.choices,
        widget=forms.Select({"class": "box"}),
    )
    how_many = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST,
        initial=1,
        widget=forms.NumberInput({"class": "box"}),
    )
    words = forms.CharField(
        label=_("What exactly: make, number, who carries it"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "box", "autocomplete": "off"}),
    )
    needed_on = forms.DateField(
        label=_("Needed on"),
        required=False,
        widget=forms.DateInput(DATE, format="%Y-%m-%d"),
    )

    def declared(self) -> Declared:
        """What the command takes."""
        said = self.cleaned_data
        return Declared(
            said["kind"], said["how_many"], said["words"], said["needed_on"]
        )


class MoveForm(ActForm):
    """The authority's number and last day, or why it said no."""

    number = forms.CharField(required=False, max_length=80)
    valid_to = forms.DateField(required=False)
    reason = forms.CharField(required=False, max_length=300)

    def said(self, name: str) -> dict[str, Any]:
        """What the move takes besides who and when."""
        given = self.cleaned_data
        if name == "grant":
            return {"number": given["number"], "valid_to": given["valid_to"]}
        return {"reason": given["reason"]} if name == "refuse" else {}
