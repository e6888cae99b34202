"""The way in."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.commands import set_clock
from titian.kernel.models import Event
from titian.kernel.sealing import marks
from titian.people.commands.links import make_link
from titian.people.models import Delegation, GuestLink, Officer, Person, Seat
from titian.people.queries import link_of
from titian.web.door.roles import coordinator_of, role_named, roles_of
from titian.web.events import event_of, events_of
from titian.web.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

FASTEST = 3600
BACKEND = "titian.web.accounts.ByName"


@require_GET
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Whether the house answers, and whether its database does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse(
        {"status": "ok", "version": settings.VERSION, "database": connection.vendor}
    )


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Everybody to the page of their work."""
    if not request.user.is_authenticated:
        return redirect("demo" if settings.DEMO else "account_login")
    person = getattr(request.user, "person", None)
    event = event_of(request)
    if person is None or event is None:
        return render(request, "door/nowhere.html", status=403)
    return redirect(_first_page(person, event))


def _first_page(person: Person, event: Event) -> str:
    seats = set(
        Seat.objects.filter(person=person, event=event).values_list("role", flat=True)
    )
    if seats & {Seat.Role.COORDINATOR, Seat.Role.AUDITOR}:
        return "room"
    if Seat.Role.SPOKESPERSON in seats:
        return "press"
    if seats:
        return "asks"
    if Officer.objects.filter(person=person, event=event).exists():
        return "field"
    return "asks"


def _demo_event() -> Event:
    """The demo's event; demo mode never opens one that runs on the real clock."""
    event = Event.objects.order_by("pk").first()
    if not settings.DEMO or event is None:
        raise Http404
    if Event.objects.filter(clock_set_at=None).exists():
        raise Http404
    return event


def demo(request: HttpRequest) -> HttpResponse:
    """Choose whose eyes to look through; only in a demo, only at a rehearsal."""
    event = _demo_event()
    context = {"demo_event": event, "roles": roles_of(event)}
    return render(request, "door/demo.html", context)


@require_POST
def enter(request: HttpRequest, name: str) -> HttpResponse:
    """Sign in as the role, or open the guest's link."""
    event = _demo_event()
    role = role_named(event, name)
    if role is None:
        raise Http404
    if role.delegation is not None:
        return redirect("guest", _token_of(role.person, role.delegation))
    login(request, role.user, backend=BACKEND)
    request.session["event"] = event.pk
    return redirect("home")


def _token_of(person: Person, delegation: Delegation) -> str:
    """The token of the demo's own link for her: the one in force, or a new one."""
    links = GuestLink.objects.filter(person=person, delegation=delegation)
    over = Q(revoked_at__isnull=False) | Q(expires_at__lte=clock.real_time())
    gone = links.filter(over).count()
    token = marks(f"demo {delegation.pk} {person.pk} {gone}")[0]
    try:
        link_of(token)
    except GuestLink.DoesNotExist:
        at = clock.time_at(delegation.event)
        actor = coordinator_of(delegation.event)
        make_link(person.pk, delegation.pk, token=token, actor=actor, at=at)
    return token


@login_required
@require_POST
def change_clock(request: SignedInRequest) -> HttpResponse:
    """Pause the rehearsal clock, or let it run."""
    event = event_of(request)
    if event is None:
        raise Http404
    try:
        speed, key = float(request.POST["speed"]), UUID(request.POST["key"])
    except (KeyError, ValueError):
        speed, key = -1.0, None
    if not 0 <= speed <= FASTEST:  # what is no number is refused here too
        return HttpResponse(_("Give a speed, such as 0, 1 or 4."), status=422)
    if not event.is_rehearsal:
        return HttpResponse(_("This event runs on the real clock."), status=409)
    at = clock.time_at(event)
    set_clock(event.pk, reads=at, speed=speed, actor=actor_of(request), at=at, key=key)
    return redirect(_page_before(request))


def _page_before(request: HttpRequest) -> str:
    """The page of ours that the reader was on; a foreign one is not followed."""
    before = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(
        before, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return before if is_ours else "home"


@login_required
@require_POST
def choose_event(request: SignedInRequest, code: str) -> HttpResponse:
    """Go to another event one has a part in."""
    mine = events_of(actor_of(request).person_id)
    event = get_object_or_404(mine, code=code)
    request.session["event"] = event.pk
    messages.success(request, _("You are now at %(event)s.") % {"event": event.name})
    return redirect("home")
