"""What the acts on a meeting's record need."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.kernel.models import Document
from titian.talks.models import Meeting
from titian.talks.models.report import REPORT_AT_MOST
from titian.web.desk.acts import OLD_PAGE, ActForm
from titian.web.desk.meetings.forms import MomentField


class WordsForm(ActForm):
    """A text of one side."""

    words = forms.CharField(
        max_length=REPORT_AT_MOST,
        error_messages={
            "required": _("Write what was said and decided."),
            "max_length": _("Write at most 8,000 characters."),
        },
    )


class SideForm(ActForm):
    """An act that may name one of the two sides."""

    side = forms.IntegerField(required=False, error_messages={"invalid": OLD_PAGE})

    def __init__(self, data: Any, meeting: Meeting) -> None:
        super().__init__(data)
        self.meeting = meeting

    def clean_side(self) -> int | None:
        """One of the two that sat there, or neither."""
        given: int | None = self.cleaned_data["side"]
        if given and given not in {side.pk for side in self.meeting.sides}:
            raise forms.ValidationError(_("Choose one of the two delegations."))
        return given or None


class DecisionForm(SideForm):
    """What was decided, and which side answers for it."""

    words = forms.CharField(
        max_length=400,
        error_messages={
            "required": _("Say what was decided."),
            "max_length": _("Say it in at most 400 characters."),
        },
    )

    def arguments(self) -> dict[str, Any]:
        """What the command takes, by its own names."""
        given = super().arguments()
        given["owner_id"] = given.pop("side")
        return given


class PaperForm(SideForm):
    """Which paper, from whom, by when, who may read it."""

    title = forms.CharField(
        max_length=200,
        error_messages={"required": _("Say which paper it is.")},
    )
    secrecy = forms.ChoiceField(choices=Document.Secrecy.choices)

    def __init__(self, data: Any, meeting: Meeting) -> None:
        super().__init__(data, meeting)
        self.fields["due_at"] = MomentField(
            meeting.event, error_messages={"required": _("Say by when.")}
        )

    def arguments(self) -> dict[str, Any]:
        """What the command takes, by its own names."""
        given = super().arguments()
        given["owed_by_id"] = given.pop("side")
        return given


class FileForm(ActForm):
    """The file that is brought."""

    file = forms.FileField(
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
        }
    )

    def __init__(self, data: Any, files: Any) -> None:
        super().__init__(data, files=files)
