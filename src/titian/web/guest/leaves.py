"""The guest says whether her next hosts may read how this event went."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.kernel.journal import KeyReused
from titian.people.commands.carrying import give_leave, take_leave_back
from titian.people.models import GuestLink
from titian.web.desk.acts import ActForm
from titian.web.guest.page import actor_of
from titian.web.guest.views import behind_link, drawn, late
from titian.web.http import HttpRequest, HttpResponse, redirect


@require_POST
@behind_link
def say(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """Leave given, or taken back."""
    form = ActForm(request.POST)
    if not form.is_valid():
        return drawn(request, link, token, problem=form.problem(), status=422)
    is_given = request.POST.get("word") == "give"
    act = give_leave if is_given else take_leave_back
    try:
        act(
            link.delegation_id,
            actor=actor_of(link),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"],
        )
    except KeyReused:
        return late(request, link, token)
    if is_given:
        messages.success(request, _("Thank you. Your next hosts will know."))
    else:
        messages.success(request, _("Nobody will read it any more."))
    return redirect("guest", token)
