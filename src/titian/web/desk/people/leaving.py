"""A visit ends early: first all that it undoes, then one press."""

from datetime import datetime
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from titian.foresight.commands.curtailing import curtail
from titian.foresight.visits import rest_of
from titian.kernel import clock
from titian.people.models import Delegation
from titian.people.policy import coordinates
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.moments import moment_from
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


class EarlyForm(ActForm):
    """Why; it is sealed, and nobody else reads it."""

    reason = forms.CharField(
        max_length=2000,
        error_messages={
            "required": gettext_lazy("Say in a few words why; nobody else reads it.")
        },
    )


@login_required
def early(request: SignedInRequest, pk: int) -> HttpResponse:
    """When they leave: what that undoes, with the reason that nobody else reads."""
    row = _delegation(request, pk)
    given = request.POST if request.method == "POST" else request.GET
    if "leaves" not in given:
        return _page(request, row)
    leaves_at, problem = moment_from(given.get("leaves", ""), row.event)
    if leaves_at is None:
        return _page(request, row, problem=problem, status=422)
    if request.method != "POST":
        return _page(request, row, leaves_at)
    form = EarlyForm(request.POST)
    if not form.is_valid():
        return _page(request, row, leaves_at, problem=form.problem(), status=422)
    problem, status = refusal_in_words(
        lambda: curtail(
            row.pk,
            leaves_at,
            form.cleaned_data["reason"],
            actor=actor_of(request),
            at=clock.time_at(row.event),
            key=form.cleaned_data["key"],
        )
    )
    if problem:
        return _page(request, row, leaves_at, problem=problem, status=status)
    messages.success(
        request, _("The visit ends early; all whom it touches are told, and not why.")
    )
    return redirect("delegation", row.pk)


def _page(
    request: SignedInRequest,
    row: Delegation,
    leaves_at: datetime | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.local(row.event, clock.time_at(row.event))
    context = {
        "event": row.event,
        "now": now,
        "delegation": row,
        "leaves": leaves_at or now,
        "rest": rest_of(row, leaves_at) if leaves_at else None,
        "reason": request.POST.get("reason", ""),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/early.html", context, status=status)


def _delegation(request: SignedInRequest, pk: int) -> Delegation:
    actor = actor_of(request)
    seen = Delegation.objects.visible_to(actor).select_related("event", "party")
    row = get_object_or_404(seen.distinct(), pk=pk)
    if not coordinates(actor, row.event):
        raise PermissionDenied(_("Only a coordinator ends a visit early."))
    return row
