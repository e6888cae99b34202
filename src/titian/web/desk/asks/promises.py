"""Promises from the thread of a request, and how they end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.loop.commands import promises
from titian.loop.models import Ask, Promise
from titian.web.desk.asks.forms import ActForm
from titian.web.desk.moments import moment_from
from titian.web.desk.people.views import delegation_page
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
)
from titian.web.late import late_shows


def promise_along(request: SignedInRequest, ask: Ask, form: ActForm) -> None:
    """What an answer promises becomes a promise with owner and hour, if it has one.

    Raises ``ValueError`` with a sentence for an hour that cannot be read, and what
    ``promises.promise`` raises.
    """
    if not request.POST.get("promise_due"):
        return
    due, problem = moment_from(request.POST["promise_due"], ask.event)
    if due is None:
        raise ValueError(problem)
    promises.promise(
        ask.asked_by_id,
        request.POST.get("promise_words") or request.POST.get("words", ""),
        direction=Promise.Direction.OURS,
        owner_team_id=ask.owner_id,
        due_at=due,
        ask_id=ask.pk,
        actor=actor_of(request),
        at=clock.time_at(ask.event),
        key=form.along(),
    )


def _page(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Promise.objects.visible_to(actor_of(request))
    return delegation_page(request, get_object_or_404(seen, pk=pk).delegation_id)


@late_shows(_page)
@login_required
@require_POST
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """A promise kept, or broken with a word about it."""
    promise = get_object_or_404(Promise.objects.visible_to(actor_of(request)), pk=pk)
    form = ActForm(request.POST)
    at = clock.time_at(promise.event)
    broken = request.POST.get("settled") == "broken"
    if not form.is_valid() or (broken and not request.POST.get("words", "").strip()):
        messages.error(request, _("Say in a few words what went wrong."))
        return redirect("delegation", promise.delegation_id)
    command = promises.break_off if broken else promises.keep
    words, key = request.POST.get("words", ""), form.cleaned_data["key"]
    command(pk, words, actor=actor_of(request), at=at, key=key)
    return redirect("delegation", promise.delegation_id)
