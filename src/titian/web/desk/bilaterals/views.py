"""Bilaterals: the list, one request, and the answers to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.foresight.free_hours import floored
from titian.foresight.gather.bilaterals import common_hours
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.people.models import Delegation
from titian.programme.policy import may_keep
from titian.talks.commands import bilaterals, hours
from titian.talks.models import Bilateral, Wish
from titian.talks.sight import spoken_for
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.bilaterals.forms import AskForm, WishForm
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

TONES = {
    Bilateral.State.ASKED: "late",
    Bilateral.State.COUNTERED: "late",
    Bilateral.State.AGREED: "hand",
    Bilateral.State.PLACED: "late",
    Bilateral.State.CONFIRMED: "ok",
}
LONG_AGO = "still"


@dataclass(frozen=True, slots=True)
class Row:
    """One request in the list: how it stands, and whether it waits for the reader."""

    bilateral: Bilateral
    wish: Wish
    tone: str
    is_mine: bool


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every request the reader may see: what waits for her first."""
    event, actor = event_here(request), actor_of(request)
    own = list(spoken_for(actor, event))
    rows = [_row(one, own) for one in _seen(actor).filter(event=event)]
    rows.sort(key=lambda row: (not row.is_mine, row.tone == LONG_AGO, row.bilateral.pk))
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "rows": rows,
        "own": own,
        "may_keep": may_keep(actor, event),
    }
    return render(request, "desk/bilaterals.html", context)


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """One's own delegation asks another for a meeting."""
    event, actor = event_here(request), actor_of(request)
    own = list(spoken_for(actor, event))
    require(bool(own), _("Only its own people ask for a delegation."))
    form = AskForm(request.POST or None, own, event)
    if request.method == "POST" and form.is_valid():
        try:
            made = _asked(form, actor, event)
        except bilaterals.Senseless as why:
            form.add_error(None, str(why))
        else:
            return redirect("bilateral", made.pk)
    context = {"event": event, "form": form, "act_key": uuid4()}
    status = 422 if form.is_bound else 200
    return render(request, "desk/bilateral_new.html", context, status=status)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request: the wishes, the hour, what may be done with it."""
    return _page(request, _bilateral(request, pk))


@login_required
@require_POST
def wishes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Answer with another wish."""
    bilateral = _bilateral(request, pk)
    form = WishForm(request.POST, bilateral.event)
    if not form.is_valid():
        return _page(request, bilateral, problem=form.problem(), status=422)
    return _do(request, pk, form, partial(bilaterals.counter, wanted=form.wanted()))


@login_required
@require_POST
def agreement(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agree to the wish that lies there."""
    return _do(request, pk, ActForm(request.POST), bilaterals.agree)


@login_required
@require_POST
def refusal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say no, without a reason."""
    return _do(request, pk, ActForm(request.POST), bilaterals.decline)


@login_required
@require_POST
def withdrawal(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is not wanted any more."""
    return _do(request, pk, ActForm(request.POST), bilaterals.withdraw)


@login_required
@require_POST
def confirmation(request: SignedInRequest, pk: int) -> HttpResponse:
    """One's own side comes."""
    return _do(request, pk, ActForm(request.POST), hours.confirm)


def _asked(form: AskForm, actor: Actor, event: Event) -> Bilateral:
    given = form.cleaned_data
    return bilaterals.ask(
        given["asking"].pk,
        given["asked"].pk,
        form.wanted(),
        actor=actor,
        at=clock.time_at(event),
        key=given["key"],
    )


def _do(
    request: SignedInRequest, pk: int, form: ActForm, command: Callable[..., object]
) -> HttpResponse:
    """Give the command; every refusal is a sentence on the page as it stands now."""
    bilateral = _bilateral(request, pk)
    if not form.is_valid():
        return _page(request, bilateral, problem=form.problem(), status=422)
    act = partial(
        command,
        pk,
        actor=actor_of(request),
        at=clock.time_at(bilateral.event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, _bilateral(request, pk), problem=problem, status=status)
    return redirect("bilateral", pk)


def _seen(actor: Actor) -> QuerySet[Bilateral]:
    rows = Bilateral.objects.visible_to(actor).select_related(
        "event", "asking__party", "asked__party", "meeting__activity__place"
    )
    return rows.prefetch_related("wishes")


def _bilateral(request: SignedInRequest, pk: int) -> Bilateral:
    return get_object_or_404(_seen(actor_of(request)), pk=pk)


def _row(bilateral: Bilateral, own: Sequence[Delegation]) -> Row:
    wish = max(bilateral.wishes.all(), key=lambda one: one.number)
    tone = TONES.get(Bilateral.State(bilateral.state), LONG_AGO)
    return Row(bilateral, wish, tone, bool(_moves(bilateral, wish, own)))


def _moves(bilateral: Bilateral, wish: Wish, own: Sequence[Delegation]) -> set[str]:
    """What waits for one of the reader's sides: an answer, or a confirmation."""
    open_moves = {move.name for move in bilateral.machine.moves_from(bilateral.state)}
    if "agree" in open_moves and bilateral.turn(wish) in own:
        return {"agree", "counter", "decline"}
    waiting = [one for one in bilateral.sides if not bilateral.is_confirmed_by(one)]
    if "confirm" in open_moves and any(one in own for one in waiting):
        return {"confirm"}
    return set()


def _page(
    request: SignedInRequest,
    bilateral: Bilateral,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = _context(actor_of(request), bilateral) | {"problem": problem}
    return render(request, "desk/bilateral.html", context, status=status)


def _context(actor: Actor, bilateral: Bilateral) -> dict[str, object]:
    event = bilateral.event
    at = clock.time_at(event)
    said = sorted(bilateral.wishes.all(), key=lambda one: -one.number)
    own = list(spoken_for(actor, event))
    mine = [side for side in bilateral.sides if side in own]
    is_open = bilateral.state in Bilateral.LIVE
    is_waited_for = bool(mine) and is_open and bilateral.state not in Bilateral.HELD
    names = WishForm.base_fields.keys() | {"earliest_at", "latest_at"}
    initial = {name: getattr(said[0], name, None) for name in names}
    return {
        "bilateral": bilateral,
        "event": event,
        "now": clock.local(event, at),
        "wish": said[0],
        "earlier": said[1:],
        "turn": bilateral.turn(said[0]),
        "sides": [(one, bilateral.is_confirmed_by(one)) for one in bilateral.sides],
        "moves": _moves(bilateral, said[0], own),
        "may_withdraw": bool(mine) and is_open,
        "mine": mine,
        "may_keep": may_keep(actor, event),
        "common": common_hours(bilateral, floored(event, at)) if is_waited_for else (),
        "shows_common": is_waited_for,
        "form": WishForm(None, event, initial=initial),
        "tone": TONES.get(Bilateral.State(bilateral.state), LONG_AGO),
        "key": uuid4(),
    }
