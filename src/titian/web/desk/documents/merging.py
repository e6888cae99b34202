"""Two parties have merged: first what goes over to the other, then one press."""

from functools import partial
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from titian.kernel import clock
from titian.kernel.numbers import row_number
from titian.people.models import Delegation
from titian.talks.commands import filing
from titian.talks.merging import moving
from titian.talks.policy import may_file
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


class MergerForm(ActForm):
    """Who takes over."""

    heir = forms.IntegerField(
        error_messages={"required": gettext_lazy("Choose the party that takes over.")}
    )


@login_required
@require_http_methods(["GET", "POST"])
def merger(request: SignedInRequest, pk: int) -> HttpResponse:
    """What of the party would go over, to whom; then it does."""
    gone = _gone(request, pk)
    if request.method == "GET":
        chosen = row_number(request.GET.get("heir", ""))
        return _page(request, gone, _heir(request, gone, chosen) if chosen else None)
    form = MergerForm(request.POST)
    if not form.is_valid():
        return _page(request, gone, problem=form.problem(), status=422)
    heir = _heir(request, gone, form.cleaned_data["heir"])
    act = partial(
        filing.take_over,
        gone.pk,
        heir.pk,
        actor=actor_of(request),
        at=clock.time_at(gone.event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        return _page(request, gone, heir, problem=problem, status=status)
    done = _("%(heir)s has taken over the documents and agreements of %(gone)s.")
    messages.success(request, done % {"heir": heir.name, "gone": gone.name})
    return redirect("delegation", heir.pk)


def _page(
    request: SignedInRequest,
    gone: Delegation,
    heir: Delegation | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "event": gone.event,
        "now": clock.local(gone.event, clock.time_at(gone.event)),
        "gone": gone,
        "heir": heir,
        "heirs": _others(request, gone),
        "moving": moving(gone, heir, actor=actor) if heir else None,
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/merger.html", context, status=status)


def _gone(request: SignedInRequest, pk: int) -> Delegation:
    actor = actor_of(request)
    seen = Delegation.objects.visible_to(actor).select_related("event", "party")
    gone = get_object_or_404(seen.distinct(), pk=pk)
    if not may_file(actor, gone.event):
        raise PermissionDenied(
            _("Only protocol or a coordinator says that parties have merged.")
        )
    return gone


def _others(request: SignedInRequest, gone: Delegation) -> list[Delegation]:
    seen = Delegation.objects.visible_to(actor_of(request)).filter(event=gone.event)
    rows = seen.exclude(pk=gone.pk).select_related("party").distinct()
    return sorted(rows, key=lambda one: one.name)


def _heir(request: SignedInRequest, gone: Delegation, pk: int) -> Delegation:
    seen = Delegation.objects.visible_to(actor_of(request)).exclude(pk=gone.pk)
    rows = seen.select_related("party").distinct()
    return get_object_or_404(rows, pk=pk, event=gone.event)
