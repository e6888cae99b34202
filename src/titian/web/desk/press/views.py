"""The press desk: what was diverted to it, and giving back what is not its own."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.briefing.commands import press
from titian.briefing.models import Diversion
from titian.briefing.policy import may_read_press
from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.models import Ask
from titian.loop.routing import NoTeam
from titian.web.desk.acts import ActForm, ReasonForm, refusal_of
from titian.web.desk.press.page import desk_context
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
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """All that is the desk's."""
    return desk(request)


@login_required
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """It was no matter for the press desk, and why."""
    seen = Diversion.objects.visible_to(actor_of(request)).select_related("event")
    diversion = get_object_or_404(seen, pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return desk(request, problem=form.problem(), status=422)
    actor, at = actor_of(request), clock.time_at(diversion.event)
    act = partial(press.undo, pk, actor=actor, at=at, **form.arguments())
    problem, status = refusal_of(act)
    if problem:
        return desk(request, problem=problem, status=status)
    return redirect("press")


@login_required
@require_POST
def divert(request: SignedInRequest, pk: int) -> HttpResponse:
    """The officer says that the press desk should have it."""
    seen = Ask.objects.visible_to(actor_of(request)).select_related("event")
    ask = get_object_or_404(seen, pk=pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        return redirect("ask", pk)
    actor, at = actor_of(request), clock.time_at(ask.event)
    act = partial(press.divert, pk, actor=actor, at=at, **form.arguments())
    try:
        problem, status = refusal_of(act)
    except NoTeam as why:
        problem, status = str(why), 422
    if problem:
        context = {"problem": problem, "ask": ask}
        return render(request, "desk/press_refused.html", context, status=status)
    return redirect("ask", pk)


def press_event(request: SignedInRequest) -> Event:
    """The reader's event, if the press desk's pages are for her."""
    event = event_here(request)
    if not may_read_press(actor_of(request), event):
        raise PermissionDenied(_("These pages are the press desk's."))
    return event


def desk(
    request: SignedInRequest, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The desk as it stands, with what was refused above it."""
    event = press_event(request)
    context = {**desk_context(event, actor_of(request)), "problem": problem}
    part = "#desk" if "HX-Request" in request.headers else ""
    return render(request, f"desk/press.html{part}", context, status=status)
