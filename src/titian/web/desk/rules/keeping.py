"""What a keeper does with an article: amend, replace, retire, review."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.rules.commands import keeping
from titian.rules.models import Article
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.rules.forms import DayForm, SuccessorForm, WordingForm
from titian.web.desk.rules.views import one, readable_one
from titian.web.events import event_here
from titian.web.http import HttpResponse, SignedInRequest, actor_of, redirect


@login_required
@require_POST
def amend_it(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct how it is written."""
    form = WordingForm(request.POST)
    return _do(request, pk, form, keeping.amend, lambda: form.wording())


@login_required
@require_POST
def replace_it(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put another article in its place from a day on."""
    form = SuccessorForm(request.POST)
    return _do(request, pk, form, keeping.replace, lambda: form.successor())


@login_required
@require_POST
def retire_it(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which day is its last."""
    form = DayForm(request.POST, prefix="last")
    return _do(request, pk, form, keeping.retire, lambda: form.cleaned_data["day"])


@login_required
@require_POST
def review_it(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that it was read again, and when it is next."""
    form = DayForm(request.POST, prefix="review")
    return _do(request, pk, form, keeping.review, lambda: form.cleaned_data["day"])


def _do(
    request: SignedInRequest,
    pk: int,
    form: ActForm,
    command: Callable[..., Article],
    said: Callable[[], Any],
) -> HttpResponse:
    """Give the command; a refusal is a sentence on the page as it stands now."""
    event = event_here(request)
    readable_one(actor_of(request), event, pk)
    if not form.is_valid():
        return one(request, pk, problem=form.problem(), status=422)
    made: list[Article] = []

    def act() -> None:
        article = command(
            pk,
            event.pk,
            said(),
            actor=actor_of(request),
            at=clock.time_at(event),
            key=form.cleaned_data["key"],
        )
        made.append(article)

    problem, status = refusal_in_words(act)
    if problem:
        return one(request, pk, problem=problem, status=status)
    return redirect("rule", made[0].pk)
