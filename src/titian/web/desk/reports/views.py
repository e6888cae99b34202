"""Reports: which there are to write, one of them, and its paper."""

from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from titian.exchange.reports.keeping import (
    LANGUAGES,
    WORDS_AT_MOST,
    keep_report,
    last_kept,
    printed,
    words_before,
)
from titian.exchange.reports.kinds import BUILDERS, KINDS, Report, report
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Delegation, Officer
from titian.talks.models import Agreement, Paper
from titian.talks.policy import may_file
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.events import event_here
from titian.web.http import (
    FileResponse,
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    redirect,
    render,
)

TOO_LONG = _("Write at most 4,000 characters in one part.")


class WordsForm(ActForm):
    """The words of each part; numbers are in no field."""

    def __init__(self, data: Any, about: Report) -> None:
        super().__init__(data)
        for part in about.parts:
            self.fields[part.key] = forms.CharField(
                required=False,
                max_length=WORDS_AT_MOST,
                error_messages={"max_length": TOO_LONG},
            )

    def words(self) -> dict[str, str]:
        """What was written in each part."""
        acts = {"key", "word_of", "means"}
        return {n: str(v) for n, v in self.cleaned_data.items() if n not in acts}


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """The reports the reader may write, and those that are kept."""
    event, actor = event_here(request), actor_of(request)
    kept = Paper.objects.visible_to(actor).filter(event=event, kind=Paper.Kind.REPORT)
    context = {
        "groups": _offered(event, actor),
        "kept": list(kept.order_by("-filed_on", "-pk")[:50]),
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
    }
    return render(request, "desk/reports.html", context)


@login_required
def show(request: SignedInRequest, kind: str, subject_id: int) -> HttpResponse:
    """One report with its numbers; the words round them are kept with them."""
    about, language = _found(request, kind, subject_id)
    if request.method != "POST":
        return _page(request, about, language)
    event, form = event_here(request), WordsForm(request.POST, about)
    if not form.is_valid():
        words = {part.key: request.POST.get(part.key, "") for part in about.parts}
        problem = form.problem()
        return _page(request, about, language, problem=problem, words=words, status=422)
    kept: list[Paper] = []
    act = partial(
        keep_report,
        about,
        form.words(),
        language,
        event,
        actor=actor_of(request),
        at=clock.time_at(event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(lambda: kept.append(act()))
    if problem:
        said = form.words()
        return _page(
            request, about, language, problem=problem, words=said, status=status
        )
    return redirect("document", kept[0].ref)


@login_required
@require_GET
def paper(
    request: SignedInRequest, kind: str, subject_id: int, language: str
) -> FileResponse:
    """The report on paper, with the words that were kept last."""
    if language not in LANGUAGES:
        raise Http404
    about, _language = _found(request, kind, subject_id, language)
    event, actor = event_here(request), actor_of(request)
    words = words_before(last_kept(about, language, event, actor=actor))
    with override(language):
        content = printed(about, words, language)
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=f"{kind}-{language}.pdf",
        content_type="application/pdf",
    )


def _found(
    request: SignedInRequest, kind: str, subject_id: int, language: str = ""
) -> tuple[Report, str]:
    """The report in its language; 404 for what the reader may not write."""
    asked = language or request.GET.get("in", "")
    spoken = asked if asked in LANGUAGES else request.LANGUAGE_CODE[:2]
    if kind not in BUILDERS:
        raise Http404
    with override(spoken):
        about = report(kind, subject_id, event_here(request), actor=actor_of(request))
    if about is None:
        raise Http404
    return about, spoken


def _page(
    request: SignedInRequest,
    about: Report,
    language: str,
    *,
    problem: str = "",
    words: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    event, actor = event_here(request), actor_of(request)
    kept = last_kept(about, language, event, actor=actor)
    said = words if words is not None else words_before(kept)
    context = {
        "about": about,
        "language": language,
        "other": "en" if language == "id" else "id",
        "parts": [(part, said.get(part.key, "")) for part in about.parts],
        "kept": kept,
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "key": uuid4(),
        "problem": problem,
    }
    return render(request, "desk/report.html", context, status=status)


def _offered(
    event: Event, actor: Actor
) -> list[tuple[str, str, list[tuple[int, str]]]]:
    """Each kind with its subjects, as pairs of id and name."""
    keeps = may_file(actor, event)
    sides = Delegation.objects.filter(event=event).select_related("party")
    officers = Officer.objects.filter(event=event).select_related("person")
    papers = Agreement.objects.visible_to(actor).filter(event=event)
    if not keeps:
        sides = sides.filter(
            assignments__officer__person=actor.person_id,
            assignments__relieved_at=None,
        ).distinct()
        officers = officers.filter(person=actor.person_id)
        papers = papers.filter(delegation__in=sides)
    offered = {
        "agreements": [(0, event.name)] if keeps else [],
        "fulfilment": [(a.pk, f"{a.code} {a.title}") for a in papers.order_by("code")],
        "delegation": [(one.pk, one.name) for one in sides.order_by("party__code")],
        "officer": [(o.pk, o.person.display) for o in officers.order_by("code")],
    }
    return [(k, str(KINDS[k]), rows) for k, rows in offered.items() if rows]
