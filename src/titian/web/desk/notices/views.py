"""Notices: the list, one of them, and what is done to it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.briefing.audience import BadRule
from titian.briefing.commands import cards, copies, notices, preferences
from titian.briefing.models import Copy, Notice
from titian.briefing.queries import cards_said
from titian.briefing.wording import Unsaid
from titian.kernel import clock
from titian.kernel.models import Event
from titian.kernel.telling import hour
from titian.loop.models import Playbook
from titian.people.models import Delegation
from titian.web.desk.acts import ActForm, ReasonForm, refusal_of
from titian.web.desk.notices.forms import CardForm
from titian.web.desk.notices.page import list_context, notice_context
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
    """What the reader has to know; for who keeps the event, how all of it stands."""
    part = "#list" if "HX-Request" in request.headers else ""
    context = list_context(event_here(request), actor_of(request))
    return render(request, f"desk/notices.html{part}", context)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One notice; to open one's own is to have read it."""
    notice = _seen(request, pk)
    actor, at = actor_of(request), clock.time_at(notice.event)
    for copy in notice.copies.filter(person=actor.person_id, read_at=None):
        copies.read(copy.pk, actor=actor, at=at)
    return _page(request, notice)


@login_required
@require_POST
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """It goes, to exactly the people who are meant now."""
    return _do(request, pk, ActForm(request.POST), notices.send)


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """It does not hold, and why."""
    return _do(request, pk, ReasonForm(request.POST), notices.withdraw)


@login_required
@require_POST
def acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    """One tap: it is known."""
    seen = Copy.objects.visible_to(actor_of(request)).select_related("notice__event")
    copy = get_object_or_404(seen, pk=pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _page(request, copy.notice, problem=form.problem(), status=422)
    actor, at = form.actor(actor_of(request)), clock.time_at(copy.event)
    act = partial(copies.acknowledge, pk, actor=actor, at=at, **form.arguments())
    problem, status = refusal_of(act)
    if problem:
        return _page(request, copy.notice, problem=problem, status=status)
    if request.POST.get("next") == "list":
        return redirect("notices")
    return redirect("notice", copy.notice_id)


@login_required
@require_POST
def card(request: SignedInRequest) -> HttpResponse:
    """Approved safety words to the guests of one delegation, at once."""
    event, form = event_here(request), CardForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.problem())
        return redirect("notices")
    seen = Delegation.objects.visible_to(actor_of(request)).filter(event=event)
    delegation = get_object_or_404(seen, pk=form.cleaned_data["delegation"])
    book = get_object_or_404(Playbook, pk=form.cleaned_data["card"], event=event)
    actor, at = actor_of(request), clock.time_at(event)
    key = form.cleaned_data["key"]
    before = cards_said(event, [delegation.pk]).get((book.pk, delegation.pk))
    if before is not None and before.sent_at and not form.cleaned_data["again"]:
        messages.warning(request, _said_before(event, delegation, before.sent_at))
        return redirect("notices")
    try:
        sent = cards.send_card(delegation.pk, book.pk, actor=actor, at=at, key=key)
    except cards.NoCard as why:
        messages.error(request, str(why))
        return redirect("notices")
    return redirect("notice", sent.pk)


def _said_before(event: Event, delegation: Delegation, at: datetime) -> str:
    return _(
        "%(name)s had these words at %(time)s. To send them once more, tick the box."
    ) % {"name": delegation.name, "time": hour(event, at)}


@login_required
@require_POST
def prefer(request: SignedInRequest) -> HttpResponse:
    """By which channel the reader wants to be reached first."""
    event, actor = event_here(request), actor_of(request)
    form, chosen = ActForm(request.POST), request.POST.get("channel", "")
    if form.is_valid() and actor.person_id is not None:
        at, key = clock.time_at(event), form.cleaned_data["key"]
        with suppress(preferences.Unknown):
            preferences.prefer(actor.person_id, [chosen], actor=actor, at=at, key=key)
            messages.success(request, _("From now on you are reached that way first."))
    return redirect("notices")


def _do(
    request: SignedInRequest, pk: int, form: ActForm, command: Callable[..., Notice]
) -> HttpResponse:
    """Give the command; every refusal is a sentence on the page as it stands now."""
    notice = _seen(request, pk)
    if not form.is_valid():
        return _page(request, notice, problem=form.problem(), status=422)
    at = clock.time_at(notice.event)
    act = partial(command, pk, actor=actor_of(request), at=at, **form.arguments())
    try:
        problem, status = refusal_of(act)
    except (notices.Nobody, Unsaid, BadRule) as why:
        problem, status = str(why), 422
    if problem:
        return _page(request, _seen(request, pk), problem=problem, status=status)
    return redirect("notice", pk)


def _seen(request: SignedInRequest, pk: int) -> Notice:
    seen = Notice.objects.visible_to(actor_of(request))
    return get_object_or_404(seen.select_related("event", "composed_by"), pk=pk)


def _page(
    request: SignedInRequest, notice: Notice, *, problem: str = "", status: int = 200
) -> HttpResponse:
    silent = request.GET.get("only") == "silent"
    context = notice_context(notice, actor_of(request), silent=silent)
    part = "#one" if "HX-Request" in request.headers else ""
    context |= {"problem": problem}
    return render(request, f"desk/notice.html{part}", context, status=status)
