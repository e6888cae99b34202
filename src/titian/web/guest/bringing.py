"""The guests declare what they bring that needs leave, or leave it at home."""

from collections.abc import Callable

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.people.models import GuestLink
from titian.rules.commands.permits import NotDeclared, declare, withdraw
from titian.rules.models import Permit
from titian.web.desk.asks.forms import ActForm
from titian.web.desk.permits.forms import DeclareForm
from titian.web.guest.page import actor_of
from titian.web.guest.views import behind_link, drawn, late
from titian.web.http import (
    HttpRequest,
    HttpResponse,
    get_object_or_404,
    redirect,
)


@require_POST
@behind_link
def say(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """The guests declare something; the team it concerns has it from now on."""
    form = DeclareForm(request.POST)
    if not form.is_valid():
        return drawn(request, link, token, problem=form.problem(), status=422)

    def act() -> None:
        declare(
            link.delegation_id,
            form.declared(),
            actor=actor_of(link),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"],
        )

    return _done(request, link, token, act)


@require_POST
@behind_link
def leave_at_home(
    request: HttpRequest, link: GuestLink, token: str, pk: int
) -> HttpResponse:
    """It is not brought along after all."""
    own = Permit.objects.visible_to(actor_of(link))
    permit = get_object_or_404(own, pk=pk, delegation=link.delegation_id)
    form = ActForm(request.POST)
    key = form.cleaned_data["key"] if form.is_valid() else None

    def act() -> None:
        at = clock.time_at(link.event)
        withdraw(permit.pk, actor=actor_of(link), at=at, key=key)

    return _done(request, link, token, act)


def _done(
    request: HttpRequest, link: GuestLink, token: str, act: Callable[[], None]
) -> HttpResponse:
    try:
        act()
    except (IllegalMove, KeyReused):
        return late(request, link, token)
    except NotDeclared as why:
        return drawn(request, link, token, problem=str(why), status=422)
    messages.success(request, _("We have noted it. How it stands is read here."))
    return redirect("guest", token)
