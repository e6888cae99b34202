"""Talks: the list, the table both sides share, the packages as a seat may know them."""

from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from titian.kernel import clock
from titian.loop.routing import COORDINATION
from titian.people.commands.delegations import own_side
from titian.people.models import Delegation, Party
from titian.talks.commands.talking import open_talk
from titian.talks.models import Talk
from titian.talks.packages import packages
from titian.talks.policy import may_open_talk, seat_of
from titian.web.desk.acts import refusal_in_words
from titian.web.desk.talks.forms import OpenForm
from titian.web.desk.talks.page import drawn, page, seen
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    redirect,
    render,
)


@login_required
@require_http_methods(["GET", "POST"])
def index(request: SignedInRequest) -> HttpResponse:
    """The talks the reader is named for; protocol and coordinators open one."""
    event, actor = event_here(request), actor_of(request)
    may_open = may_open_talk(actor, event)
    problem, status = "", 200
    if request.method == "POST":
        form = OpenForm(request.POST)
        if form.is_valid():
            at = clock.time_at(event)
            act = partial(open_talk, actor=actor, at=at, key=form.cleaned_data["key"])
            problem, status = refusal_in_words(partial(act, form.opening()))
            if not problem:
                return redirect("talks")
        else:
            problem, status = form.problem(), 422
    sides = Delegation.objects.visible_to(actor).filter(event=event)
    team = Party.objects.filter(code=COORDINATION).first() if may_open else None
    context = {
        "talks": list(
            Talk.objects.visible_to(actor)
            .filter(event=event)
            .select_related("side_a__party", "side_b__party")
            .order_by("code")
        ),
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "may_open": may_open,
        "sides": list(sides.select_related("party")) if may_open else [],
        "ours": own_side(event, team) if team else None,
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/talks.html", context, status=status)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One talk: topics, what is agreed, the ledger of offers."""
    return page(request, seen(request, pk))


@login_required
@require_GET
def show_packages(request: SignedInRequest, pk: int) -> HttpResponse:
    """What both could agree to; opening it is in the journal."""
    talk = seen(request, pk)
    actor, at = actor_of(request), clock.time_at(talk.event)
    found = packages(talk, actor=actor, at=at)
    context = {
        "talk": talk,
        "seat": seat_of(actor, talk),
        "event": talk.event,
        "now": clock.local(talk.event, at),
        "title": _("Packages"),
        "found": found,
        **drawn(talk, found),
    }
    return render(request, "desk/talk_packages.html", context)
