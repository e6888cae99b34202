"""Templates: reading, editing, and running one for an arrival or an item."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event, Source
from titian.logistics.models import Journey
from titian.loop.commands import playbooks
from titian.loop.models import Anchor, Playbook, PlaybookLine, Run, Showing
from titian.people.models import Party
from titian.people.policy import coordinates
from titian.programme.models import Activity
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.timeline.forms import CardForm, LineForm, RunForm
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

AT_MOST = 60


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every template of the event: timeline, checklists, emergencies."""
    event = event_here(request)
    seen = Playbook.objects.visible_to(actor_of(request)).filter(event=event)
    at = clock.time_at(event)
    context = {
        "event": event,
        "now": clock.local(event, at),
        "playbooks": list(seen.prefetch_related("lines")),
        "contacts": list(event.contacts.all()) if seen else [],
    }
    return render(request, "desk/playbooks.html", context)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One template: its lines, its card, whom to call, and what it is run for."""
    return _page(request, _playbook(request, pk))


@login_required
@require_POST
def run(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make its steps for an arrival, a departure or an item."""
    playbook, form = _playbook(request, pk), RunForm(request.POST)
    if not form.is_valid():
        return _page(request, playbook, problem=form.problem(), status=422)
    actor = actor_of(request)
    moments, given = _anchored(form.cleaned_data["subject"], playbook.event, actor)
    made: list[Run] = []

    def act() -> None:
        made.append(
            playbooks.run(
                playbook.pk,
                moments=moments,
                delegation_id=given[2],
                subject=given[:2],
                actor=actor,
                at=clock.time_at(playbook.event),
                key=form.cleaned_data["key"],
            )
        )

    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, playbook, problem=problem, status=status)
    first = made[0].steps.first()
    return redirect("step", first.pk) if first else redirect("timeline")


@login_required
@require_POST
def write_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a line, or change the one with its code."""
    return _change(request, pk, LineForm(request.POST), playbooks.write_line)


@login_required
@require_POST
def withdraw_line(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Take a line out."""
    command = partial(playbooks.withdraw_line, code=code)
    return _change(request, pk, ActForm(request.POST), command)


@login_required
@require_POST
def write_card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what officers may say at once to their own guests."""
    return _change(request, pk, CardForm(request.POST), playbooks.write_card)


def _change(
    request: SignedInRequest, pk: int, form: ActForm, command: Callable[..., object]
) -> HttpResponse:
    playbook = _playbook(request, pk)
    if not form.is_valid():
        return _page(request, playbook, problem=form.problem(), status=422)
    at = clock.time_at(playbook.event)
    actor = form.actor(actor_of(request))
    act = partial(command, pk, actor=actor, at=at, **form.arguments())
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, playbook, problem=problem, status=status)
    return redirect("playbook", pk)


def _playbook(request: SignedInRequest, pk: int) -> Playbook:
    seen = Playbook.objects.visible_to(actor_of(request)).select_related("event")
    return get_object_or_404(seen, pk=pk)


def _page(
    request: SignedInRequest,
    playbook: Playbook,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, event = actor_of(request), playbook.event
    lines = list(playbook.lines.filter(withdrawn_at=None).select_related("owner"))
    keys = {key for line in lines for key in line.source.split(";") if key}
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "playbook": playbook,
        "lines": lines,
        "sources": Source.objects.filter(key__in=keys).order_by("key"),
        "contacts": _contacts(playbook),
        "subjects": _subjects(playbook, actor),
        "runs": playbook.runs.select_related("delegation__party").order_by("-pk")[:20],
        "may_change": coordinates(actor, event),
        "teams": Party.objects.filter(kind=Party.Kind.TEAM).order_by("code"),
        "anchors": Anchor.choices,
        "roles": PlaybookLine.Role.choices,
        "showings": Showing.choices,
        "key": uuid4(),
        "problem": problem,
    }
    return render(request, "desk/playbook.html", context, status=status)


def _contacts(playbook: Playbook) -> list[object]:
    if playbook.kind != Playbook.Kind.EMERGENCY:
        return []
    return [
        one
        for one in playbook.event.contacts.all()
        if not one.alarms or playbook.alarm in one.alarms
    ]


def _subjects(playbook: Playbook, actor: Actor) -> list[tuple[str, str, object]]:
    """What the list could be run for: coming arrivals, departures or items."""
    anchors = set(playbook.lines.values_list("anchor", flat=True))
    at = clock.time_at(playbook.event)
    found: list[tuple[str, str, object]] = []
    if anchors & {Anchor.ARRIVAL, Anchor.DEPARTURE}:
        kind = "arrival" if Anchor.ARRIVAL in anchors else "departure"
        rows = Journey.objects.visible_to(actor).filter(event=playbook.event, kind=kind)
        rows = rows.exclude(state=Journey.State.CALLED_OFF)
        for one in rows.select_related("delegation__party").order_by("planned_at"):
            if one.at is not None and one.at > at:
                found.append((f"journey:{one.pk}", one.delegation.name, one.at))
    if Anchor.ACTIVITY in anchors:
        items = Activity.objects.visible_to(actor).filter(
            event=playbook.event, starts_at__gt=at
        )
        found += [
            (f"activity:{one.pk}", str(one), one.starts_at)
            for one in items.order_by("starts_at")
        ]
    return found[:AT_MOST]


def _anchored(
    subject: str, event: Event, actor: Actor
) -> tuple[dict[str, datetime], tuple[str, int, int | None]]:
    """The moments and the subject of what was chosen; 404 for what is not seen."""
    kind, _colon, number = subject.partition(":")
    if kind == "journey":
        rows = Journey.objects.visible_to(actor).filter(event=event)
        journey = get_object_or_404(rows, pk=int(number))
        moments = {str(journey.kind): journey.at} if journey.at else {}
        label = journey._meta.label_lower
        return moments, (label, journey.pk, journey.delegation_id)
    items = Activity.objects.visible_to(actor).filter(event=event)
    activity = get_object_or_404(items, pk=int(number))
    moments = {str(Anchor.ACTIVITY): activity.starts_at}
    return moments, (activity._meta.label_lower, activity.pk, None)
