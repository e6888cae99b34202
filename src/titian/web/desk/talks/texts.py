"""The one text of a talk: what changed from version to version, clause by clause."""

from functools import partial
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from titian.kernel import clock
from titian.talks.clauses import Change, compared
from titian.talks.commands.texts import lay_text
from titian.talks.models import Talk
from titian.talks.models.text import TextVersion
from titian.talks.policy import seat_of
from titian.web.desk.acts import OLD_PAGE, ActForm, refusal_in_words
from titian.web.desk.talks.page import seen, voices
from titian.web.http import HttpResponse, SignedInRequest, actor_of, redirect, render

LONGEST = 400_000


class TextForm(ActForm):
    """The text, one clause a paragraph, and what is new in it."""

    text = forms.CharField(
        max_length=LONGEST,
        error_messages={"required": _("Write at least one clause.")},
    )
    note = forms.CharField(required=False, max_length=300)
    answers = forms.IntegerField(error_messages={"required": OLD_PAGE})


@login_required
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two versions side by side in one; the last can be written on."""
    talk = seen(request, pk)
    if request.method == "GET":
        return _page(request, talk)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, talk, problem=form.problem(), status=422)
    act = partial(
        lay_text,
        pk,
        actor=form.actor(actor_of(request)),
        at=clock.time_at(talk.event),
        **form.arguments(),
    )
    problem, status = refusal_in_words(act)
    if problem:
        own = form.cleaned_data["text"]
        return _page(request, talk, problem=problem, status=status, own=own)
    return redirect("talk-text", pk)


def _page(
    request: SignedInRequest,
    talk: Talk,
    *,
    problem: str = "",
    status: int = 200,
    own: str = "",
) -> HttpResponse:
    versions = list(talk.texts.select_related("author__party"))
    new = _chosen(versions, request.GET.get("new"), len(versions))
    old = _chosen(versions, request.GET.get("old"), (new.number if new else 1) - 1)
    rows = compared(old.clauses if old else [], new.clauses) if new else []
    seat = seat_of(actor_of(request), talk)
    last = versions[-1] if versions else None
    context = {
        "talk": talk,
        "seat": seat,
        "versions": [(one, _by(talk, one)) for one in reversed(versions)],
        "old": old,
        "new": new,
        "rows": rows,
        "changes": sum(
            row.change not in {Change.SAME, Change.RENUMBERED} for row in rows
        ),
        "last": last,
        "text": own or (last.as_written if last else ""),
        "answers": last.number if last else 0,
        "voices": voices(talk, seat),
        "may_write": talk.state != Talk.State.BROKEN_OFF,
        "problem": problem,
        "key": uuid4(),
        "event": talk.event,
        "now": clock.local(talk.event, clock.time_at(talk.event)),
    }
    return render(request, "desk/talk_text.html", context, status=status)


def _chosen(
    versions: list[TextVersion], asked: str | None, otherwise: int
) -> TextVersion | None:
    """The version with this number; what makes no sense is as if nothing was asked."""
    known = {str(one.number): one for one in versions}
    return known.get(asked or "") or known.get(str(otherwise))


def _by(talk: Talk, one: TextVersion) -> str:
    return talk.delegation(one.side).name if one.side in "ab" else one.author.display
