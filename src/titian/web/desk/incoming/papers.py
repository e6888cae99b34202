"""Files that came in: handed over to be kept, never run by the browser."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from titian.intake.models import Incoming
from titian.intake.queries import papers_of
from titian.kernel import documents
from titian.kernel.models import Document
from titian.loop.models import Ask
from titian.web.http import (
    FileResponse,
    Http404,
    SignedInRequest,
    actor_of,
    get_object_or_404,
)

UNKNOWN = "application/octet-stream"


@login_required
@require_GET
def of_message(request: SignedInRequest, pk: int, paper_id: int) -> FileResponse:
    """A file that a stranger sent, to a coordinator."""
    seen = Incoming.objects.visible_to(actor_of(request))
    message = get_object_or_404(seen, pk=pk)
    return as_file(get_object_or_404(message.papers, pk=paper_id))


@login_required
@require_GET
def of_ask(request: SignedInRequest, pk: int, paper_id: int) -> FileResponse:
    """A file that came with a guest's words, to whoever may read the words."""
    ask = get_object_or_404(Ask.objects.visible_to(actor_of(request)), pk=pk)
    return as_file(get_object_or_404(papers_of(ask.pk), pk=paper_id))


def as_file(document: Document) -> FileResponse:
    """The file as bytes of no kind; 404 if the data folder has lost it."""
    try:
        content = documents.content_of(document)
    except FileNotFoundError as lost:
        raise Http404(_("The file itself is no longer in the data folder.")) from lost
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=document.name,
        content_type=UNKNOWN,
    )
