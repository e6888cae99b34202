"""Statements: written, held against the key messages, let out, taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from titian.briefing.commands import statements
from titian.briefing.models import Statement
from titian.briefing.policy import is_at_the_press_desk
from titian.kernel import clock
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.web.desk.acts import ActForm, ReasonForm, refusal_of
from titian.web.desk.press.forms import ClearanceForm, EmbargoForm, StatementForm
from titian.web.desk.press.page import statement_context
from titian.web.desk.press.views import press_event
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """A draft from nothing."""
    event = press_event(request)

    def write(form: StatementForm, **doing: Any) -> Statement:
        return statements.draft(event.pk, form.draft(), **doing)

    return _written(request, event, {}, write, _("Write a statement"))


@login_required
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Other words: it must be cleared again."""
    statement = _seen(request, pk)

    def write(form: StatementForm, **doing: Any) -> Statement:
        return statements.revise(pk, form.draft(), **doing)

    names = statements.Draft.__dataclass_fields__
    initial = {name: getattr(statement, name) for name in names}
    return _written(request, statement.event, initial, write, _("Change the words"))


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One statement."""
    return _page(request, _seen(request, pk))


@login_required
@require_POST
def clear(request: SignedInRequest, pk: int) -> HttpResponse:
    """A spokesperson stands for the words."""
    statement = _seen(request, pk)
    form = ClearanceForm(statements.key_messages(statement.event), request.POST)
    if not form.is_valid():
        return _page(request, statement, problem=form.problem(), status=422)
    key = form.cleaned_data["key"]
    act = partial(statements.clear, pk, form.found(), key=key)
    return _do(request, statement, act)


@login_required
@require_POST
def embargo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Held back until its hour."""
    statement = _seen(request, pk)
    return _given(
        request, statement, EmbargoForm(statement.event, request.POST), "embargo"
    )


@login_required
@require_POST
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """Out, now."""
    return _given(request, _seen(request, pk), ActForm(request.POST), "release")


@login_required
@require_POST
def recall(request: SignedInRequest, pk: int) -> HttpResponse:
    """It does not hold, and why."""
    return _given(request, _seen(request, pk), ReasonForm(request.POST), "recall")


COMMANDS: dict[str, Callable[..., Statement]] = {
    "embargo": statements.embargo,
    "release": statements.release,
    "recall": statements.recall,
}


def _given(
    request: SignedInRequest, statement: Statement, form: ActForm, name: str
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, statement, problem=form.problem(), status=422)
    act = partial(COMMANDS[name], statement.pk, **form.arguments())
    return _do(request, statement, act)


def _do(
    request: SignedInRequest, statement: Statement, act: Callable[..., object]
) -> HttpResponse:
    """Do it; every refusal is a sentence on the page as it stands now."""
    doing = {"actor": actor_of(request), "at": clock.time_at(statement.event)}
    try:
        problem, status = refusal_of(partial(act, **doing))
    except statements.NotCleared as why:
        problem, status = str(why), 422
    if problem:
        now = _seen(request, statement.pk)
        return _page(request, now, problem=problem, status=status)
    return redirect("statement", statement.pk)


def _written(
    request: SignedInRequest,
    event: Event,
    initial: dict[str, Any],
    write: Callable[..., Statement],
    title: str,
) -> HttpResponse:
    actor = actor_of(request)
    right = is_at_the_press_desk(actor, event)
    require(right, _("Only the press desk does this."))
    form, problem = StatementForm(request.POST or None, initial=initial), ""
    if request.method == "POST" and form.is_valid():
        doing = {"actor": actor, "at": clock.time_at(event)}
        try:
            made = write(form, key=form.cleaned_data["key"], **doing)
        except statements.NotCleared as why:
            problem = str(why)
        else:
            return redirect("statement", made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "problem": problem, "title": title, "key": uuid4()}
    return render(request, "desk/statement_new.html", context, status=status)


def _seen(request: SignedInRequest, pk: int) -> Statement:
    rows = Statement.objects.visible_to(actor_of(request)).select_related(
        "event", "drafted_by", "cleared_by", "released_by", "incident__ask"
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: SignedInRequest,
    statement: Statement,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {**statement_context(statement, actor_of(request)), "problem": problem}
    part = "#one" if "HX-Request" in request.headers else ""
    return render(request, f"desk/statement.html{part}", context, status=status)
