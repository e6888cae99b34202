"""The register of documents: the list with its search, one document, its versions."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import Max, Q
from django.views.decorators.http import require_GET, require_POST, require_safe

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Delegation, Person
from titian.talks.commands import filing
from titian.talks.models import Paper, PaperVersion
from titian.talks.policy import may_file, may_revise
from titian.talks.register import found
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.documents.forms import (
    FileForm,
    FilingForm,
    SearchForm,
    SecrecyForm,
)
from titian.web.desk.saved import as_saved
from titian.web.events import event_here
from titian.web.http import (
    FileResponse,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

AT_MOST = 100
"""Rows of a list: whoever looks for more adds a word."""
READERS_AT_MOST = 400


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """What the reader may see of the register, and the form that files."""
    if request.method != "POST":
        return _list(request)
    event, form = event_here(request), FilingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, problem=form.problem(), status=422)
    said = form.filing()
    act = partial(
        filing.file,
        event.pk,
        said,
        form.brought(),
        actor=form.actor(actor_of(request)),
        at=clock.time_at(event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _list(request, problem=problem, status=status)
    return redirect("documents")


@login_required
@require_safe
def show(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """One document, every text it had, and what the reader may do to it."""
    return _page(request, _seen(request, ref))


@login_required
@require_POST
def supersede(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """File a newer text."""
    form = FileForm(request.POST, request.FILES)

    def act(paper_id: int, **said: Any) -> object:
        note = form.cleaned_data["note"]
        return filing.supersede(paper_id, form.brought(), note, **said)

    return _do(request, ref, form, act)


@login_required
@require_POST
def reclassify(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """Say anew who may read it."""
    form = SecrecyForm(request.POST)

    def act(paper_id: int, **said: Any) -> object:
        given = form.cleaned_data
        return filing.reclassify(
            paper_id,
            given["secrecy"],
            map(int, given["readers"]),
            **said,
        )

    return _do(request, ref, form, act)


@login_required
@require_POST
def issue(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """The draft is what both go by."""
    return _do(request, ref, ActForm(request.POST), filing.issue)


@login_required
@require_POST
def withdraw(request: SignedInRequest, ref: UUID) -> HttpResponse:
    """It counts no more."""
    return _do(request, ref, ActForm(request.POST), filing.withdraw)


@login_required
@require_GET
def read(request: SignedInRequest, ref: UUID, number: int) -> FileResponse:
    """The file of one version as it came; never run by the browser."""
    paper = _seen(request, ref)
    version = get_object_or_404(
        PaperVersion.objects.select_related("document"), paper=paper, number=number
    )
    return as_saved(version.document, version.name)


def _do(
    request: SignedInRequest, ref: UUID, form: ActForm, command: Callable[..., object]
) -> HttpResponse:
    """Give the command; a refusal is a sentence on the page as it stands now."""
    paper = _seen(request, ref)
    if not form.is_valid():
        return _page(request, paper, problem=form.problem(), status=422)
    act = partial(
        command,
        paper.pk,
        actor=form.actor(actor_of(request)),
        at=clock.time_at(paper.event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, _seen(request, ref), problem=problem, status=status)
    return redirect("document", ref)


def _seen(request: SignedInRequest, ref: UUID) -> Paper:
    rows = Paper.objects.visible_to(actor_of(request)).select_related(
        "event", "filed_by"
    )
    return get_object_or_404(rows, ref=ref, event=event_here(request))


def _list(
    request: SignedInRequest, *, problem: str = "", status: int = 200
) -> HttpResponse:
    event, actor = event_here(request), actor_of(request)
    sought = SearchForm(request.GET).sought()
    rows = found(event, sought, actor=actor).annotate(version=Max("versions__number"))
    papers = list(rows.prefetch_related("parties__party")[: AT_MOST + 1])
    sides = Delegation.objects.visible_to(actor).filter(event=event)
    context = {
        "papers": papers[:AT_MOST],
        "has_more": len(papers) > AT_MOST,
        "sought": sought,
        "sides": list(sides.select_related("party").order_by("party__code")),
        "kinds": Paper.Kind.choices,
        "states": Paper.State.choices,
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "problem": problem,
        **_filing(event, actor),
    }
    part = "#list" if "HX-Request" in request.headers else ""
    return render(request, f"desk/documents.html{part}", context, status=status)


def _filing(event: Event, actor: Actor) -> dict[str, object]:
    """What the form that files offers; only its officer may name no party."""
    own = Delegation.objects.filter(
        event=event, assignments__officer__person=actor.person_id
    ).filter(assignments__relieved_at=None)
    may = may_file(actor, event)
    return {
        "may_file": may or own.exists(),
        "may_file_all": may,
        "secrecies": Paper.Secrecy.choices,
        "people": list(people_there(event)) if may or own.exists() else [],
        "key": uuid4(),
    }


def people_there(event: Event) -> list[Person]:
    """Whom a private document may name: who has an account and is there."""
    there = (
        Q(seats__event=event)
        | Q(officers__event=event)
        | Q(party__delegations__event=event)
    )
    rows = Person.objects.filter(there, user__isnull=False).distinct()
    return list(rows.order_by("display", "pk")[:READERS_AT_MOST])


def _page(
    request: SignedInRequest, paper: Paper, *, problem: str = "", status: int = 200
) -> HttpResponse:
    actor, event = actor_of(request), paper.event
    may = may_revise(actor, paper)
    versions = paper.versions.select_related("document", "brought_by")
    context = {
        "paper": paper,
        "parties": list(paper.parties.select_related("party")),
        "readers": list(paper.readers.order_by("display")),
        "versions": list(versions.order_by("-number")),
        "agreements": list(paper.agreements.visible_to(actor)),
        "may_revise": may,
        "moves": [move.name for move in paper.machine.moves_from(paper.state)]
        if may
        else [],
        "secrecies": Paper.Secrecy.choices,
        "people": people_there(event) if may else [],
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "key": uuid4(),
        "problem": problem,
    }
    part = "#one" if "HX-Request" in request.headers else ""
    return render(request, f"desk/document.html{part}", context, status=status)
