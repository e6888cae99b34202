"""Files in, with a preview first; lists out, as seen."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.exchange import commands, lists
from titian.exchange.models import Import
from titian.exchange.queries import refusals, visible_to
from titian.exchange.reasons import Refused, Unreadable, sentence
from titian.exchange.sheets import SHEETS
from titian.kernel import clock
from titian.kernel.documents import LARGEST
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.people.policy import coordinates
from titian.web.desk.asks.forms import ActForm
from titian.web.events import event_of
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)
from titian.web.late import late_shows

FORMS: dict[str, tuple[Callable[[lists.Listing], bytes], str]] = {
    "csv": (lists.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        lists.as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """What came in, and the form for another file."""
    event = _event(request)
    problem = ""
    if request.method == "POST":
        try:
            made = _preview(request, event)
            return redirect("import", made.pk)
        except Refused as why:
            problem = sentence(why.code, why.details)
        except ValueError as why:
            problem = str(why)
    context = {
        "imports": visible_to(actor_of(request))
        .filter(event=event)
        .defer("rows", "refused", "made")  # thousands of rows, none of them shown here
        .order_by("-pk")[:40],
        "sheets": SHEETS,
        "lists": list(lists.LISTS),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/files.html", context, status=422 if problem else 200)


def _preview(request: SignedInRequest, event: Event) -> Import:
    form = ActForm(request.POST)
    file = request.FILES.get("file")
    if file is None or not form.is_valid():
        raise ValueError(_("Choose a CSV or XLSX file."))
    if (file.size or 0) > LARGEST:  # said before it fills the memory
        raise Unreadable("too_large")
    return commands.preview(
        file.read(),
        file.name or "",
        request.POST.get("sheet", ""),
        event.pk,
        actor=actor_of(request),
        at=clock.time_at(event),
        key=form.cleaned_data["key"],
    )


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The preview: good rows, refused rows with the reason."""
    return _page(request, pk)


def _page(request: SignedInRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(visible_to(actor_of(request)), pk=pk)
    context = {"one": one, "refusals": list(refusals(one))[:500], "key": uuid4()}
    return render(request, "desk/file.html", context)


@late_shows(_page)
@login_required
@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The good rows go in."""
    return _act(request, pk, commands.accept, _("The good rows are in."))


@late_shows(_page)
@login_required
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it made is taken back."""
    return _act(request, pk, commands.undo, _("It is taken back."))


def _act(
    request: SignedInRequest, pk: int, command: Callable[..., Import], done: str
) -> HttpResponse:
    one = get_object_or_404(visible_to(actor_of(request)), pk=pk)
    form = ActForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else None
    try:
        command(pk, actor=actor_of(request), at=clock.time_at(one.event), key=key)
    except (IllegalMove, KeyReused):
        raise  # too late, which is no bad input
    except ValueError as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect("import", pk)


@login_required
@require_GET
def list_out(request: SignedInRequest, name: str, ending: str) -> HttpResponse:
    """A list as CSV or XLSX, with what the reader may see; of one delegation alone."""
    event, of = _event(request), request.GET.get("of", "")
    known = not of or event.delegations.filter(party__code=of).exists()
    if name not in lists.LISTS or ending not in FORMS or not known:
        raise Http404
    write, media_type = FORMS[ending]
    content = write(lists.listing(name, event, actor=actor_of(request), of=of))
    response = HttpResponse(content, content_type=media_type)
    title = f"{name}-{of}" if of else name
    response["Content-Disposition"] = f'attachment; filename="{title}.{ending}"'
    return response


def _event(request: SignedInRequest) -> Event:
    event = event_of(request)
    if event is None or not coordinates(actor_of(request), event):
        raise PermissionDenied(_("Files are the coordinator's."))
    return event
