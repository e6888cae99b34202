"""A kept document, handed over to be saved; never run by the browser."""

from io import BytesIO

from django.utils.translation import gettext as _

from titian.kernel import documents
from titian.kernel.models import Document
from titian.web.http import FileResponse, Http404

UNKNOWN = "application/octet-stream"
SAID_AS_THEY_ARE = frozenset({"application/pdf", "image/jpeg", "image/png"})
"""Kinds no browser runs; whatever else came in is told as bytes of no kind."""


def as_saved(document: Document, name: str = "") -> FileResponse:
    """The document as a file to save, under ``name`` or its own.

    Raises ``Http404`` with a sentence if the data folder lost it, or if what lies there
    is not what was kept. Whoever calls this lets a file out, and stands in ``WAYS``.
    """
    try:
        content = documents.content_of(document)
    except FileNotFoundError as lost:
        raise Http404(_("The file itself is no longer in the data folder.")) from lost
    except documents.Unreadable as changed:
        raise Http404(_("The file in the data folder cannot be read.")) from changed
    kind = document.media_type
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=name or document.name,
        content_type=kind if kind in SAID_AS_THEY_ARE else UNKNOWN,
    )
