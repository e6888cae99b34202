"""Requests: one queue, one thread a request, one button a move."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.just_ended import seen_names
from titian.intake.models import Incoming
from titian.intake.queries import papers_of
from titian.kernel import clock
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop import queries, routing
from titian.loop.commands import asks, drafts
from titian.loop.commands.recovering import Done
from titian.loop.models import Ask, LeftOut
from titian.loop.policy import may_promise_on, may_tell, may_verify, moves_open_to
from titian.people.models import Party, Seat
from titian.people.policy import keeps_any_seat
from titian.web.desk.asks.beside import beside
from titian.web.desk.asks.forms import ActForm, NewAskForm, arguments_for, speaking
from titian.web.desk.asks.promises import promise_along
from titian.web.desk.press.page import of_ask
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

COMMANDS: dict[str, Callable[..., object]] = {
    "pass_on": asks.pass_on,
    "hear": asks.hear,
    "accept": asks.accept,
    "restate": asks.restate,
    "confirm": asks.confirm,
    "correct": asks.correct,
    "bounce": asks.bounce,
    "answer": asks.answer,
    "refuse": asks.refuse,
    "close": asks.close,
    "reopen": asks.reopen,
    "withdraw": asks.withdraw,
    "look_after": asks.look_after,
    "replace_officer": asks.replace_officer,
    "tell": asks.tell,
    "hurry": asks.hurry,
    "make_exact": asks.make_exact,
    "pause": asks.pause,
    "resume": asks.resume,
    "merge": asks.merge,
    "unmerge": asks.unmerge,
    "split": asks.split,
    "verify_gloss": asks.verify_gloss,
    "propose": drafts.want,
    "take_over": drafts.take_over,
    "dismiss": drafts.dismiss,
}

FIELDS = ("who", "how_many", "when", "where", "what_for")
ANSWERS = frozenset({"answer", "refuse"})


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """The queue: what waits for the reader first."""
    event = event_here(request)
    actor = actor_of(request)
    seen = Ask.objects.visible_to(actor).filter(event=event)
    closed = [Ask.State.CLOSED, Ask.State.WITHDRAWN]
    tab = request.GET.get("tab", "open")
    rows = (
        seen.filter(state__in=closed)
        if tab == "closed"
        else seen.exclude(state__in=closed)
    )
    rows = rows.select_related("asked_by__party", "owner", "holder", "topic", "said_by")
    found = list(rows.order_by("-pk" if tab == "closed" else "due_at", "pk")[:200])
    now = clock.local(event, clock.time_at(event))
    context = {"asks": found, "tab": tab, "now": now, "event": event}
    context["speakers"] = queries.who_speaks(found)
    context["reads_rules"] = keeps_any_seat(actor, event)
    context["waiting"] = Incoming.objects.visible_to(actor).waiting().count()
    return render(request, "desk/asks.html", context)


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """Writing down what a guest asks, in the guest's own words."""
    event = event_here(request)
    form = NewAskForm(request.POST or None, actor=actor_of(request), event=event)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actor = actor_of(request)
        if said["said_by"].pk != actor.person_id:
            actor = actor.passing_on(said["said_by"].pk, means=said["channel"])
        ask = asks.ask(
            said["delegation"].pk,
            said["words"],
            language=said["language"],
            channel=said["channel"],
            where=said["where"],
            actor=actor,
            at=clock.time_at(event),
            key=said["key"],
        )
        return redirect("ask", ask.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "key": uuid4()}
    return render(request, "desk/ask_new.html", context, status=status)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The thread: the guest's words, who has it, the next move."""
    ask = _ask(request, pk)
    _hear(request, ask)
    part = (
        "desk/ask.html#thread" if "HX-Request" in request.headers else "desk/ask.html"
    )
    return render(request, part, _context(request, ask))


