"""Permits of an event: how each stands, and what its team or its guests say of it."""

from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Delegation
from titian.people.policy import coordinates, keeps_any_seat
from titian.rules.commands.permits import MOVES, declare
from titian.rules.models import Permit
from titian.web.desk.acts import refusal_in_words
from titian.web.desk.permits.forms import DeclareForm, MoveForm
from titian.web.desk.permits.page import likely, reach_of, rows_of
from titian.web.desk.rooms import is_officer
from titian.web.desk.speakers import speakers_for
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


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every permit the reader may see, the red ones first."""
    return _page(request)


@login_required
@require_POST
def declare_one(request: SignedInRequest, delegation_id: int) -> HttpResponse:
    """Enter what a delegation brings: on a guest's word, or from the form it sent."""
    event, actor = event_here(request), actor_of(request)
    seen = Delegation.objects.visible_to(actor).filter(event=event).distinct()
    delegation = get_object_or_404(seen, pk=delegation_id)
    form = DeclareForm(request.POST)
    if not form.is_valid():
        return _page(request, problem=form.problem(), status=422)
    act = partial(
        declare,
        delegation.pk,
        form.declared(),
        actor=form.actor(actor),
        at=clock.time_at(event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, problem=problem, status=status)
    return redirect("permits")


@login_required
@require_POST
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """What the authority said, or that it is not brought along."""
    actor = actor_of(request)
    seen = Permit.objects.visible_to(actor).select_related("event").distinct()
    permit = get_object_or_404(seen, pk=pk)
    if name not in MOVES:
        raise Http404
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, problem=form.problem(), status=422)
    act = partial(
        MOVES[name],
        permit.pk,
        **form.said(name),
        actor=form.actor(actor),
        at=clock.time_at(permit.event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, problem=problem, status=status)
    return redirect("permits")


def _page(
    request: SignedInRequest, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The list as it stands now, with what went wrong, if anything did."""
    event, actor = event_here(request), actor_of(request)
    works = actor.person_id and is_officer(actor.person_id, event)
    if not works and not keeps_any_seat(actor, event):
        raise PermissionDenied(_("These pages are the hosts'."))
    on = clock.local(event, clock.time_at(event))
    permits = Permit.objects.visible_to(actor).filter(event=event).distinct()
    rows = permits.select_related(
        "event", "delegation__party", "delegation__event", "desk", "article", "ask"
    )
    declaring = _declaring(actor, event)
    speakers = [] if coordinates(actor, event) else speakers_for(actor, declaring)
    context = {
        "event": event,
        "now": on,
        "rows": rows_of(rows, on.date(), reach_of(actor, event, speakers)),
        "declaring": declaring,
        "speakers": speakers,
        "likely": likely(declaring),
        "form": DeclareForm(initial={"needed_on": event.starts_on}),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/permits.html", context, status=status)


def _declaring(actor: Actor, event: Event) -> list[Delegation]:
    """For whom the reader may declare: as coordinator, or on a guest's word."""
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    if not coordinates(actor, event):
        seen = seen.filter(
            assignments__officer__person=actor.person_id,
            assignments__relieved_at=None,
        )
    rows = seen.select_related("party", "event").order_by("party__code").distinct()
    return list(rows)
