"""What the acts of the press desk need."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.briefing.commands.statements import Draft
from titian.briefing.models import KeyMessage
from titian.kernel.models import Event
from titian.web.desk.acts import ActForm
from titian.web.desk.meetings.forms import MomentField
from titian.web.desk.notices.forms import boxed

LONGEST = 8000


class StatementForm(ActForm):
    """The words of a statement, in both languages."""

    title_id = forms.CharField(
        label=_("Title (Bahasa Indonesia)"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"lang": "id"}),
    )
    title_en = forms.CharField(
        label=_("Title (English)"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"lang": "en"}),
    )
    words_id = forms.CharField(
        label=_("Text (Bahasa Indonesia)"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 8, "lang": "id"}),
    )
    words_en = forms.CharField(
        label=_("Text (English)"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 8, "lang": "en"}),
    )
    is_exercise = forms.BooleanField(label=_("Marked as an exercise"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        boxed(self)

    def draft(self) -> Draft:
        """What the command takes."""
        names = Draft.__dataclass_fields__
        return Draft(**{name: self.cleaned_data[name] for name in names})


class ClearanceForm(ActForm):
    """Each key message: in line with it, or where the statement departs."""

    def __init__(
        self, messages: Sequence[KeyMessage], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.messages = messages
        for one in messages:
            self.fields[f"in_line_{one.pk}"] = forms.BooleanField(required=False)
            self.fields[f"note_{one.pk}"] = forms.CharField(
                required=False, max_length=300
            )

    def found(self) -> dict[int, str]:
        """The messages that were looked at, with the note of those that depart."""
        said = self.cleaned_data
        return {
            one.pk: said[f"note_{one.pk}"]
            for one in self.messages
            if said[f"in_line_{one.pk}"] or said[f"note_{one.pk}"].strip()
        }


class EmbargoForm(ActForm):
    """Until when it is held back."""

    def __init__(self, event: Event, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"] = MomentField(event, label=_("Until"))


class PhraseForm(ActForm):
    """A phrase and its language."""

    words = forms.CharField(max_length=60)
    language = forms.ChoiceField(choices=[("id", "id"), ("en", "en")])


class MessageForm(ActForm):
    """What the event stands by, in both languages."""

    words_id = forms.CharField(max_length=400, required=False)
    words_en = forms.CharField(max_length=400, required=False)
    kind = forms.ChoiceField(choices=KeyMessage.Kind.choices)
