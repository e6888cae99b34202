"""The morning meeting's page, and the lessons that come of it."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.loop.commands import coordination, lessons
from titian.loop.coordination import agenda, last_meeting
from titian.loop.models import Lesson, Playbook
from titian.people.models import Delegation, Party
from titian.people.policy import coordinates, keeps_any_seat
from titian.web.desk.acts import ActForm, ReasonForm, refusal_in_words
from titian.web.desk.moments import for_input, moment_from
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

SOME = gettext_lazy("Write some words.")
TEAM = gettext_lazy("Choose the team that should have it.")


class DueForm(ActForm):
    """A team and an hour."""

    owner_id = forms.IntegerField(error_messages={"required": TEAM, "invalid": TEAM})
    due = forms.CharField(max_length=40)

    def __init__(self, *given: Any, event: Event) -> None:
        super().__init__(*given)
        self._event = event

    def clean(self) -> dict[str, Any]:
        """The hour on the event's clocks."""
        given = super().clean() or {}
        due_at, problem = moment_from(str(given.pop("due", "")), self._event)
        if problem:
            raise forms.ValidationError(problem)
        return {**given, "due_at": due_at}


class MatterForm(DueForm):
    """What was said at the meeting, whose it was, who has it and by when."""

    words = forms.CharField(max_length=2000, error_messages={"required": SOME})
    delegation_id = forms.IntegerField(required=False)


class TakeUpForm(DueForm):
    """Which team changes which template by when."""

    playbook_id = forms.IntegerField(required=False)


class NoteForm(ActForm):
    """A lesson."""

    what = forms.CharField(max_length=300, error_messages={"required": SOME})
    instead = forms.CharField(required=False, max_length=300)
    incident_id = forms.IntegerField(required=False)


class ChangeForm(ActForm):
    """That the template has it."""

    words = forms.CharField(required=False, max_length=300)


MOVES: dict[str, tuple[type[ActForm], Callable[..., Lesson]]] = {
    "change": (ChangeForm, lessons.change),
    "close": (ActForm, lessons.close),
    "leave": (ReasonForm, lessons.leave),
    "reopen": (ReasonForm, lessons.reopen),
}


@login_required
@require_GET
def show(request: SignedInRequest) -> HttpResponse:
    """The agenda, made of what is open."""
    return _page(request, _event(request))


@login_required
@require_POST
def put(request: SignedInRequest) -> HttpResponse:
    """Give a matter of the meeting to one team by an hour."""
    event = _event(request)
    form = MatterForm(request.POST, event=event)
    return _do(request, event, form, partial(coordination.put_to, event.pk))


@login_required
@require_POST
def note(request: SignedInRequest) -> HttpResponse:
    """Write a lesson down."""
    event = _event(request)
    command = partial(lessons.note, event.pk)
    return _do(request, event, NoteForm(request.POST), command)


@login_required
@require_POST
def take_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a lesson to a team."""
    lesson = _lesson(request, pk)
    form = TakeUpForm(request.POST, event=lesson.event)
    return _do(request, lesson.event, form, partial(lessons.take_up, pk))


@login_required
@require_POST
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """The template has it, it is good, leave it, not yet."""
    if name not in MOVES:
        raise Http404
    lesson, (form, command) = _lesson(request, pk), MOVES[name]
    return _do(request, lesson.event, form(request.POST), partial(command, pk))


def _do(
    request: SignedInRequest, event: Event, form: ActForm, act: Callable[..., object]
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, event, problem=form.problem(), status=422)
    at, actor = clock.time_at(event), actor_of(request)
    problem, status = refusal_in_words(
        partial(act, actor=actor, at=at, **form.arguments())
    )
    if problem:
        return _page(request, event, problem=problem, status=status)
    return _back(request)


def _back(request: SignedInRequest) -> HttpResponse:
    """To the incident that taught it, else to the meeting."""
    number = row_number(request.POST.get("back", ""))
    return redirect("coordination") if number is None else redirect("incident", number)


def _page(
    request: SignedInRequest, event: Event, *, problem: str = "", status: int = 200
) -> HttpResponse:
    actor, at = actor_of(request), clock.time_at(event)
    since = last_meeting(event, at)
    context = {
        "event": event,
        "now": clock.local(event, at),
        "agenda": agenda(event, since=since, actor=actor, at=at),
        "leads": coordinates(actor, event),
        "teams": Party.objects.filter(kind=Party.Kind.TEAM).order_by("code"),
        "delegations": _delegations(actor, event),
        "playbooks": Playbook.objects.visible_to(actor).filter(event=event),
        "tomorrow": for_input(since + timedelta(days=1), event),
        "key": uuid4(),
        "problem": problem,
    }
    return render(request, "desk/coordination.html", context, status=status)


def _delegations(actor: Actor, event: Event) -> list[Delegation]:
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    return list(seen.select_related("party").order_by("party__name_en"))


def _lesson(request: SignedInRequest, pk: int) -> Lesson:
    seen = Lesson.objects.visible_to(actor_of(request)).select_related("event")
    return get_object_or_404(seen, pk=pk)


def _event(request: SignedInRequest) -> Event:
    event = event_of(request)
    if event is None or not keeps_any_seat(actor_of(request), event):
        raise PermissionDenied(_("The meeting is of those who work at a desk."))
    return event
