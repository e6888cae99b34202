"""What is done at the table: each act answers with the table, or a sentence on it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.talks.commands import issues, offers, talking
from titian.talks.models import Issue, Offer, Option, Talk
from titian.web.desk.acts import ActForm, ReasonForm, refusal_in_words
from titian.web.desk.talks.forms import (
    EnvoyForm,
    OfferForm,
    ProForm,
    TopicsForm,
    WordsForm,
)
from titian.web.desk.talks.page import page, seen
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
)


@login_required
@require_POST
def envoys(request: SignedInRequest, pk: int) -> HttpResponse:
    """A side names one of its people."""
    return _do(request, seen(request, pk), EnvoyForm(request.POST), talking.name_envoys)


@login_required
@require_POST
def topics(request: SignedInRequest, pk: int) -> HttpResponse:
    """Topics are put on the table."""
    return _do(
        request, seen(request, pk), TopicsForm(request.POST), issues.raise_issues
    )


@login_required
@require_POST
def options(request: SignedInRequest, pk: int, issue_id: int) -> HttpResponse:
    """Somebody has an idea; it commits nobody."""
    return _of_issue(request, pk, issue_id, WordsForm(request.POST), issues.invent)


@login_required
@require_POST
def judging(request: SignedInRequest, pk: int, issue_id: int) -> HttpResponse:
    """Inventing ends here."""
    return _of_issue(request, pk, issue_id, ActForm(request.POST), issues.judge)


@login_required
@require_POST
def inventing(request: SignedInRequest, pk: int, issue_id: int) -> HttpResponse:
    """Back to inventing."""
    return _of_issue(request, pk, issue_id, ActForm(request.POST), issues.invent_again)


@login_required
@require_POST
def ground(request: SignedInRequest, pk: int, issue_id: int) -> HttpResponse:
    """What both sides want."""
    return _of_issue(
        request, pk, issue_id, WordsForm(request.POST), issues.state_ground
    )


@login_required
@require_POST
def pros(request: SignedInRequest, pk: int, issue_id: int) -> HttpResponse:
    """What speaks for an option."""
    try:
        return _of_issue(request, pk, issue_id, ProForm(request.POST), issues.speak_for)
    except Option.DoesNotExist as unseen:
        raise Http404 from unseen


@login_required
@require_POST
def offering(request: SignedInRequest, pk: int) -> HttpResponse:
    """An offer, or the answer to one."""
    talk = seen(request, pk)
    form = OfferForm(request.POST, talk.event)

    def put(
        talk_id: int, *, actor: Actor, at: datetime, key: UUID, **_: object
    ) -> None:
        offers.offer(talk_id, form.terms(), actor=actor, at=at, key=key)

    return _do(request, talk, form, put)


@login_required
@require_POST
def acceptance(request: SignedInRequest, pk: int, offer_id: int) -> HttpResponse:
    """Accept it; heard too late, it is said so, and the terms go back as an offer."""
    talk = seen(request, pk)
    made = get_object_or_404(Offer, pk=offer_id, talk=talk)
    form = ActForm(request.POST)
    if not form.is_valid():
        return page(request, talk, problem=form.problem(), status=422)
    at = clock.time_at(talk.event)
    came: list[Offer] = []
    act = partial(
        offers.accept,
        made.pk,
        actor=form.actor(actor_of(request)),
        at=at,
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(lambda: came.append(act()))
    if came and came[0].pk != made.pk:
        problem, status = _too_late(made, came[0]), 409
    return _answer(request, talk, problem, status)


@login_required
@require_POST
def withdrawal(request: SignedInRequest, pk: int, offer_id: int) -> HttpResponse:
    """Take one's own offer off the table."""
    talk = seen(request, pk)
    made = get_object_or_404(Offer, pk=offer_id, talk=talk)
    return _do(request, talk, ActForm(request.POST), offers.withdraw, made.pk)


@login_required
@require_POST
def leaving(request: SignedInRequest, pk: int) -> HttpResponse:
    """A side walks away."""
    return _do(request, seen(request, pk), ReasonForm(request.POST), talking.walk_away)


@login_required
@require_POST
def returning(request: SignedInRequest, pk: int) -> HttpResponse:
    """A side takes it up again."""
    return _do(request, seen(request, pk), ActForm(request.POST), talking.come_back)


def _of_issue(
    request: SignedInRequest,
    pk: int,
    issue_id: int,
    form: ActForm,
    command: Callable[..., object],
) -> HttpResponse:
    talk = seen(request, pk)
    issue = get_object_or_404(Issue, pk=issue_id, talk=talk)
    return _do(request, talk, form, command, issue.pk)


def _do(
    request: SignedInRequest,
    talk: Talk,
    form: ActForm,
    command: Callable[..., object],
    subject_id: int | None = None,
) -> HttpResponse:
    """Give the command; every refusal is a sentence on the table as it stands now."""
    if not form.is_valid():
        return page(request, talk, problem=form.problem(), status=422)
    actor, at = form.actor(actor_of(request)), clock.time_at(talk.event)
    subject = talk.pk if subject_id is None else subject_id
    act = partial(command, subject, actor=actor, at=at, **form.arguments())
    problem, status = refusal_in_words(act)
    return _answer(request, talk, problem, status)


def _answer(
    request: SignedInRequest, talk: Talk, problem: str, status: int
) -> HttpResponse:
    if not problem:
        return redirect("talk", talk.pk)
    if problem in ("missing", "too long"):
        problem = _("Say it in a few words, and not too many.")
    return page(request, seen(request, talk.pk), problem=problem, status=status)


def _too_late(made: Offer, back: Offer) -> str:
    named = {"number": made.number, "back": back.number}
    return (
        _(
            "Offer %(number)s had lapsed when your acceptance was heard: nothing is "
            "agreed. It is not lost: it lies before the other side as offer %(back)s, "
            "in the same terms."
        )
        % named
    )
