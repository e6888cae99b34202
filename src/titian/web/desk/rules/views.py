"""The rules of both sides: the list a reader may read, and one of them."""

from datetime import date
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.numbers import row_number
from titian.people.policy import coordinates, keeps_any_seat
from titian.rules.models import Acknowledgement, Advice, Article, Permit
from titian.rules.naming import subject_name
from titian.rules.policy import may_keep
from titian.rules.queries import Told, disagreements, for_officer
from titian.web.desk.rooms import is_officer
from titian.web.desk.rules import page
from titian.web.desk.rules.forms import forms_for
from titian.web.events import event_here
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    render,
)

RECENT = 8


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """What the reader may read: all at the hosts' table; an LO, what applies."""
    return listed(request)


def listed(
    request: SignedInRequest, *, problem: str = "", asked: str = "", status: int = 200
) -> HttpResponse:
    """The same, with what was wrong with a question, if anything was."""
    event, actor = event_here(request), actor_of(request)
    works = actor.person_id and is_officer(actor.person_id, event)
    if not works and not keeps_any_seat(actor, event):
        raise PermissionDenied(_("These pages are the hosts'."))
    on = page.today(event)
    delegations = page.own_delegations(actor, event)
    wanted = row_number(request.GET.get("for", ""))
    chosen = next((one for one in delegations if one.pk == wanted), None)
    told: list[Told | Article] = (
        list(for_officer(chosen, on)) if chosen else page.readable(actor, event)
    )
    advice = Advice.objects.visible_to(actor).filter(event=event)
    context = {
        "event": event,
        "now": page.now(event),
        "groups": page.grouped(page.row_of(one, on) for one in told),
        "delegations": delegations,
        "chosen": chosen,
        "conflicts": page.drawn(disagreements(_told(told))) if chosen else [],
        "to_look_at": _to_look_at(told, on),
        "questions": advice.select_related("delegation__party", "ask")[:RECENT],
        "asked": asked,
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/rules.html", context, status=status)


@login_required
@require_GET
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One article: both texts, where it was read, since when, what hangs on it."""
    return one(request, pk)


def one(
    request: SignedInRequest, pk: int, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The same, with what went wrong, if anything did."""
    event, actor = event_here(request), actor_of(request)
    found = readable_one(actor, event, pk)
    on = page.today(event)
    rows = Article.objects.select_related("owner", "replaced_by")
    article = get_object_or_404(rows, pk=pk)
    keeps = may_keep(actor, event, article)
    advice = Advice.objects.visible_to(actor).filter(event=event, cited=article)
    permits = Permit.objects.visible_to(actor).filter(event=event, article=article)
    context = {
        "event": event,
        "now": page.now(event),
        "row": page.row_of(found, on),
        "article": article,
        "subject": subject_name(article.subject),
        "former": article.replaces.first(),
        "readers": Acknowledgement.objects.filter(event=event, article=article).count(),
        "sees_readers": coordinates(actor, event),
        "answers": advice.select_related("delegation__party")[:RECENT],
        "permits": permits.select_related("delegation__party"),
        "forms": forms_for(article, on) if keeps else None,
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/rule.html", context, status=status)


def readable_one(actor: Actor, event: Event, pk: int) -> Told | Article:
    """The article as the reader meets it; 404 for what she may not read."""
    for told in page.readable(actor, event):
        if _article(told).pk == pk:
            return told
    raise Http404


def _article(told: Told | Article) -> Article:
    return told.article if isinstance(told, Told) else told


def _told(found: list[Told | Article]) -> list[Told]:
    return [one for one in found if isinstance(one, Told)]


def _to_look_at(found: list[Told | Article], on: date) -> list[Article]:
    due = set(Article.objects.to_look_at(on).values_list("pk", flat=True))
    return [_article(one) for one in found if _article(one).pk in due]