@login_required
@require_POST
def promise(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the answer promised is written down, with its hour."""
    ask = _ask(request, pk)
    form = ActForm(request.POST)
    if not form.is_valid() or not request.POST.get("promise_due"):
        problem = _("Say by when it will be done.")
        return _page(request, ask, problem=problem, status=422)
    try:
        promise_along(request, ask, form)
    except Forbidden as why:
        return _page(request, ask, problem=str(why), status=403)
    except KeyReused:
        raise
    except ValueError as why:
        return _page(request, ask, problem=str(why), status=422)
    return _page(request, _ask(request, pk))


@login_required
@require_POST
def move(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """One move; too late is 409 with how things stand, what is left out is 422."""
    ask = _ask(request, pk)
    form = ActForm(request.POST)
    if name not in COMMANDS or not form.is_valid():
        return _page(
            request, ask, problem=_("This form is old. Try again."), status=422
        )
    actor = speaking(actor_of(request), name, ask, request.POST)
    at = clock.time_at(ask.event)
    try:
        given = arguments_for(name, request.POST, ask, actor)
        with transaction.atomic():  # the answer and its promise, or neither
            if name in ANSWERS and ask.state == Ask.State.PASSED:
                asks.accept(pk, actor=actor, at=at, key=form.along("accept"))
            COMMANDS[name](
                pk, **given, actor=actor, at=at, key=form.cleaned_data["key"]
            )
            if name == "answer":
                promise_along(request, ask, form)
    except LeftOut as missing:
        words = _("Say back every field; still missing: %(fields)s.")
        return _page(request, ask, problem=words % {"fields": missing}, status=422)
    except (IllegalMove, KeyReused) as why:
        return _page(request, _ask(request, pk), problem=_too_late(why), status=409)
    except Forbidden as why:
        return _page(request, ask, problem=str(why), status=403)
    except ValueError as why:
        return _page(request, ask, problem=str(why), status=422)
    return _after(request, pk)


def _too_late(why: Exception) -> str:
    """A room's own kind of lateness brings its sentence; the bare kind names states."""
    if type(why) in {IllegalMove, KeyReused}:
        return _("Somebody was faster: this is how it stands now.")
    return str(why)


def _after(request: SignedInRequest, pk: int) -> HttpResponse:
    """The ask as it stands now; who handed it on and sees it no more gets the list."""
    if Ask.objects.visible_to(actor_of(request)).filter(pk=pk).exists():
        return _page(request, _ask(request, pk))
    messages.success(request, _("It is handed on, and no longer among yours."))
    if "HX-Request" not in request.headers:
        return redirect("asks")
    return HttpResponse(headers={"HX-Redirect": reverse("asks")})


def _hear(request: SignedInRequest, ask: Ask) -> None:
    """A team that opens an ask has heard it; looking twice changes nothing."""
    actor = actor_of(request)
    waiting = ask.state == Ask.State.PASSED and ask.opened_at is None
    if (
        waiting
        and Seat.objects.filter(
            event=ask.event, person=actor.person_id, team=ask.owner_id
        ).exists()
    ):
        asks.hear(ask.pk, actor=actor, at=clock.time_at(ask.event))
        ask.refresh_from_db()


def _ask(request: SignedInRequest, pk: int) -> Ask:
    seen = Ask.objects.visible_to(actor_of(request)).select_related(
        "asked_by__party",
        "event",
        "owner",
        "holder",
        "topic",
        "said_by",
        "gloss_by",
        "diversion",
        "merged_into",
        "split_from",
    )
    return get_object_or_404(seen, pk=pk)


def _page(
    request: SignedInRequest, ask: Ask, *, problem: str = "", status: int = 200
) -> HttpResponse:
    if "HX-Request" not in request.headers and status == 200:
        return redirect("ask", ask.pk)
    part = (
        "desk/ask.html#thread" if "HX-Request" in request.headers else "desk/ask.html"
    )
    context = _context(request, ask) | {"problem": problem}
    return render(request, part, context, status=status)


def _suggested(ask: Ask) -> int | None:
    """The topic that the guest's words name, for who passes them on."""
    if ask.state != Ask.State.SAID:
        return None
    return next((topic.pk for topic in routing.named(ask)), None)


def _teams(ask: Ask) -> list[Party]:
    """Whom it may be handed to: each team once, however many matters go there."""
    topics = ask.event.ask_topics.select_related("team")
    found = {topic.team_id: topic.team for topic in topics}
    return sorted(found.values(), key=lambda team: team.name)


def _context(request: SignedInRequest, ask: Ask) -> dict[str, object]:
    actor = actor_of(request)
    now = clock.time_at(ask.event)
    on_word = actor.passing_on(ask.said_by_id, means=ask.channel or "face")
    moves = [*moves_open_to(actor, ask)]
    for_guest = [name for name in moves_open_to(on_word, ask) if name not in moves]
    return {
        "ask": ask,
        "event": ask.event,
        "now": clock.local(ask.event, now),
        "about": seen_names([ask.pk], actor).get(ask.pk, ""),
        "recoveries": Done.choices,
        "moves": [*moves, *for_guest],
        "for_guest": for_guest,
        "differences": queries.differences(ask) if ask.heard_as else [],
        "added": queries.words_added([ask]).get(ask.pk, []),
        "meanwhile": queries.words_meanwhile([ask]).get(ask.pk),
        "may_tell": may_tell(actor, ask),
        "may_verify": may_verify(actor, ask),
        "offered": queries.promise_offered(ask) if may_promise_on(actor, ask) else None,
        "has_it": queries.who_has_it(ask),
        "speaker": queries.who_speaks([ask])[ask.pk],
        "press": of_ask(ask, actor),
        "clocks": queries.clocks_of(ask, now),
        "history": queries.history_of(ask, actor),
        "papers": list(papers_of(ask.pk)),
        "may_answer": {"accept", "answer"} & set(moves),
        "topics": routing.topics_for(ask.event, ask.asked_by.party.kind),
        "suggested": _suggested(ask),
        "teams": _teams(ask),
        "fields": [*dict.fromkeys([*ask.details, *FIELDS])],
        "key": uuid4(),
        "guest_language": "id" if "id" in ask.said_by.languages else "en",
    } | beside(ask, actor, now)
