"""What a guest does on her own page: nothing of any other party is behind it."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from titian.briefing.commands import copies
from titian.briefing.models import Copy
from titian.kernel import clock
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.people.commands.links import come_in
from titian.people.models import GuestLink
from titian.people.queries import link_of
from titian.rules.commands.acknowledging import acknowledge
from titian.rules.models import Article
from titian.talks.commands import keeping
from titian.talks.models import Agreement, Deliverable
from titian.web.desk.asks.forms import ActForm
from titian.web.guest import notices, zones
from titian.web.guest.moves import LONGEST, MOVES, said_with
from titian.web.guest.page import actor_of, context_of
from titian.web.guest.remembered import remembered
from titian.web.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    get_object_or_404,
    redirect,
    render,
)

YEAR = timedelta(days=365)


def behind_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its link; expired, revoked and guessed look the same outside."""

    @wraps(view)
    def shown(request: HttpRequest, token: str, **given: Any) -> HttpResponse:
        try:
            link = link_of(token)
        except GuestLink.DoesNotExist:
            return render(request, "guest/closed.html", status=404)
        return view(request, link, token, **given)

    return shown


@require_GET
@never_cache
@ensure_csrf_cookie
@behind_link
def show(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """The page."""

    def draw() -> HttpResponse:
        at = clock.time_at(link.event)
        come_in(link.pk, actor=actor_of(link), at=at)
        notices.note_opened(link, actor=actor_of(link), at=at)
        return drawn(request, link, token)

    variant = (get_language(), zones.chosen(request.COOKIES))
    return remembered(request, link, variant, draw)


@require_POST
@behind_link
def ask(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """Asking for something, in the guest's own words."""
    form = ActForm(request.POST)
    words = request.POST.get("words", "").strip()
    if not form.is_valid() or not words:
        problem = _("Write what you need; a few words are enough.")
        return drawn(request, link, token, problem=problem, status=422)
    asks.ask(
        link.delegation_id,
        words[:LONGEST],
        language=request.POST.get("language", "")[:8],
        channel="link",
        actor=actor_of(link),
        at=clock.time_at(link.event),
        key=form.cleaned_data["key"],
    )
    messages.success(
        request, _("Your LO has it now. You will read here what becomes of it.")
    )
    return redirect("guest", token)


@require_POST
@behind_link
def move(
    request: HttpRequest, link: GuestLink, token: str, pk: int, name: str
) -> HttpResponse:
    """The asking side's word: right or not, kept or not, or no longer wanted."""
    row = get_object_or_404(Ask.objects.visible_to(actor_of(link)), pk=pk)
    form = ActForm(request.POST)
    if name not in MOVES or not form.is_valid():
        raise Http404
    try:
        MOVES[name](
            row.pk,
            **said_with(name, request.POST),
            actor=actor_of(link),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"],
        )
    except (IllegalMove, KeyReused):
        return late(request, link, token)
    except ValueError as why:
        return drawn(request, link, token, problem=str(why), status=422)
    return redirect("guest", token)


@require_POST
@behind_link
def word(request: HttpRequest, link: GuestLink, token: str, pk: int) -> HttpResponse:
    """The delegation's word on a line of an agreement: received, or shown as done."""
    seen = Agreement.objects.visible_to(actor_of(link))
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
            actor=actor_of(link),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except (IllegalMove, KeyReused):
        return late(request, link, token)
    except Forbidden as why:
        return drawn(request, link, token, problem=str(why), status=403)
    except ValueError as why:
        return drawn(request, link, token, problem=str(why), status=422)
    return redirect("guest", token)


@require_POST
@behind_link
def known(request: HttpRequest, link: GuestLink, token: str, pk: int) -> HttpResponse:
    """The guest knows what has changed."""
    own = Copy.objects.visible_to(actor_of(link)).filter(notice__event=link.event)
    copy = get_object_or_404(own, pk=pk)
    form = ActForm(request.POST)
    try:
        copies.acknowledge(
            copy.pk,
            actor=actor_of(link),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except KeyReused:
        return late(request, link, token)
    except IllegalMove as why:
        return drawn(request, link, token, problem=str(why), status=409)
    return redirect("guest", token)


@require_POST
@behind_link
def have_read(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """What has changed is before the guest's eyes; her browser says so by itself."""
    at = clock.time_at(link.event)
    notices.note_read(link, actor=actor_of(link), at=at)
    return redirect("guest", token)


@require_POST
@behind_link
def read(request: HttpRequest, link: GuestLink, token: str, pk: int) -> HttpResponse:
    """The guest has read a rule."""
    form = ActForm(request.POST)
    try:
        acknowledge(
            pk,
            link.delegation_id,
            actor=actor_of(link),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except Article.DoesNotExist:
        raise Http404 from None
    except KeyReused:
        return late(request, link, token)
    return redirect("guest", token)


@require_POST
@behind_link
def zone(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """Her own time beside the event's, kept in her browser; empty is without it."""
    chosen = request.POST.get("zone", "")
    answer = redirect("guest", token)
    if chosen in zones.OFFERED:
        answer.set_cookie(
            zones.COOKIE,
            chosen,
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    else:
        answer.delete_cookie(zones.COOKIE)
    return answer


def drawn(
    request: HttpRequest,
    link: GuestLink,
    token: str,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page as it stands, with what went wrong, if anything did."""
    context = {
        **context_of(link, token),
        "problem": problem,
        "my_zone": zones.chosen(request.COOKIES),
    }
    return render(request, "guest/page.html", context, status=status)


def late(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """Somebody was faster: 409, and how it stands."""
    problem = _("It has moved on since. This is how it stands.")
    return drawn(request, link, token, problem=problem, status=409)
