"""Hand-overs: the list of them, the page of one, and what each side does there."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock, compartments
from titian.kernel.models import Event, SealedNote
from titian.loop.commands import handover_items, handovers
from titian.loop.models import HandOver, LeftOut
from titian.people.commands import assignments, leaving
from titian.people.commands.leaving import StillOpen
from titian.people.models import Assignment, Duty
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.handovers.forms import (
    AcceptForm,
    AddForm,
    BeginForm,
    EndForm,
    LetGoForm,
    PurposeForm,
    WordsForm,
)
from titian.web.desk.handovers.page import list_of, page_of
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

ITEMS: dict[str, tuple[type[ActForm], Callable[..., object]]] = {
    "acceptance": (AcceptForm, handover_items.accept),
    "question": (WordsForm, handover_items.question),
    "explanation": (WordsForm, handover_items.explain),
}
MOVES: dict[str, tuple[type[ActForm], Callable[..., object]]] = {
    "hand_over": (ActForm, handovers.hand_over),
    "take_over": (ActForm, handovers.take_over),
    "call_off": (ActForm, handovers.call_off),
    "let_go": (LetGoForm, handovers.let_go),
}
ENDINGS: dict[str, tuple[Any, Callable[..., object]]] = {
    "duty": (Duty.objects, leaving.end_duty),
    "assignment": (Assignment.objects, assignments.relieve),
}


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """Where every hand-over stands; a coordinator begins one for two officers."""
    event = event_here(request)
    if request.method != "POST":
        return _list(request, event)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _list(request, event, problem=form.problem(), status=422)
    begun: list[HandOver] = []

    def act() -> None:
        at, actor = clock.time_at(event), actor_of(request)
        begun.append(handovers.begin(**form.arguments(), actor=actor, at=at))

    problem, status = _refusal(act)
    if problem:
        return _list(request, event, problem=problem, status=status)
    return redirect("handover", begun[0].pk)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One hand-over: each thing with how far it is, and the two signatures."""
    return _page(request, _handover(request, pk))


@login_required
@require_POST
def item(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """One thing accepted, asked about, explained."""
    return _do(request, pk, ITEMS, name)


@login_required
@require_POST
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """A signature, letting go, calling off."""
    return _do(request, pk, MOVES, name)


@login_required
@require_POST
def add_word(request: SignedInRequest, pk: int) -> HttpResponse:
    """What no list knows, in the words of who leaves."""
    table = {"words": (AddForm, handover_items.add_word)}
    return _do(request, pk, table, "words")


@login_required
@require_POST
def open_one(request: SignedInRequest, pk: int, note: int) -> HttpResponse:
    """A sealed note of the list, opened by who may: an act in the journal."""
    row = _handover(request, pk)
    found = get_object_or_404(SealedNote, pk=note, concerns_id=row.delegation_id)
    actor, at = actor_of(request), clock.time_at(row.event)
    if not compartments.may_open(actor, found.compartment, row.event):
        raise Http404  # who may not open it does not learn that it is there
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return _page(request, row, problem=form.problem(), status=422)
    given = form.arguments()
    words = compartments.open_note(
        found.pk, given["purpose"], actor=actor, at=at, key=given["key"]
    )
    return _page(request, row, opened={found.pk: words})


@login_required
@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    """A coordinator ends a duty, or an assignment for good; with a reason, at once."""
    event = event_here(request)
    actor, at = actor_of(request), clock.time_at(event)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _list(request, event, problem=form.problem(), status=422)
    given = form.arguments()
    kind, _dash, number = given.pop("of").partition("-")
    rows, command = ENDINGS[kind]
    found = get_object_or_404(
        rows.visible_to(actor), pk=int(number), delegation__event=event
    )
    problem, status = _refusal(partial(command, found.pk, **given, actor=actor, at=at))
    if problem:
        return _list(request, event, problem=problem, status=status)
    messages.success(request, _("%s is off duty.") % found.officer)
    return redirect("handovers")


@login_required
@require_POST
def introduce(request: SignedInRequest, pk: int) -> HttpResponse:
    """Officer and guests have met, says she or a coordinator."""
    event = event_here(request)
    rows = Assignment.objects.visible_to(actor_of(request))
    met = get_object_or_404(rows, pk=pk, delegation__event=event)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _list(request, event, problem=form.problem(), status=422)
    problem, status = _refusal(
        partial(
            assignments.introduce,
            met.pk,
            actor=actor_of(request),
            at=clock.time_at(event),
            key=form.cleaned_data["key"],
        )
    )
    if problem:
        return _list(request, event, problem=problem, status=status)
    return redirect("handovers")


def _do(
    request: SignedInRequest,
    pk: int,
    table: Mapping[str, tuple[type[ActForm], Callable[..., object]]],
    name: str,
) -> HttpResponse:
    row = _handover(request, pk)
    if name not in table:
        raise Http404
    kind, command = table[name]
    form = kind(request.POST)
    if not form.is_valid():
        return _page(request, row, problem=form.problem(), status=422)
    actor, at = actor_of(request), clock.time_at(row.event)
    problem, status = _refusal(
        partial(command, row.pk, **form.arguments(), actor=actor, at=at)
    )
    if problem:
        return _page(request, _handover(request, pk), problem=problem, status=status)
    return redirect("handover", pk)


def _refusal(act: Callable[[], object]) -> tuple[str, int]:
    """The sentence of what is left goes before the general one."""
    try:
        return refusal_in_words(partial(_with_its_sentence, act))
    except _Left as why:
        return str(why), 409


class _Left(Exception):
    """What is still open, on its way to the page."""


def _with_its_sentence(act: Callable[[], object]) -> None:
    try:
        act()
    except StillOpen as why:
        raise _Left(str(why)) from why
    except LeftOut as why:
        raise ValueError(_("Say every field back.")) from why


def _handover(request: SignedInRequest, pk: int) -> HandOver:
    rows = HandOver.objects.visible_to(actor_of(request)).select_related(
        "event",
        "delegation__party",
        "delegation__event",
        "outgoing__person",
        "incoming__person",
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: SignedInRequest,
    row: HandOver,
    *,
    problem: str = "",
    status: int = 200,
    opened: Mapping[int, str] | None = None,
) -> HttpResponse:
    context = page_of(row, actor_of(request))
    context |= {"problem": problem, "opened": opened or {}}
    return render(request, "desk/handover.html", context, status=status)


def _list(
    request: SignedInRequest, event: Event, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = list_of(event, actor_of(request)) | {"problem": problem}
    return render(request, "desk/handovers.html", context, status=status)
