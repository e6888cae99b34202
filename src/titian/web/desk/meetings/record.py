"""What else is kept of a meeting: decisions, papers, reports, a view that differs."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.talks.commands import decisions, reports
from titian.talks.models.report import Handout, Report
from titian.web.desk.meetings.record_forms import (
    DecisionForm,
    FileForm,
    PaperForm,
    WordsForm,
)
from titian.web.desk.meetings.views import do, meeting_seen
from titian.web.desk.saved import UNKNOWN, as_saved
from titian.web.http import (
    FileResponse,
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
)

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@login_required
@require_POST
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """One thing that was decided, and who answers for it."""
    form = DecisionForm(request.POST, meeting_seen(request, pk))
    return do(request, pk, form, decisions.decide)


@login_required
@require_POST
def papers(request: SignedInRequest, pk: int) -> HttpResponse:
    """A paper that must lie on the table."""
    form = PaperForm(request.POST, meeting_seen(request, pk))
    return do(request, pk, form, decisions.ask_for_paper)


@login_required
@require_POST
def bring(request: SignedInRequest, pk: int, handout_id: int) -> HttpResponse:
    """The paper itself."""
    _handout(request, pk, handout_id)

    def brought(_meeting: int, *, file: "UploadedFile[bytes]", **said: Any) -> None:
        decisions.bring_paper(
            handout_id,
            file.read(),
            name=file.name or _("file"),
            media_type=file.content_type or UNKNOWN,
            **said,
        )

    return do(request, pk, FileForm(request.POST, request.FILES), brought)


@login_required
@require_GET
def read(request: SignedInRequest, pk: int, handout_id: int) -> FileResponse:
    """The file, to whoever may read the paper; saved, never run by the browser."""
    handout = _handout(request, pk, handout_id)
    if handout.document is None:
        raise Http404
    return as_saved(handout.document, handout.name)


@login_required
@require_POST
def report(request: SignedInRequest, pk: int, report_id: int) -> HttpResponse:
    """The contact report of one side's officer."""
    seen = Report.objects.visible_to(actor_of(request))
    get_object_or_404(seen, pk=report_id, meeting=pk)

    def written(_meeting: int, **said: Any) -> None:
        reports.write(report_id, **said)

    return do(request, pk, WordsForm(request.POST), written)


@login_required
@require_POST
def differ(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a side remembers otherwise than the text says."""
    return do(request, pk, WordsForm(request.POST), reports.differ)


def _handout(request: SignedInRequest, pk: int, handout_id: int) -> Handout:
    meeting_seen(request, pk)
    seen = Handout.objects.visible_to(actor_of(request)).select_related("document")
    return get_object_or_404(seen, pk=handout_id, meeting=pk)
