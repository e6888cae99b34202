"""What is done to a step, to a template, and what starts one."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.kernel.documents import LARGEST
from titian.loop.models import Anchor, PlaybookLine, Showing
from titian.people.models import Party
from titian.web.desk.acts import ActForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

TOO_LARGE = _("The file is larger than 25 MB. Send a smaller copy of it.")
EMPTY = _("The file is empty. Look at it on your own screen and choose it again.")
LONG = _("Write at most 300 characters.")


class TickForm(ActForm):
    """That it is done, with words and a file if the step asks for them."""

    words = forms.CharField(
        required=False, max_length=300, error_messages={"max_length": LONG}
    )
    file = forms.FileField(required=False, error_messages={"empty": EMPTY})

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """The file, if there is one and the house can keep it."""
        brought: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if brought is not None and (brought.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return brought


class RunForm(ActForm):
    """What a checklist is run for: an arrival, a departure or an item."""

    subject = forms.RegexField(
        r"^(journey|activity):\d{1,18}$",
        error_messages={
            "required": _("Choose what it is for."),
            "invalid": _("Choose what it is for."),
        },
    )


class LineForm(ActForm):
    """A line of a template."""

    code = forms.SlugField(max_length=20)
    what_en = forms.CharField(max_length=200)
    what_id = forms.CharField(required=False, max_length=200)
    minutes = forms.IntegerField(min_value=-1_500_000, max_value=1_500_000)
    takes_minutes = forms.IntegerField(min_value=0, max_value=500_000)
    anchor = forms.ChoiceField(choices=Anchor.choices)
    owner = forms.ModelChoiceField(
        Party.objects.filter(kind=Party.Kind.TEAM), required=False
    )
    role = forms.ChoiceField(
        choices=[("", "–"), *PlaybookLine.Role.choices], required=False
    )
    evidence = forms.ChoiceField(choices=Showing.choices)
    depends_on = forms.CharField(required=False, max_length=300)

    def arguments(self) -> dict[str, Any]:
        """What the command takes: the team's id, the codes it waits for."""
        given = super().arguments()
        owner = given.pop("owner")
        waits = given.pop("depends_on").replace(",", ";").split(";")
        return {
            **given,
            "owner_id": owner.pk if owner else None,
            "depends_on": [code.strip() for code in waits if code.strip()],
        }


class CardForm(ActForm):
    """What officers may say at once to their own guests."""

    card_en = forms.CharField(max_length=1000)
    card_id = forms.CharField(required=False, max_length=1000)
