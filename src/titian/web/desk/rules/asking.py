"""A question about the rules, and its answer: articles, or whom we asked."""

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.kernel import clock
from titian.kernel.numbers import row_number
from titian.people.models import Delegation
from titian.rules.commands.advising import question
from titian.rules.models import Advice
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.desk.rules import page
from titian.web.desk.rules.views import listed
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@login_required
@require_POST
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for one delegation what the rules say."""
    event, actor = event_here(request), actor_of(request)
    form = ActForm(request.POST)
    words = request.POST.get("question", "")
    if not form.is_valid():
        return listed(request, problem=form.problem(), asked=words, status=422)
    seen = Delegation.objects.visible_to(actor).filter(event=event)
    wanted = row_number(request.POST.get("delegation", ""))
    if wanted is None:
        problem = _("Say for which delegation you ask.")
        return listed(request, problem=problem, asked=words, status=422)
    delegation = get_object_or_404(seen.distinct(), pk=wanted)
    made: list[Advice] = []

    def act() -> None:
        advice = question(
            delegation.pk,
            words,
            actor=actor,
            at=clock.time_at(event),
            key=form.cleaned_data["key"],
        )
        made.append(advice)

    problem, status = refusal_in_words(act)
    if problem:
        return listed(request, problem=problem, asked=words, status=status)
    return redirect("rule-answer", made[0].pk)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """What answered: every line of it is an article with its authority and days."""
    seen = Advice.objects.visible_to(actor_of(request)).select_related(
        "event", "delegation__party", "ask__owner", "asked_by"
    )
    advice = get_object_or_404(seen, pk=pk)
    context = {
        **page.shown(advice, page.today(advice.event)),
        "event": advice.event,
        "now": page.now(advice.event),
    }
    return render(request, "desk/rule_answer.html", context)
