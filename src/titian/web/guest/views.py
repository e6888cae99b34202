"""A guest's own page: nothing of any other party is behind it."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.db.models import Q
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.actor import Actor, Kind, Proof
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.logistics.models import Journey, Stay, Vehicle
from titian.loop.commands import asks
from titian.loop.models import Ask, Promise
from titian.people.commands.opening import open_reach
from titian.people.models import Assignment, Delegation, GuestLink
from titian.people.queries import by_link, link_of, shown_officers
from titian.programme.models import Activity
from titian.rules.commands.acknowledging import acknowledge
from titian.rules.models import Article
from titian.rules.queries import for_guest
from titian.talks.commands import keeping
from titian.talks.models import Agreement, Deliverable
from titian.web.desk.asks.forms import ActForm
from titian.web.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    get_object_or_404,
    redirect,
    render,
)

MOVES = {"close": asks.close, "confirm": asks.confirm, "withdraw": asks.withdraw}


@require_GET
@never_cache
@ensure_csrf_cookie
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The page."""
    return render(request, "guest/page.html", _context(_link(token), token))


@require_POST
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """Asking for something, in the guest's own words."""
    link = _link(token)
    form = ActForm(request.POST)
    words = request.POST.get("words", "").strip()
    if not form.is_valid() or not words:
        context = _context(link, token)
        context |= {"problem": _("Write what you need; a few words are enough.")}
        return render(request, "guest/page.html", context, status=422)
    asks.ask(
        link.delegation_id,
        words[:4000],
        language=request.POST.get("language", "")[:8],
        channel="link",
        actor=by_link(token),
        at=clock.time_at(link.event),
        key=form.cleaned_data["key"],
    )
    messages.success(
        request, _("Your LO has it now. You will read here what becomes of it.")
    )
    return redirect("guest", token)


@require_POST
def move(request: HttpRequest, token: str, pk: int, name: str) -> HttpResponse:
    """What the asking side says: it is right, it is kept, it is wanted no more."""
    link = _link(token)
    row = get_object_or_404(Ask.objects.visible_to(by_link(token)), pk=pk)
    form = ActForm(request.POST)
    if name not in MOVES or not form.is_valid():
        raise Http404
    try:
        MOVES[name](
            row.pk,
            actor=by_link(token),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"],
        )
    except IllegalMove:
        messages.warning(request, _("It has moved on since. This is how it stands."))
    return redirect("guest", token)


@require_POST
def word(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The delegation's word on a line of an agreement: received, or shown as done."""
    link = _link(token)
    seen = Agreement.objects.visible_to(by_link(token))
    line = get_object_or_404(Deliverable, pk=pk, agreement__in=seen)
    form = ActForm(request.POST)
    command = (
        keeping.accept if request.POST.get("word") == "accept" else keeping.deliver
    )
    given = (
        {} if command is keeping.accept else {"words": request.POST.get("words", "")}
    )
    try:
        command(
            line.pk,
            **given,
            actor=by_link(token),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except (IllegalMove, Forbidden, ValueError) as why:
        messages.warning(request, str(why))
    return redirect("guest", token)


@require_POST
def read(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """The guest has read a rule."""
    link = _link(token)
    form = ActForm(request.POST)
    try:
        acknowledge(
            pk,
            link.delegation_id,
            actor=by_link(token),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except Article.DoesNotExist:
        raise Http404 from None
    return redirect("guest", token)


def _link(token: str) -> GuestLink:
    """Expired, revoked and guessed look the same from outside."""
    try:
        return link_of(token)
    except GuestLink.DoesNotExist:
        raise Http404 from None


def _context(link: GuestLink, token: str) -> dict[str, object]:
    delegation, event, actor = link.delegation, link.delegation.event, _actor(link)
    at = clock.time_at(event)
    now = clock.local(event, at)
    open_states = [s for s in Ask.State if s != Ask.State.WITHDRAWN]
    mine = Ask.objects.visible_to(actor).filter(event=event, state__in=open_states)
    return {
        "token": token,
        "link": link,
        "person": link.person,
        "delegation": delegation,
        "event": event,
        "now": now,
        "cursor": Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
        or 0,
        "days": _days(delegation, link, now),
        "officers": _officers(delegation, actor, at),
        "journeys": Journey.objects.visible_to(actor)
        .filter(delegation=delegation)
        .select_related("airport", "hotel"),
        "stays": Stay.objects.visible_to(actor)
        .filter(delegation=delegation)
        .select_related("place"),
        "cars": Vehicle.objects.filter(delegation=delegation).select_related("driver"),
        "asks": mine.select_related("owner", "holder").order_by("-pk")[:30],
        "promises": Promise.objects.visible_to(actor)
        .filter(delegation=delegation)
        .order_by("due_at"),
        "agreements": Agreement.objects.visible_to(actor)
        .filter(event=event)
        .prefetch_related("lines"),
        "rules": for_guest(delegation, now.date(), person_id=link.person_id),
        "key": uuid4(),
    }


def _officers(delegation: Delegation, actor: Actor, at: datetime) -> list[Assignment]:
    """With a number to call, for whom both the host and the officer have agreed."""
    held = shown_officers(delegation)
    people = [one.officer.person for one in held]
    open_reach(people, delegation, actor=actor, at=at)
    return held


def _days(
    delegation: Delegation, link: GuestLink, now: datetime
) -> dict[str, list[Activity]]:
    """What is still to come, day by day; private items of one's own side too."""
    seen = Activity.objects.visible_to(_actor(link)).filter(
        event=delegation.event, ends_at__gte=now
    )
    of_this_one = delegation.activities.values("pk")
    rows = (
        seen.exclude(state=Activity.State.CANCELLED)
        .filter(Q(pk__in=of_this_one) | Q(is_for_all=True))
        .select_related("place")
        .order_by("starts_at", "pk")
    )
    days: dict[str, list[Activity]] = {}
    for row in rows[:60]:
        local = clock.local(delegation.event, row.begins)
        days.setdefault(local.date().isoformat(), []).append(row)
    return days


def _actor(link: GuestLink) -> Actor:
    return Actor(Kind.LINK, Proof.LINK_TOKEN, link.person_id)
