"""Talking cards: the list, one to read and revise, and its approval."""

from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from titian.kernel import clock
from titian.talks.commands import talking_cards
from titian.talks.forms_of_address import forms_for
from titian.talks.models.card import TalkingCard
from titian.talks.policy import approves_card, drafts_card
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.meetings.card_forms import CardForm
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
    """The cards the reader may read."""
    event = event_here(request)
    rows = TalkingCard.objects.visible_to(actor_of(request)).filter(event=event)
    context = {
        "cards": list(
            rows.select_related("delegation__party", "approver").order_by("pk")
        ),
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
    }
    return render(request, "desk/talking_cards.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """A card drafted."""
    event, actor = event_here(request), actor_of(request)
    form = CardForm(request.POST or None, event, actor)
    problem, status = "", 200
    if request.method == "POST":
        problem, status = form.problem() if not form.is_valid() else "", 422
        if not problem:
            side = form.cleaned_data["delegation"].pk
            act = partial(
                talking_cards.draft,
                side,
                form.script(),
                actor=actor,
                at=clock.time_at(event),
                key=form.cleaned_data["key"],
            )
            problem, status = refusal_in_words(act)
        if not problem:
            return redirect("talking-cards")
    context = {
        "form": form,
        "problem": problem,
        "key": uuid4(),
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
    }
    return render(request, "desk/talking_card_new.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One card; written anew, it waits for approval again."""
    card = _card(request, pk)
    if request.method == "GET":
        return _page(request, card)
    actor = actor_of(request)
    form = CardForm(request.POST, card.event, actor, card)
    if not form.is_valid():
        return _page(request, card, form, form.problem(), 422)
    act = partial(
        talking_cards.revise,
        pk,
        form.script(),
        actor=actor,
        at=clock.time_at(card.event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, _card(request, pk), form, problem, status)
    return redirect("talking-card", pk)


@login_required
@require_POST
def approval(request: SignedInRequest, pk: int) -> HttpResponse:
    """It may go to the officers' phones."""
    return _do(request, pk, "approve")


@login_required
@require_POST
def withdrawal(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is taken from them."""
    return _do(request, pk, "withdraw")


def _do(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    card, form = _card(request, pk), ActForm(request.POST)
    if not form.is_valid():
        return _page(request, card, None, form.problem(), 422)
    command = {
        "approve": talking_cards.approve,
        "withdraw": talking_cards.withdraw,
    }[name]
    at, key = clock.time_at(card.event), form.cleaned_data["key"]
    act = partial(command, pk, actor=actor_of(request), at=at, key=key)
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, _card(request, pk), None, problem, status)
    return redirect("talking-card", pk)


def _card(request: SignedInRequest, pk: int) -> TalkingCard:
    seen = TalkingCard.objects.visible_to(actor_of(request)).select_related(
        "event", "delegation__party", "delegation__head", "approver", "drafted_by"
    )
    return get_object_or_404(seen, pk=pk)


def _page(
    request: SignedInRequest,
    card: TalkingCard,
    form: CardForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    actor, event = actor_of(request), card.event
    moves = {move.name for move in card.machine.moves_from(card.state)}
    drafts = drafts_card(actor, card.delegation)
    context = {
        "card": card,
        "forms": forms_for(card.delegation),
        "form": form or CardForm(None, event, actor, card),
        "may_revise": drafts and "revise" in moves,
        "may_withdraw": drafts and "withdraw" in moves,
        "may_approve": approves_card(actor, card) and "approve" in moves,
        "problem": problem,
        "key": uuid4(),
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
    }
    return render(request, "desk/talking_card.html", context, status=status)
