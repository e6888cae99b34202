"""The desk's two lists: phrases that divert, and what the event stands by."""

from collections.abc import Callable
from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_POST

from titian.briefing.commands import press
from titian.briefing.diverting import language_of
from titian.briefing.models import KeyMessage, Phrase
from titian.briefing.policy import is_at_the_press_desk
from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.routing import PRESS_WORDS
from titian.web.desk.acts import ActForm, refusal_of
from titian.web.desk.press.forms import MessageForm, PhraseForm
from titian.web.desk.press.page import messages_context
from titian.web.desk.press.views import press_event
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@login_required
def phrases(request: SignedInRequest) -> HttpResponse:
    """The phrases by which a matter is known; a new one is put on the list."""
    event = press_event(request)
    if request.method != "POST":
        return _phrases(request, event)
    form = PhraseForm(request.POST)
    problem, status = _done(request, event, form, partial(press.add_phrase, event.pk))
    if problem:
        return _phrases(request, event, problem, status)
    return redirect("press-phrases")


@login_required
@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Off the list."""
    event, form = press_event(request), ActForm(request.POST)
    if Phrase.objects.filter(pk=pk, event=event).exists():
        problem, status = _done(request, event, form, partial(press.drop_phrase, pk))
        if problem:
            return _phrases(request, event, problem, status)
    return redirect("press-phrases")


@login_required
def messages(request: SignedInRequest) -> HttpResponse:
    """What the event stands by; a spokesperson approves another."""
    event = press_event(request)
    if request.method != "POST":
        return _messages(request, event)
    form = MessageForm(request.POST)
    act = partial(press.approve_message, event.pk)
    problem, status = _done(request, event, form, act)
    if problem:
        return _messages(request, event, problem, status)
    return redirect("key-messages")


@login_required
@require_POST
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is stood by no more."""
    event, form = press_event(request), ActForm(request.POST)
    get_object_or_404(KeyMessage, pk=pk, event=event)
    problem, status = _done(request, event, form, partial(press.retire_message, pk))
    if problem:
        return _messages(request, event, problem, status)
    return redirect("key-messages")


def _done(
    request: SignedInRequest, event: Event, form: ActForm, act: Callable[..., object]
) -> tuple[str, int]:
    """Do it: nothing and 200, or the sentence and the status of the refusal."""
    if not form.is_valid():
        return form.problem(), 422
    doing = {"actor": actor_of(request), "at": clock.time_at(event)}
    try:
        return refusal_of(partial(act, **form.arguments(), **doing))
    except press.NotSaid as why:
        return str(why), 422


def _phrases(
    request: SignedInRequest, event: Event, problem: str = "", status: int = 200
) -> HttpResponse:
    own = Phrase.objects.visible_to(actor_of(request)).filter(event=event)
    usual = [(words, language_of(words)) for words in PRESS_WORDS]
    context = {
        "event": event,
        "own": own,
        "usual": [] if own else usual,
        "is_desk": is_at_the_press_desk(actor_of(request), event),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/press_phrases.html", context, status=status)


def _messages(
    request: SignedInRequest, event: Event, problem: str = "", status: int = 200
) -> HttpResponse:
    context = {**messages_context(event, actor_of(request)), "problem": problem}
    return render(request, "desk/press_messages.html", context, status=status)
