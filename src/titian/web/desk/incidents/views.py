"""Incidents: the list, the page of one, and what is done in command."""

from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.compartments import open_note
from titian.loop.commands import commanding, incident_words
from titian.loop.models import Incident, Roll
from titian.people.policy import coordinates, keeps_any_seat
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.incidents.forms import (
    ClearForm,
    NoteForm,
    OpenForm,
    ParticularsForm,
    RoleForm,
    UpdateForm,
    WordsForm,
)
from titian.web.desk.incidents.page import context_of
from titian.web.events import event_here
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

MOVES: dict[str, Callable[..., Incident]] = {
    "stabilise": commanding.stabilise,
    "flare_up": commanding.flare_up,
    "close": commanding.close,
}


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """What burns, what is over, and the musters."""
    event = event_here(request)
    actor = actor_of(request)
    rows = Incident.objects.visible_to(actor).filter(event=event)
    rows = rows.select_related("ask__asked_by__party", "commander", "event")
    at = clock.time_at(event)
    calls = Roll.objects.visible_to(actor).filter(event=event)
    context = {
        "event": event,
        "now": clock.local(event, at),
        "incidents": list(rows[:100]),
        "rolls": list(calls.prefetch_related("answers")[:20]),
        "may_call": coordinates(actor, event),
        "may_meet": keeps_any_seat(actor, event),
    }
    return render(request, "desk/incidents.html", context)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One incident: what is known, who commands, who does what, what may be said."""
    return _page(request, _incident(request, pk))


@login_required
@require_POST
def command(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead it from now on."""
    return _do(request, pk, ActForm(request.POST), commanding.take_command)


@login_required
@require_POST
def update(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say how it stands."""
    return _do(request, pk, UpdateForm(request.POST), commanding.update)


@login_required
@require_POST
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """It is stable, it burns again, it is over."""
    if name not in MOVES:
        raise Http404
    return _do(request, pk, WordsForm(request.POST), MOVES[name])


@login_required
@require_POST
def give_role(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say who does what."""
    return _do(request, pk, RoleForm(request.POST), commanding.give_role)


@login_required
@require_POST
def clear_words(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what may be said outside."""
    return _do(request, pk, ClearForm(request.POST), incident_words.clear_words)


@login_required
@require_POST
def particulars(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which clinic, which report number."""
    form = ParticularsForm(request.POST)
    return _do(request, pk, form, incident_words.note_particulars)


@login_required
@require_POST
def put_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lock a note away."""
    return _do(request, pk, NoteForm(request.POST), incident_words.put_note)


@login_required
@require_POST
def open_one(request: SignedInRequest, pk: int, note: int) -> HttpResponse:
    """Read a locked note, for a purpose that is written down."""
    incident, form = _incident(request, pk), OpenForm(request.POST)
    get_object_or_404(incident.notes, pk=note)
    if not form.is_valid():
        return _page(request, incident, problem=form.problem(), status=422)
    read: list[str] = []
    at = clock.time_at(incident.event)

    def act() -> None:
        said = form.arguments()
        read.append(open_note(note, actor=actor_of(request), at=at, **said))

    problem, status = refusal_in_words(act)
    opened = {"id": note, "words": read[0]} if read else None
    return _page(request, incident, problem=problem, status=status, opened=opened)


def _do(
    request: SignedInRequest, pk: int, form: ActForm, act: Callable[..., object]
) -> HttpResponse:
    """Give the command; every refusal is a sentence on the page as it stands now."""
    incident = _incident(request, pk)
    if not form.is_valid():
        return _page(request, incident, problem=form.problem(), status=422)
    at = clock.time_at(incident.event)
    given = partial(act, pk, actor=actor_of(request), at=at, **form.arguments())
    problem, status = refusal_in_words(given)
    if problem or "HX-Request" in request.headers:
        fresh = _incident(request, pk)
        return _page(request, fresh, problem=problem, status=status)
    return redirect("incident", pk)


def _incident(request: SignedInRequest, pk: int) -> Incident:
    seen = Incident.objects.visible_to(actor_of(request)).select_related(
        "event", "ask__asked_by__party", "ask__owner", "commander", "run__playbook"
    )
    return get_object_or_404(seen.select_related("say_by"), pk=pk)


def _page(
    request: SignedInRequest,
    incident: Incident,
    *,
    problem: str = "",
    status: int = 200,
    **more: object,
) -> HttpResponse:
    language = "id" if (get_language() or "id").startswith("id") else "en"
    context = context_of(incident, actor_of(request), language, **more)
    part = "#all" if "HX-Request" in request.headers else ""
    return render(
        request,
        f"desk/incident.html{part}",
        {**context, "problem": problem},
        status=status,
    )
