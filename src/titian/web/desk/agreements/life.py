"""The life of an agreement on the desk: its text, its signatures, its bundle."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_GET, require_POST

from titian.exchange.bundles import make_bundle
from titian.kernel import clock, seal
from titian.kernel.actor import Actor
from titian.people.models import Party
from titian.people.policy import accompanies
from titian.talks.commands import drafting, life, owing, signing
from titian.talks.models import Agreement, Paper, Signatory, Signature
from titian.talks.policy import may_enter_signature, may_keep_agreement
from titian.talks.signed import Standing, present_version, standings
from titian.web.desk.acts import ActForm, ReasonForm, refusal_in_words
from titian.web.desk.agreements.life_forms import (
    FollowForm,
    ForceForm,
    NameForm,
    OweForm,
    SignatureForm,
    TextForm,
)
from titian.web.desk.documents.views import people_there
from titian.web.desk.moments import for_input
from titian.web.http import (
    FileResponse,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the agreement stands, who has signed what, and what may be done."""
    return _page(request, _seen(request, pk))


@login_required
@require_POST
def file_text(request: SignedInRequest, pk: int) -> HttpResponse:
    """File the agreement's text, or a newer one."""
    form = TextForm(request.POST, request.FILES)
    return _do(request, pk, form, partial(_file, form))


