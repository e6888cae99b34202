"""The line of time, one step of it, and what is done to that step."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.loop.commands import steps
from titian.loop.models import Incident, Step
from titian.web.desk.acts import ActForm, ReasonForm, refusal_in_words
from titian.web.desk.moments import moment_from
from titian.web.desk.saved import UNKNOWN, as_saved
from titian.web.desk.timeline.forms import TickForm
from titian.web.desk.timeline.page import Asked, context_of, previewed
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

MOVES: dict[str, tuple[type[ActForm], Callable[..., Step]]] = {
    "untick": (ActForm, steps.untick),
    "drop": (ReasonForm, steps.drop),
    "restore": (ActForm, steps.restore),
    "take_back_slip": (ActForm, steps.take_back_slip),
}


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """The line of time as the reader may see it; the red path first."""
    return _page(request, event_here(request), None)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same, with this step beside it."""
    step = _step(request, pk)
    return _page(request, step.event, step)


@login_required
@require_POST
def tick(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that it is done, and show it."""
    form = TickForm(request.POST, request.FILES)
    return _do(request, _step(request, pk), form, _tick)


@login_required
@require_POST
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """Take a tick or a slip back, drop a step, want it again."""
    if name not in MOVES:
        raise Http404
    form, command = MOVES[name]
    return _do(request, _step(request, pk), form(request.POST), command)


@login_required
def slip(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another hour: first what it pushes, then, once that was seen, the act."""
    step = _step(request, pk)
    given = request.POST if request.method == "POST" else request.GET
    to_at, problem = moment_from(given.get("to_at", ""), step.event)
    if to_at is None:
        return _page(request, step.event, step, problem=problem, status=422)
    if request.method != "POST":
        return _page(request, step.event, step, preview=previewed(step, to_at))
    pushing = [code for code in request.POST.get("pushing", "").split(";") if code]
    command = partial(steps.slip, to_at=to_at, pushing=pushing)
    return _do(request, step, ReasonForm(request.POST), command)


@login_required
@require_GET
def read_evidence(request: SignedInRequest, pk: int) -> FileResponse:
    """The photo or paper itself, to who sees the step; never run by the browser."""
    step = _step(request, pk)
    if step.shown is None:
        raise Http404
    return as_saved(step.shown)


def _tick(step_id: int, *, file: Any, **said: Any) -> Step:
    """The one act of two: with a file it is kept first."""
    if file is None:
        return steps.tick(step_id, **said)
    return steps.tick_with_file(
        step_id,
        file.read(),
        name=file.name or _("file"),
        media_type=file.content_type or UNKNOWN,
        **said,
    )


def _do(
    request: SignedInRequest,
    step: Step,
    form: ActForm,
    command: Callable[..., object],
) -> HttpResponse:
    """Give the command; every refusal is a sentence on the page as it stands now."""
    if not form.is_valid():
        return _page(request, step.event, step, problem=form.problem(), status=422)
    at = clock.time_at(step.event)
    actor = form.actor(actor_of(request))
    act = partial(command, step.pk, actor=actor, at=at, **form.arguments())
    problem, status = refusal_in_words(act)
    if problem or "HX-Request" in request.headers:
        fresh = _step(request, step.pk)
        return _page(request, step.event, fresh, problem=problem, status=status)
    return _back(request, step)


def _back(request: SignedInRequest, step: Step) -> HttpResponse:
    """To the incident it was pressed in, else to the step."""
    number = row_number(request.POST.get("incident", ""))
    seen = Incident.objects.visible_to(actor_of(request)).filter(run=step.run)
    if number is not None and seen.filter(pk=number).exists():
        return redirect("incident", number)
    return redirect("step", step.pk)


def _step(request: SignedInRequest, pk: int) -> Step:
    seen = Step.objects.visible_to(actor_of(request))
    return get_object_or_404(
        seen.select_related("event", "run__playbook", "run__delegation", "shown"), pk=pk
    )


def _page(
    request: SignedInRequest,
    event: Event,
    step: Step | None,
    *,
    problem: str = "",
    status: int = 200,
    **more: object,
) -> HttpResponse:
    asked = Asked.of(request.GET)
    context = context_of(event, actor_of(request), asked, step)
    part = "#both" if "HX-Request" in request.headers else ""
    return render(
        request,
        f"desk/timeline.html{part}",
        {**context, "problem": problem, "is_chosen": step is not None, **more},
        status=status,
    )
