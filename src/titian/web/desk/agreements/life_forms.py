"""What the life of an agreement needs: names, signatures, what follows it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.kernel.models import Event
from titian.talks.commands.owing import Duty, Every
from titian.talks.commands.signing import Naming
from titian.talks.models import Deliverable, Signatory
from titian.web.desk.acts import OLD_PAGE, ActForm
from titian.web.desk.documents.forms import FileForm
from titian.web.desk.meetings.forms import MomentField

WHO = _("Say who it is.")
CODE = _("Give the new agreement a code, at most 20 characters.")
WHAT = _("Say what is owed.")
AS = [("amended", "amended"), ("renewed", "renewed")]


class TextForm(FileForm):
    """The text of the agreement, or a newer one."""

    is_open = forms.BooleanField(required=False)


class NameForm(ActForm):
    """Somebody who is to approve, sign or observe."""

    role = forms.ChoiceField(
        choices=Signatory.Role.choices, error_messages={"invalid_choice": OLD_PAGE}
    )
    name = forms.CharField(max_length=200, error_messages={"required": WHO})
    title = forms.CharField(required=False, max_length=200)
    turn = forms.IntegerField(required=False, min_value=1, max_value=99)
    is_theirs = forms.BooleanField(required=False)
    person = forms.IntegerField(required=False)

    def naming(self) -> Naming:
        """What the command takes."""
        given = self.cleaned_data
        return Naming(
            role=given["role"],
            name=given["name"],
            title=given["title"],
            turn=given["turn"] or 1,
            is_theirs=given["is_theirs"],
            person_id=given["person"],
        )


class SignatureForm(ActForm):
    """When and where somebody signed, and on which bytes."""

    signatory = forms.IntegerField(error_messages={"required": OLD_PAGE})
    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", error_messages={"invalid": OLD_PAGE})
    place = forms.CharField(required=False, max_length=120)

    def __init__(self, data: Any, event: Event) -> None:
        super().__init__(data)
        self.fields["signed_at"] = MomentField(event)


class OweForm(ActForm):
    """What somebody owes under it, how often and of how much."""

    what = forms.CharField(max_length=180, error_messages={"required": WHAT})
    direction = forms.ChoiceField(
        choices=Deliverable.Direction.choices,
        error_messages={"invalid_choice": OLD_PAGE},
    )
    clause = forms.CharField(required=False, max_length=400)
    quantity = forms.DecimalField(required=False, max_digits=10, decimal_places=2)
    unit = forms.CharField(required=False, max_length=40)
    team = forms.IntegerField(required=False)
    times = forms.IntegerField(required=False, error_messages={"invalid": OLD_PAGE})
    every = forms.ChoiceField(
        choices=[(one, one) for one in Every],
        error_messages={"invalid_choice": OLD_PAGE},
    )
    is_divided = forms.BooleanField(required=False)

    def __init__(self, data: Any, event: Event) -> None:
        super().__init__(data)
        self.fields["due_at"] = MomentField(event)

    def duty(self) -> Duty:
        """What the command takes."""
        given = {n: v for n, v in self.arguments().items() if n != "key"}
        times, team = given.pop("times") or 1, given.pop("team")
        return Duty(**given, times=times, team_id=team)


class ForceForm(ActForm):
    """From which day on."""

    on = forms.DateField(required=False)


class FollowForm(ActForm):
    """What amends or renews it."""

    code = forms.CharField(
        max_length=20, error_messages={"required": CODE, "max_length": CODE}
    )
    title = forms.CharField(max_length=200, error_messages={"required": WHO})
    follows_as = forms.ChoiceField(
        choices=AS, error_messages={"invalid_choice": OLD_PAGE}
    )