@login_required
@require_POST
def name(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put somebody on its list."""
    form = NameForm(request.POST)

    def act(agreement_id: int, **said: Any) -> object:
        return signing.name_signatory(agreement_id, form.naming(), **said)

    return _do(request, pk, form, act)


@login_required
@require_POST
def owe(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write what is owed into it: once, in parts, or again and again."""
    form = OweForm(request.POST, _seen(request, pk).event)

    def act(agreement_id: int, **said: Any) -> object:
        return owing.owe(agreement_id, form.duty(), **said)

    return _do(request, pk, form, act)


@login_required
@require_POST
def sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Enter that somebody signed or approved."""
    agreement = _seen(request, pk)
    form = SignatureForm(request.POST, agreement.event)

    def act(agreement_id: int, **said: Any) -> object:
        given = form.cleaned_data
        named = get_object_or_404(
            Signatory, pk=given["signatory"], agreement=agreement_id
        )
        return signing.enter(
            named.pk,
            given["sha256"],
            signed_at=given["signed_at"],
            place=given["place"],
            **said,
        )

    return _do(request, pk, form, act)


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int, signature_id: int) -> HttpResponse:
    """A signature was entered wrongly."""
    form = ReasonForm(request.POST)

    def act(agreement_id: int, **said: Any) -> object:
        given = get_object_or_404(
            Signature, pk=signature_id, signatory__agreement=agreement_id
        )
        return signing.take_back(given.pk, form.cleaned_data["words"], **said)

    return _do(request, pk, form, act)


@login_required
@require_POST
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """All have approved the text."""
    return _do(request, pk, ActForm(request.POST), life.review)


@login_required
@require_POST
def send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is a draft again, and why."""
    form = ReasonForm(request.POST)
    return _do(request, pk, form, _with_words(form, life.send_back))


@login_required
@require_POST
def bring_into_force(request: SignedInRequest, pk: int) -> HttpResponse:
    """From a day on it binds both."""
    form = ForceForm(request.POST)

    def act(agreement_id: int, **said: Any) -> object:
        return life.bring_into_force(agreement_id, form.cleaned_data["on"], **said)

    return _do(request, pk, form, act)


@login_required
@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """It binds no more, and why."""
    form = ReasonForm(request.POST)
    return _do(request, pk, form, _with_words(form, life.end))


@login_required
@require_POST
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draw up what amends or renews it."""
    form = FollowForm(request.POST)

    def act(agreement_id: int, **said: Any) -> object:
        given = form.cleaned_data
        return life.follow(
            agreement_id, given["code"], given["title"], given["follows_as"], **said
        )

    return _do(request, pk, form, act)


@login_required
@require_POST
def bundle(request: SignedInRequest, pk: int) -> HttpResponse | FileResponse:
    """The sealed evidence bundle; that it was made is in the journal."""
    agreement, form = _seen(request, pk), ActForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement, problem=form.problem(), status=422)
    made: list[bytes] = []
    at = clock.time_at(agreement.event)
    act = partial(make_bundle, agreement.pk, at=at, key=form.cleaned_data["key"])
    problem, status = refusal_in_words(
        lambda: made.append(act(actor=actor_of(request)))
    )
    if problem:
        return _page(request, agreement, problem=problem, status=status)
    return FileResponse(
        BytesIO(made[0]),
        as_attachment=True,
        filename=f"bundle-{agreement.code}.zip",
        content_type="application/zip",
    )


def _file(form: TextForm, agreement_id: int, **said: Any) -> None:
    """The command with what the form brings."""
    given = form.cleaned_data
    drafting.file_text(
        agreement_id, form.brought(), given["note"], is_open=given["is_open"], **said
    )


def _with_words(
    form: ReasonForm, command: Callable[..., object]
) -> Callable[..., object]:
    return lambda pk, **said: command(pk, form.cleaned_data["words"], **said)


def _seen(request: SignedInRequest, pk: int) -> Agreement:
    rows = Agreement.objects.visible_to(actor_of(request)).select_related(
        "event", "delegation__party", "paper", "follows"
    )
    return get_object_or_404(rows, pk=pk)


def _do(
    request: SignedInRequest, pk: int, form: ActForm, command: Callable[..., object]
) -> HttpResponse:
    """Give the command; a refusal is a sentence on the page as it stands now."""
    agreement = _seen(request, pk)
    if not form.is_valid():
        return _page(request, agreement, problem=form.problem(), status=422)
    act = partial(
        command,
        agreement.pk,
        actor=form.actor(actor_of(request)),
        at=clock.time_at(agreement.event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, _seen(request, pk), problem=problem, status=status)
    return redirect("agreement-life", pk)


def _page(
    request: SignedInRequest,
    agreement: Agreement,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, event = actor_of(request), agreement.event
    at = clock.time_at(event)
    keeps = may_keep_agreement(actor, agreement)
    paper = Paper.objects.visible_to(actor).filter(pk=agreement.paper_id or 0).first()
    named = standings(agreement)
    context = {
        "agreement": agreement,
        "paper": paper,
        "version": present_version(agreement) if paper else None,
        "standings": [(one, _may_enter(actor, one, paper)) for one in named],
        "is_altered": any(one.former for one in named),
        "moves": _moves(agreement) if keeps else [],
        "keeps": keeps,
        "may_bundle": paper is not None
        and (keeps or accompanies(actor, agreement.delegation)),
        "may_report": keeps or accompanies(actor, agreement.delegation),
        "followers": list(agreement.followed_by.order_by("pk")),
        "people": people_there(event) if keeps else [],
        "may_owe": keeps and agreement.state not in owing.OVER,
        "teams": list(Party.objects.filter(kind=Party.Kind.TEAM)) if keeps else [],
        "roles": Signatory.Role.choices,
        "seal": seal.prints()[0],
        "event": event,
        "now": clock.local(event, at),
        "now_input": for_input(at, event),
        "key": uuid4(),
        "problem": problem,
    }
    return render(request, "desk/agreement_life.html", context, status=status)


def _may_enter(actor: Actor, one: Standing, paper: Paper | None) -> bool:
    state = one.signatory.agreement.state
    role = Signatory.Role(one.signatory.role)
    is_open = state in signing.OPEN_TO.get(role, frozenset())
    return (
        paper is not None
        and one.is_next
        and is_open
        and may_enter_signature(actor, one.signatory)
    )


def _moves(agreement: Agreement) -> list[str]:
    """What the keeper may do now; what follows it is drawn up while it is in force."""
    moves = agreement.machine.moves_from(agreement.state)
    return [move.name for move in moves]
