"""Agreements: the list, the spine of one, and what is done to its lines."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.talks.commands import keeping
from titian.talks.models import Agreement, Deliverable, Evidence
from titian.web.desk.acts import ActForm, ReasonForm, refusal_of
from titian.web.desk.agreements.forms import EvidenceForm
from titian.web.desk.agreements.page import context_of, listed
from titian.web.desk.saved import UNKNOWN, as_saved
from titian.web.events import event_here
from titian.web.http import (
    FileResponse,
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every agreement the reader may see, the red ones first."""
    event = event_here(request)
    seen = Agreement.objects.visible_to(actor_of(request)).filter(event=event)
    found = seen.select_related("delegation__party").prefetch_related("lines")
    at = clock.time_at(event)
    context = {
        "rows": listed(list(found), at),
        "event": event,
        "now": clock.local(event, at),
    }
    part = "#list" if "HX-Request" in request.headers else ""
    return render(request, f"desk/agreements.html{part}", context)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int, number: int | None = None) -> HttpResponse:
    """One agreement, with one of its lines in the side panel."""
    return _page(request, pk, number)


@login_required
@require_POST
def bring_evidence(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Show that a line is done, by a file, a word, or both."""
    return _do(request, pk, number, EvidenceForm(request.POST, request.FILES), _deliver)


@login_required
@require_POST
def accept_line(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Take what was shown for what was owed."""
    return _do(request, pk, number, ActForm(request.POST), keeping.accept)


@login_required
@require_POST
def dispute_line(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Say that it is not what was owed, and why."""
    return _do(request, pk, number, ReasonForm(request.POST), keeping.dispute)


@login_required
@require_POST
def waive_line(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Let a line go, and say why."""
    return _do(request, pk, number, ReasonForm(request.POST), keeping.waive)


@login_required
@require_GET
def read_evidence(
    request: SignedInRequest, pk: int, number: int, evidence_id: int
) -> FileResponse:
    """The file itself, to both sides and nobody else; never run by the browser."""
    lines = Deliverable.objects.visible_to(actor_of(request))
    evidence = get_object_or_404(
        Evidence.objects.select_related("document").exclude(document=None),
        pk=evidence_id,
        deliverable__in=lines.filter(agreement__pk=pk, line=number),
    )
    assert evidence.document is not None
    return as_saved(evidence.document, evidence.name)


def _deliver(line_id: int, *, file: "UploadedFile[bytes] | None", **said: Any) -> None:
    """The one act of two: with a file it is kept first."""
    if file is None:
        keeping.deliver(line_id, **said)
        return
    keeping.deliver_file(
        line_id,
        file.read(),
        name=file.name or _("file"),
        media_type=file.content_type or UNKNOWN,
        **said,
    )


def _do(
    request: SignedInRequest,
    pk: int,
    number: int,
    form: ActForm,
    command: Callable[..., object],
) -> HttpResponse:
    """Give the command; every refusal is a sentence on the page as it stands now."""
    lines = Deliverable.objects.visible_to(actor_of(request)).select_related(
        "agreement__event"
    )
    line = get_object_or_404(lines, agreement=pk, line=number)
    if not form.is_valid():
        return _page(request, pk, number, problem=form.problem(), status=422)
    at = clock.time_at(line.event)
    actor = form.actor(actor_of(request))
    act = partial(command, line.pk, actor=actor, at=at, **form.arguments())
    problem, status = refusal_of(act)
    if problem or "HX-Request" in request.headers:
        return _page(request, pk, number, problem=problem, status=status)
    return redirect("agreement-line", pk, number)


def _page(
    request: SignedInRequest,
    pk: int,
    number: int | None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page as the reader may see it, whole or the part that changed."""
    actor = actor_of(request)
    seen = Agreement.objects.visible_to(actor).select_related(
        "event", "delegation__party"
    )
    context = context_of(get_object_or_404(seen, pk=pk), number, actor)
    if context is None:
        raise Http404
    part = "#both" if "HX-Request" in request.headers else ""
    return render(
        request,
        f"desk/agreement.html{part}",
        {**context, "problem": problem},
        status=status,
    )
