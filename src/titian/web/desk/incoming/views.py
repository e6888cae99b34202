"""What came in and nobody knows: whose words it is, or that nothing follows."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.intake import commands
from titian.intake.models import Incoming
from titian.kernel import clock
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.kernel.policy import require
from titian.people.policy import coordinates
from titian.people.queries import search_people
from titian.web.desk.acts import ActForm, ReasonForm
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)
from titian.web.late import late_shows

SHOWN = 200
FOUND = 12


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Everything that waits for a coordinator, the oldest first."""
    event = _event(request)
    here = Incoming.objects.visible_to(actor_of(request)).filter(
        Q(event=event) | Q(event=None)
    )
    rows = list(here.waiting().select_related("person")[:SHOWN])
    aside = here.filter(state=Incoming.State.SET_ASIDE).count()
    context = {"rows": rows, "aside": aside, "event": event}
    context["now"] = clock.local(event, clock.time_at(event))
    return render(request, "desk/incoming.html", context)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One message, and who may have written it."""
    return _page(request, pk)


@login_required
@require_POST
@late_shows(lambda request, pk: _page(request, pk))
def give(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody is found to have written it: her words go their way."""
    form, actor = ActForm(request.POST), actor_of(request)
    written_by = row_number(request.POST.get("person", ""))
    if not form.is_valid() or written_by is None:
        return _page(request, pk, problem=_("Choose who wrote this."))
    message = _message(request, pk)
    event = event_here(request)
    try:
        given = commands.give(
            message.pk,
            written_by,
            actor=actor,
            at=clock.time_at(event),
            key=form.cleaned_data["key"],
        )
    except (IllegalMove, KeyReused):
        raise
    except ValueError as why:
        return _page(request, pk, problem=str(why))
    if given.ask_id:
        return redirect("ask", given.ask_id)
    return redirect("incoming" if coordinates(actor, event) else "press")


@login_required
@require_POST
@late_shows(lambda request, pk: _page(request, pk))
def hand_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The press desk says that it is none of its matters, and why."""
    message, form = _message(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, problem=form.problem())
    at = clock.time_at(event_here(request))
    commands.hand_back(message.pk, actor=actor_of(request), at=at, **form.arguments())
    return redirect("press")


@login_required
@require_POST
@late_shows(lambda request, pk: _page(request, pk))
def set_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """It was read, and nothing follows from it."""
    form = ActForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, problem=form.problem())
    message = _message(request, pk)
    commands.set_aside(
        message.pk,
        actor=actor_of(request),
        at=clock.time_at(_event(request)),
        key=form.cleaned_data["key"],
    )
    return redirect("incoming")


def _event(request: SignedInRequest) -> Event:
    event = event_here(request)
    right = coordinates(actor_of(request), event)
    require(right, _("Only a coordinator reads what nobody knows."))
    return event


def _message(request: SignedInRequest, pk: int) -> Incoming:
    return get_object_or_404(Incoming.objects.visible_to(actor_of(request)), pk=pk)


def _page(request: SignedInRequest, pk: int, *, problem: str = "") -> HttpResponse:
    event, actor = event_here(request), actor_of(request)
    message = _message(request, pk)
    words = request.GET.get("q", "") or request.POST.get("q", "")
    found = list(search_people(event, words, actor)[:FOUND])
    context = {
        "message": message,
        "event": event,
        "found": found,
        "words": words,
        "problem": problem,
        "leads": commands.leads(actor, message),
        "is_desk": bool(message.phrase) and commands.is_desk(actor),
        "key": uuid4(),
        "now": clock.local(event, clock.time_at(event)),
    }
    status = 422 if problem else 200
    return render(request, "desk/incoming_message.html", context, status=status)
