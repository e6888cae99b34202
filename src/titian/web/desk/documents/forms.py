"""What a search for documents says, and what filing one needs."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.exchange.texts import text_of
from titian.kernel.documents import LARGEST
from titian.talks.commands.filing import File, Filing
from titian.talks.models import Paper
from titian.talks.register import Sought
from titian.web.desk.acts import OLD_PAGE, ActForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

TOO_LARGE = _("The file is larger than 25 MB. Send a smaller copy of it.")
EMPTY = _("The file is empty. Look at it on your own screen and choose it again.")
NO_FILE = _("Choose the file to be filed.")
NO_TITLE = _("Say in a few words what the document is.")
UNKNOWN = "application/octet-stream"
ANYTHING = [("", "")]


class SearchForm(forms.Form):
    """What somebody looks for; what is not understood leaves nothing out."""

    q = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(required=False, choices=[*ANYTHING, *Paper.Kind.choices])
    state = forms.ChoiceField(required=False, choices=[*ANYTHING, *Paper.State.choices])
    party = forms.IntegerField(required=False)
    since = forms.DateField(required=False)

    def sought(self) -> Sought:
        """The question for the register."""
        self.is_valid()
        given = self.cleaned_data
        return Sought(
            words=given.get("q", ""),
            kind=given.get("kind", ""),
            party=given.get("party"),
            state=given.get("state", ""),
            since=given.get("since"),
        )


class FileForm(ActForm):
    """A file, and what is new in it."""

    file = forms.FileField(error_messages={"required": NO_FILE, "empty": EMPTY})
    note = forms.CharField(required=False, max_length=300)

    def clean_file(self) -> "UploadedFile[bytes]":
        """The file, if the house can keep it."""
        brought: UploadedFile[bytes] = self.cleaned_data["file"]
        if (brought.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return brought

    def brought(self) -> File:
        """The bytes, and the words found in them."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        content, media_type = file.read(), file.content_type or UNKNOWN
        return File(
            content, file.name or "file", media_type, text_of(content, media_type)
        )


class People(forms.MultipleChoiceField):
    """Some people by their ids; who they may be is for the command to say."""

    def validate(self, value: list[str]) -> None:
        """A number each."""
        if not all(one.isascii() and one.isdigit() for one in value):
            raise forms.ValidationError(OLD_PAGE)


class SecrecyForm(ActForm):
    """Who may read it; whom it names, if it is private."""

    secrecy = forms.ChoiceField(
        choices=Paper.Secrecy.choices, error_messages={"invalid_choice": OLD_PAGE}
    )
    readers = People(required=False)


class FilingForm(SecrecyForm, FileForm):
    """A new document of the register."""

    kind = forms.ChoiceField(
        choices=Paper.Kind.choices, error_messages={"invalid_choice": OLD_PAGE}
    )
    title = forms.CharField(max_length=200, error_messages={"required": NO_TITLE})
    summary = forms.CharField(required=False, max_length=600)
    party = forms.IntegerField(required=False)
    is_draft = forms.BooleanField(required=False)

    def filing(self) -> Filing:
        """What it is filed under."""
        given = self.cleaned_data
        return Filing(
            kind=given["kind"],
            title=given["title"],
            party_ids=(given["party"],) if given["party"] else (),
            summary=given["summary"],
            secrecy=given["secrecy"],
            reader_ids=tuple(map(int, given["readers"])),
            is_draft=given["is_draft"],
        )
