"""Writing a notice: its words, its rule, and exactly whom that means."""

from collections.abc import Callable
from functools import partial
from textwrap import shorten
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.briefing.audience import BadRule, recipients
from titian.briefing.commands import notices
from titian.briefing.models import Notice
from titian.briefing.policy import may_compose
from titian.briefing.touched import as_it_was
from titian.briefing.wording import Unsaid, Wording
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.bilingual import in_both
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.kernel.policy import require
from titian.places.models import Closure
from titian.web.desk.moments import for_input
from titian.web.desk.notices.forms import (
    PAIRS,
    SHORT,
    WHOLE,
    AudienceForm,
    NoticeForm,
    fields_of,
)
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

SHOWN = 200


@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """A notice from nothing, or from a closure with its alternative."""
    event = event_here(request)
    _require_author(actor_of(request), event)
    number = row_number(request.GET.get("closure", ""))
    initial = {} if number is None else _of_closure(event, number)

    def write(form: NoticeForm, **doing: Any) -> Notice:
        return notices.compose(event.pk, form.composed(), **doing)

    return _written(request, event, initial, write, _("Write a notice"))


@login_required
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft again, or the next version of what was sent."""
    seen = Notice.objects.visible_to(actor_of(request)).select_related("event")
    notice = get_object_or_404(seen, pk=pk)
    _require_author(actor_of(request), notice.event)

    def write(form: NoticeForm, **doing: Any) -> Notice:
        return notices.revise(pk, form.composed(), **doing)

    title = _("Change the draft") if notice.state == "draft" else _("A newer version")
    return _written(request, notice.event, _of_notice(notice), write, title)


@login_required
@require_POST
def audience(request: SignedInRequest) -> HttpResponse:
    """Exactly whom the fields mean now, and why each; a part of the page."""
    event = event_here(request)
    _require_author(actor_of(request), event)
    form = AudienceForm(event, request.POST)
    context: dict[str, object] = {"meant": [], "count": 0, "problem": ""}
    if not form.is_valid():
        context["problem"] = str(next(iter(form.errors.values()))[0])
    elif rule := form.rule():
        try:
            found = recipients(event, rule)
        except BadRule as why:
            context["problem"] = str(why)
        else:
            more = len(found[SHOWN:])
            context |= {"meant": found[:SHOWN], "count": len(found), "more": more}
    return render(request, "desk/notice_recipients.html", context)


def _written(
    request: SignedInRequest,
    event: Event,
    initial: dict[str, Any],
    write: Callable[..., Notice],
    title: str,
) -> HttpResponse:
    """The form; sent back with its sentence until it can be kept as a draft."""
    form = NoticeForm(event, request.POST or None, initial=initial)
    problem = ""
    if request.method == "POST" and form.is_valid():
        doing = {"actor": actor_of(request), "at": clock.time_at(event)}
        try:
            notice = write(form, key=form.cleaned_data["key"], **doing)
        except (Unsaid, BadRule) as why:
            problem = str(why)
        else:
            return redirect("notice", notice.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "problem": problem, "title": title, "key": uuid4()}
    context |= {"pairs": _bound(form, PAIRS), "whole": _bound(form, WHOLE)}
    context["picks"] = [form[name] for name in ("delegation", "level", "team")]
    return render(request, "desk/notice_new.html", context, status=status)


def _bound(form: NoticeForm, pairs: Any) -> list[tuple[Any, Any]]:
    """Each pair of fields, Indonesian and English side by side."""
    return [(form[f"{name}_id"], form[f"{name}_en"]) for name, _label, _most in pairs]


def _require_author(actor: Actor, event: Event) -> None:
    require(may_compose(actor, event), _("Only a coordinator writes notices."))


def _of_closure(event: Event, pk: int) -> dict[str, Any]:
    """What a closure says already: how it was, what, why, what instead; and whom."""
    closure = get_object_or_404(Closure, pk=pk, event=event)
    words = {
        f"{new_}_{language}": getattr(closure, f"{old}_{language}")
        for new_, old in (("new", "what"), ("reason", "reason"), ("instead", "instead"))
        for language in ("en", "id")
    }
    old_en, old_id = in_both(partial(as_it_was, closure))
    where = {"place": closure.place_id} if closure.place_id else {"area": closure.area}
    return {
        **words,
        **where,
        "old_en": shorten(old_en, SHORT, placeholder="…"),
        "old_id": shorten(old_id, SHORT, placeholder="…"),
        "title_en": closure.where,
        "title_id": closure.where,
        "role": ["officer", "focal_point"],
        "from": for_input(closure.starts_at, event),
        "to": for_input(closure.ends_at, event),
        "closure": closure.pk,
        "is_exercise": closure.is_exercise,
    }


def _of_notice(notice: Notice) -> dict[str, Any]:
    """The words and the rule as they stand."""
    rule = fields_of(notice.audience)
    hours: dict[str, Any] = {
        name: for_input(rule[name], notice.event)
        for name in ("from", "to")
        if name in rule
    }
    return {
        **{name: getattr(notice, name) for name in Wording.__dataclass_fields__},
        **rule,
        **hours,
        "silence_minutes": notice.silence_minutes,
        "closure": notice.closure_id,
        "is_exercise": notice.is_exercise,
    }
