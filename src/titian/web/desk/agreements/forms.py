"""What shows that a line of an agreement is done."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from titian.kernel.documents import LARGEST
from titian.web.desk.acts import ActForm

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

TOO_LARGE = _("The file is larger than 25 MB. Send a smaller copy of it.")
EMPTY = _("The file is empty. Look at it on your own screen and choose it again.")
NOTHING = _("Add a file, or write in a few words what shows that it is done.")


class EvidenceForm(ActForm):
    """What shows that a line is done: a file, a word, or both."""

    words = forms.CharField(
        required=False,
        max_length=300,
        error_messages={"max_length": _("Write at most 300 characters.")},
    )
    file = forms.FileField(required=False, error_messages={"empty": EMPTY})

    def clean_file(self) -> "UploadedFile[bytes] | None":
        """The file, if there is one and the house can keep it."""
        brought: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if brought is not None and (brought.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return brought

    def clean(self) -> dict[str, Any]:
        """Neither file nor word shows nothing."""
        given = super().clean() or {}
        if not self.errors and not given.get("file") and not given.get("words"):
            raise forms.ValidationError(NOTHING)
        return given
