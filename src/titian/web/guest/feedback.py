"""How was it? The guest's two taps."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.kernel.journal import KeyReused
from titian.kernel.numbers import row_number
from titian.loop.commands import feedback
from titian.people.models import GuestLink
from titian.web.desk.asks.forms import ActForm
from titian.web.guest.page import actor_of
from titian.web.guest.views import behind_link, drawn, late
from titian.web.http import HttpRequest, HttpResponse, redirect


@require_POST
@behind_link
def say(request: HttpRequest, link: GuestLink, token: str) -> HttpResponse:
    """One word about one thing; thanked for, and looked after if it is unhappy."""
    form = ActForm(request.POST)
    try:
        feedback.give(
            link.delegation_id,
            request.POST.get("about", ""),
            request.POST.get("word", ""),
            subject_id=row_number(request.POST.get("subject", "")),
            words=request.POST.get("words", "")[:300],
            actor=actor_of(link),
            at=clock.time_at(link.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except KeyReused:
        return late(request, link, token)
    except ValueError as why:
        return drawn(request, link, token, problem=str(why), status=422)
    messages.success(request, _("Thank you. We read every word."))
    return redirect("guest", token)
