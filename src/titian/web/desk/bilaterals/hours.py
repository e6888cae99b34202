"""When one's own delegation can be met: told here, read by nobody else, never why."""

from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.people.models import Delegation
from titian.talks.commands import free_hours
from titian.talks.models import FreeBusy
from titian.talks.policy import acts_for
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.bilaterals.forms import SpanForm
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@login_required
def show(request: SignedInRequest, delegation_id: int) -> HttpResponse:
    """The hours that were told, and a form for more."""
    delegation, problem = _own(request, delegation_id), ""
    form = SpanForm(request.POST or None, delegation.event)
    if request.method == "POST" and form.is_valid():
        act = partial(
            free_hours.tell_hours,
            delegation.pk,
            actor=actor_of(request),
            at=clock.time_at(delegation.event),
            **form.arguments(),
        )
        problem, status = refusal_in_words(act)
        if not problem:
            return redirect("free-hours", delegation.pk)
        return _page(request, delegation, form, problem, status)
    return _page(request, delegation, form, problem, 422 if form.is_bound else 200)


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was told of these hours holds no more."""
    seen = FreeBusy.objects.visible_to(actor_of(request))
    span = get_object_or_404(seen.select_related("delegation__event"), pk=pk)
    form = ActForm(request.POST)
    if form.is_valid():
        free_hours.take_back_hours(
            span.pk,
            actor=actor_of(request),
            at=clock.time_at(span.event),
            key=form.cleaned_data["key"],
        )
    return redirect("free-hours", span.delegation_id)


def _own(request: SignedInRequest, pk: int) -> Delegation:
    """A delegation for which the reader speaks; any other is not there."""
    actor = actor_of(request)
    seen = Delegation.objects.visible_to(actor).select_related("party", "event")
    delegation = get_object_or_404(seen, pk=pk)
    if not acts_for(actor, delegation):
        raise Http404
    return delegation


def _page(
    request: SignedInRequest,
    delegation: Delegation,
    form: SpanForm,
    problem: str,
    status: int,
) -> HttpResponse:
    event = delegation.event
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "delegation": delegation,
        "spans": FreeBusy.objects.visible_to(actor_of(request)).filter(
            delegation=delegation
        ),
        "form": form,
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/free_hours.html", context, status=status)
