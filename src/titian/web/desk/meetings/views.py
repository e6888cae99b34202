"""Meetings: the list, one meeting, and what is written down of it."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.loop.models import LeftOut
from titian.programme.policy import may_keep
from titian.talks.commands import meetings
from titian.talks.commands.action_points import act_on
from titian.talks.models import Meeting, SetUp
from titian.talks.policy import keeps_the_record, reads_the_set_up, side_of
from titian.web.desk.acts import ActForm, ReasonForm, refusal_of
from titian.web.desk.meetings.forms import (
    ActionPointForm,
    AgendaForm,
    CallForm,
    MinutesForm,
)
from titian.web.desk.meetings.record_page import record_of
from titian.web.desk.speakers import speakers_for
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
    """Every meeting the reader may see, by hour."""
    event, actor = event_here(request), actor_of(request)
    seen = Meeting.objects.visible_to(actor).filter(event=event)
    rows = seen.select_related(
        "activity__place", "party_a__party", "party_b__party"
    ).order_by("activity__starts_at", "pk")
    context: dict[str, object] = {
        "meetings": list(rows),
        "may_call": may_keep(actor, event),
    }
    now = clock.local(event, clock.time_at(event))
    context |= {"event": event, "now": now}
    return render(request, "desk/meetings.html", context)


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """Bringing two delegations to one table."""
    event, actor = event_here(request), actor_of(request)
    require(may_keep(actor, event), _("Only who keeps the rundown calls a meeting."))
    form = CallForm(request.POST or None, event)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        called = meetings.call(
            given["party_a"].pk,
            given["party_b"].pk,
            form.plan(),
            agenda=given["agenda"],
            actor=actor,
            at=clock.time_at(event),
            key=given["key"],
        )
        return redirect("meeting", called.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "act_key": uuid4()}
    return render(request, "desk/meeting_new.html", context, status=status)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One meeting: agenda, minutes, action points."""
    return page(request, meeting_seen(request, pk))


@login_required
@require_POST
def agenda(request: SignedInRequest, pk: int) -> HttpResponse:
    """The agenda, written anew."""
    return do(request, pk, AgendaForm(request.POST), meetings.set_agenda)


@login_required
@require_POST
def holding(request: SignedInRequest, pk: int) -> HttpResponse:
    """It took place."""
    return do(request, pk, ActForm(request.POST), meetings.hold)


@login_required
@require_POST
def minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was said and decided."""
    return do(request, pk, MinutesForm(request.POST), meetings.minute)


@login_required
@require_POST
def approval(request: SignedInRequest, pk: int) -> HttpResponse:
    """One side agrees to the text."""
    return do(request, pk, ActForm(request.POST), meetings.approve)


@login_required
@require_POST
def cancellation(request: SignedInRequest, pk: int) -> HttpResponse:
    """It will not take place."""
    return do(request, pk, ReasonForm(request.POST), _call_off)


@login_required
@require_POST
def action_points(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody will do something about it: it becomes a request."""
    meeting = meeting_seen(request, pk)
    return do(request, pk, ActionPointForm(request.POST, meeting), act_on)


def _call_off(meeting_id: int, *, words: str, **said: object) -> Meeting:
    """The page's word for the reason is the form's."""
    return meetings.call_off(meeting_id, words, **said)  # type: ignore[arg-type]


def do(
    request: SignedInRequest, pk: int, form: ActForm, command: Callable[..., object]
) -> HttpResponse:
    """Give the command; every refusal is a sentence on the page as it stands now."""
    meeting = meeting_seen(request, pk)
    if not form.is_valid():
        return page(request, meeting, problem=form.problem(), status=422)
    actor = form.actor(actor_of(request))
    at = clock.time_at(meeting.event)
    act = partial(command, pk, actor=actor, at=at, **form.arguments())
    try:
        problem, status = refusal_of(act)
    except LeftOut:
        problem = _("This matter is exact: write it as a request, with every field.")
        status = 422
    except ValueError as why:
        problem, status = str(why), 422
    if problem or "HX-Request" in request.headers:
        return page(request, meeting_seen(request, pk), problem=problem, status=status)
    return redirect("meeting", pk)


def meeting_seen(request: SignedInRequest, pk: int) -> Meeting:
    seen = Meeting.objects.visible_to(actor_of(request)).select_related(
        "event", "activity__place", "party_a__party", "party_b__party", "minuted_by"
    )
    return get_object_or_404(seen, pk=pk)


def page(
    request: SignedInRequest, meeting: Meeting, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The page as the reader may see it, whole or the part that changed."""
    part = "#table" if "HX-Request" in request.headers else ""
    context = _context(actor_of(request), meeting) | {"problem": problem}
    return render(request, f"desk/meeting.html{part}", context, status=status)


def _context(actor: Actor, meeting: Meeting) -> dict[str, object]:
    speakers = speakers_for(actor, meeting.sides)
    open_moves = {move.name for move in meeting.machine.moves_from(meeting.state)}
    agreed = {
        meeting.party_a_id: meeting.approved_a_at,
        meeting.party_b_id: meeting.approved_b_at,
    }
    own = side_of(actor, meeting)
    waiting = [side.pk for side in meeting.sides if agreed[side.pk] is None]
    return {
        "meeting": meeting,
        "event": meeting.event,
        "now": clock.local(meeting.event, clock.time_at(meeting.event)),
        "moves": open_moves if keeps_the_record(actor, meeting) else set(),
        "may_call_off": "call_off" in open_moves and may_keep(actor, meeting.event),
        "may_agree": "approve" in open_moves and own is not None and own.pk in waiting,
        "agreeing": [
            guest
            for guest in speakers
            if "approve" in open_moves
            and any(
                guest.party_id == s.party_id for s in meeting.sides if s.pk in waiting
            )
        ],
        "speakers": speakers,
        "agenda": list(meeting.agenda.all()),
        "points": list(
            meeting.action_points.select_related("ask__owner", "ask__asked_by")
        ),
        "topics": list(meeting.event.ask_topics.select_related("team"))
        if speakers
        else [],
        **record_of(actor, meeting),
        "reads_set_up": reads_the_set_up(actor, meeting),
        "set_up": SetUp.objects.filter(meeting=meeting).first(),
        "key": uuid4(),
    }
