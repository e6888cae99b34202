"""What a set-up sheet asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.talks.commands.setting_up import Layout
from titian.talks.models import SetUp
from titian.talks.models.set_up import SEATS_AT_MOST, length_of
from titian.web.desk.acts import ActForm

WORDS = {
    "flags_written": _("If as written: the flags from left to right, with commas"),
    "interpreters": _("Interpreters: languages, how, where they sit"),
    "note_taker": _("Note-taker"),
    "gift": _("Gift: what, who carries it, when"),
    "water": _("Water and what else is on the table"),
    "prayer": _("Prayer: room and times"),
    "rest": _("What else the crew must know"),
}


class SetUpForm(ActForm):
    """Flags, table, seats, and what is laid out."""

    def __init__(self, data: Any, sheet: SetUp | None) -> None:
        super().__init__(data)
        now = {name: getattr(sheet, name) for name in Layout.__slots__ if sheet}
        for name, label, choices in (
            ("flags_by", _("Order of the flags"), SetUp.Flags.choices),
            ("table", _("Table"), SetUp.Table.choices),
            ("media", _("Media"), SetUp.Media.choices),
        ):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices)
        self.fields["seats_each"] = forms.IntegerField(
            label=_("Seats of each side"), min_value=1, max_value=SEATS_AT_MOST
        )
        for name, label in WORDS.items():
            self.fields[name] = forms.CharField(
                label=label, max_length=length_of(name), required=False
            )
        self.order_fields(list(Layout.__slots__))
        self.initial = now or {"seats_each": 1}
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "box", "id": f"set-{name}"}

    def layout(self) -> Layout:
        """The room as it is to be."""
        given = self.cleaned_data
        return Layout(**{name: given[name] for name in Layout.__slots__})
