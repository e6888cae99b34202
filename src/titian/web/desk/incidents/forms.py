"""What is said and done in an incident and at a muster."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.kernel.models import Compartment
from titian.loop.commands.incident_words import PARTICULARS
from titian.loop.models import IncidentRole, RollAnswer
from titian.web.desk.acts import ActForm

SOME = _("Write some words.")
WHO = _("Choose a person.")


class WordsForm(ActForm):
    """How it stands, in some words."""

    words = forms.CharField(max_length=2000, error_messages={"required": SOME})


class UpdateForm(WordsForm):
    """An update of one of the two rhythms."""

    level = forms.CharField(max_length=10)


class RoleForm(ActForm):
    """Who does what."""

    role = forms.ChoiceField(choices=IncidentRole.Role.choices)
    person_id = forms.IntegerField(error_messages={"required": WHO, "invalid": WHO})


class ClearForm(ActForm):
    """What may be said outside."""

    say_en = forms.CharField(max_length=2000, error_messages={"required": SOME})
    say_id = forms.CharField(required=False, max_length=2000)


class ParticularsForm(ActForm):
    """Clinic, hospital, ambulance, embassy, insurance, police report."""

    def arguments(self) -> dict[str, Any]:
        """The fields of the form that say something, as the command takes them."""
        given = {name: self.data.get(name, "").strip()[:120] for name in PARTICULARS}
        return {
            **super().arguments(),
            "particulars": {name: words for name, words in given.items() if words},
        }


class NoteForm(WordsForm):
    """A note for a locked drawer."""

    compartment = forms.ChoiceField(
        choices=[
            (one.value, one.label)
            for one in (Compartment.MEDICAL, Compartment.SECURITY)
        ]
    )
    about = forms.IntegerField(error_messages={"required": WHO, "invalid": WHO})


class OpenForm(ActForm):
    """For what purpose a note is opened."""

    purpose = forms.CharField(
        max_length=200, error_messages={"required": _("Say for what purpose.")}
    )


class CallForm(ActForm):
    """Whom a call asks."""

    delegations = forms.TypedMultipleChoiceField(coerce=int, required=False)
    area = forms.CharField(required=False, max_length=120)
    incident_id = forms.IntegerField(required=False)

    def __init__(self, *given: Any, seen: dict[int, str], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["delegations"].choices = [  # type: ignore[attr-defined]
            (str(pk), name) for pk, name in seen.items()
        ]


class AnswerForm(ActForm):
    """What is known of one delegation."""

    delegation_id = forms.IntegerField()
    word = forms.ChoiceField(choices=RollAnswer.Word.choices)
    people = forms.IntegerField(required=False, min_value=0, max_value=99_999)
    place = forms.CharField(required=False, max_length=120)
