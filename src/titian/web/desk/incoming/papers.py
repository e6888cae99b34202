"""Files that came in: handed over to be kept, never run by the browser."""

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_GET

from titian.intake.models import Incoming
from titian.intake.queries import papers_of
from titian.loop.models import Ask
from titian.web.desk.saved import as_saved
from titian.web.http import (
    FileResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
)


@login_required
@require_GET
def of_message(request: SignedInRequest, pk: int, paper_id: int) -> FileResponse:
    """A file that a stranger sent, to a coordinator."""
    seen = Incoming.objects.visible_to(actor_of(request))
    message = get_object_or_404(seen, pk=pk)
    return as_saved(get_object_or_404(message.papers, pk=paper_id))


@login_required
@require_GET
def of_ask(request: SignedInRequest, pk: int, paper_id: int) -> FileResponse:
    """A file that came with a guest's words, to whoever may read the words."""
    ask = get_object_or_404(Ask.objects.visible_to(actor_of(request)), pk=pk)
    return as_saved(get_object_or_404(papers_of(ask.pk), pk=paper_id))
