"""Of which kind a party is: a choice that changes words and defaults, nothing else."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.people.commands.parties import change_kind
from titian.people.models import Delegation
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.people.views import delegation_page
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
)
from titian.web.late import late_shows


@late_shows(delegation_page)
@login_required
@require_POST
def kind(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that the party is of another kind."""
    actor, form = actor_of(request), ActForm(request.POST)
    seen = Delegation.objects.visible_to(actor).select_related("event").distinct()
    row = get_object_or_404(seen, pk=pk)
    problem, status = _("Send the form again."), 422
    if form.is_valid():
        at, chosen = clock.time_at(row.event), request.POST.get("kind", "")
        act = partial(change_kind, pk, chosen, actor=actor, at=at)
        problem, status = refusal_in_words(partial(act, key=form.cleaned_data["key"]))
    if problem:
        messages.error(request, problem)
        page = delegation_page(request, pk)
        page.status_code = status
        return page
    messages.success(request, _("Its pages speak in the words of its kind now."))
    return redirect("delegation", pk)
