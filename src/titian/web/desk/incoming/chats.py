"""Chats from an export: read in, read through, and made requests line by line."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.intake.chats import (
    PAGE,
    NothingSaid,
    ask_for_line,
    chats_for,
    lines_of,
    read_chat,
)
from titian.intake.exports import NotAChat
from titian.intake.models import Chat, ChatLine
from titian.intake.naming import asks_made, name_author
from titian.kernel import clock
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.people.models import Delegation, Person
from titian.people.policy import accompanies, coordinates
from titian.people.queries import guests
from titian.web.desk.acts import ActForm
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

LARGEST = 60 * 1024 * 1024
NEWEST = 40


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """The chats the reader may read, and the form for another one."""
    event, problem = event_here(request), ""
    if request.method == "POST":
        try:
            return redirect("chat", _read(request, event).pk)
        except NotAChat as why:
            problem = _sentence(why)
        except ValueError as why:
            problem = str(why)
    actor = actor_of(request)
    chats = chats_for(actor).filter(event=event).select_related("concerns__party")
    context = {
        "chats": chats.order_by("-pk")[:NEWEST],
        "delegations": Delegation.objects.visible_to(actor).filter(event=event),
        "problem": problem,
        "event": event,
        "key": uuid4(),
        "now": clock.local(event, clock.time_at(event)),
    }
    return render(request, "desk/chats.html", context, status=422 if problem else 200)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The conversation, line by line, each its author's."""
    event, actor = event_here(request), actor_of(request)
    chat = get_object_or_404(chats_for(actor).select_related("concerns__party"), pk=pk)
    is_officer = chat.concerns is not None and accompanies(actor, chat.concerns)
    after = row_number(request.GET.get("after", ""))
    lines = lines_of(chat.pk, actor, after=-1 if after is None else after)
    known = guests(chat.concerns) if chat.concerns is not None else []
    context = {
        "chat": chat,
        "lines": lines,
        "made": asks_made(lines),
        "guests": known if is_officer or coordinates(actor, event) else [],
        "key": uuid4(),
        "more": lines[-1].line.position if len(lines) == PAGE else None,
        "may_ask": is_officer,
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
    }
    return render(request, "desk/chat.html", context)


@login_required
@require_POST
def make_ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """A guest's line becomes a request, on the guest's word."""
    form, actor = ActForm(request.POST), actor_of(request)
    chat = get_object_or_404(chats_for(actor), pk=pk)
    number = row_number(request.POST.get("line", ""))
    if not form.is_valid() or number is None:
        raise Http404
    line = get_object_or_404(ChatLine, pk=number, chat=chat)
    at = clock.time_at(chat.event)
    key = form.cleaned_data["key"]
    try:
        ask = ask_for_line(line.pk, actor=actor, at=at, key=key)
    except NothingSaid as why:
        messages.warning(request, str(why))
        return redirect("chat", chat.pk)
    return redirect("ask", ask.pk)


@login_required
@require_POST
def name(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody says which guest wrote the lines of a name that nobody bears."""
    form, actor = ActForm(request.POST), actor_of(request)
    chat = get_object_or_404(chats_for(actor), pk=pk)
    line = get_object_or_404(chat.lines, pk=row_number(request.POST.get("line", "")))
    person = row_number(request.POST.get("person", "")) or 0
    if not form.is_valid():
        raise Http404
    at, key = clock.time_at(chat.event), form.cleaned_data["key"]
    try:
        name_author(line.pk, person, actor=actor, at=at, key=key)
    except Person.DoesNotExist as nobody:
        raise Http404 from nobody
    except IllegalMove:
        messages.warning(request, _("Somebody said meanwhile who wrote it."))
    return redirect("chat", chat.pk)


def _read(request: SignedInRequest, event: Event) -> Chat:
    form, file = ActForm(request.POST), request.FILES.get("file")
    delegation = request.POST.get("delegation", "")
    if file is None or not form.is_valid() or (file.size or 0) > LARGEST:
        raise ValueError(_("Choose the .txt or .zip that the app exported."))
    actor = actor_of(request)
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    concerns = get_object_or_404(seen, pk=delegation) if delegation else None
    return read_chat(
        file.read(),
        event.pk,
        concerns.pk if concerns else None,
        actor=actor,
        at=clock.time_at(event),
        key=form.cleaned_data["key"],
    )


def _sentence(why: NotAChat) -> str:
    return {
        "no_lines": _("There is no chat in this file."),
        "damaged": _("This archive is damaged. Export the chat again."),
        "too_large": _("This archive is too large. Export the chat without media."),
        "letters": _("The letters in this file cannot be read."),
    }[why.why]
