"""Closures: what cannot be used for a while, and whom that touches."""

from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.briefing.policy import may_compose
from titian.briefing.touched import touched_by
from titian.foresight.closures import Outlook, outlook
from titian.foresight.commands.closures import close
from titian.kernel import clock
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.people.policy import keeps_any_seat
from titian.places import commands
from titian.places.commands import BadHours
from titian.places.models import Closure
from titian.web.desk.acts import ActForm, refusal_of
from titian.web.desk.notices.forms import LANGUAGES, ClosureForm
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """What is closed; a coordinator sees whom a closure touches, and then makes it."""
    event = _kept_event(request)
    form = ClosureForm(event, request.POST or None)
    if request.method != "POST":
        return _list(request, event, form)
    if not form.is_valid():
        return _list(request, event, form, problem=form.problem(), status=422)
    if "look" in request.POST or "seen" not in request.POST:
        return _look(request, event, form)
    try:
        closure = close(
            event.pk,
            form.closing(),
            seen=request.POST["seen"],
            actor=actor_of(request),
            at=clock.time_at(event),
            key=form.cleaned_data["key"],
        )
    except (IllegalMove, KeyReused) as why:
        return _look(request, event, form, problem=str(why), status=409)
    except BadHours as why:
        return _list(request, event, form, problem=str(why), status=422)
    return redirect("closure", closure.pk)


def _look(
    request: SignedInRequest,
    event: Event,
    form: ClosureForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """Whom it would touch, before anything is kept."""
    actor, at = actor_of(request), clock.time_at(event)
    try:
        found = outlook(event.pk, form.closing(), actor=actor, at=at)
    except BadHours as why:
        return _list(request, event, form, problem=str(why), status=422)
    return _list(request, event, form, outlook=found, problem=problem, status=status)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One closure with all that it touches."""
    return _page(request, pk)


@login_required
@require_POST
def lift(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is open again."""
    event = _kept_event(request)
    get_object_or_404(Closure, pk=pk, event=event)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, problem=form.problem(), status=422)
    actor, at = actor_of(request), clock.time_at(event)
    act = partial(commands.lift, pk, actor=actor, at=at, **form.arguments())
    problem, status = refusal_of(act)
    if problem:
        return _page(request, pk, problem=problem, status=status)
    return redirect("closure", pk)


def _kept_event(request: SignedInRequest) -> Event:
    event = event_here(request)
    if not keeps_any_seat(actor_of(request), event):
        raise PermissionDenied(_("Closures are the host's; you hear of yours here."))
    return event


def _list(
    request: SignedInRequest,
    event: Event,
    form: ClosureForm,
    *,
    outlook: Outlook | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    at = clock.time_at(event)
    context = {
        "closures": event.closures.select_related("place").order_by("-starts_at"),
        "event": event,
        "now": clock.local(event, at),
        "form": form,
        "pairs": [
            [form[f"{name}_{language}"] for language, _spoken in LANGUAGES]
            for name in ("what", "instead", "reason")
        ],
        "outlook": outlook,
        "touched": outlook.touched if outlook else None,
        "problem": problem,
        "may_close": may_compose(actor_of(request), event),
        "key": form["key"].value() or uuid4(),
    }
    return render(request, "desk/closures.html", context, status=status)


def _page(
    request: SignedInRequest, pk: int, *, problem: str = "", status: int = 200
) -> HttpResponse:
    event = _kept_event(request)
    rows = Closure.objects.filter(event=event).select_related("place", "event")
    closure = get_object_or_404(rows, pk=pk)
    context = {
        "closure": closure,
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "touched": touched_by(closure),
        "notices": closure.notices.all(),
        "may_close": may_compose(actor_of(request), event),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/closure.html", context, status=status)
