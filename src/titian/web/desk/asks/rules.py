"""The rules of where a matter goes: read, drafted, tried on past asks, put in force."""

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.kernel.models import Event
from titian.kernel.telling import hour_of
from titian.loop.commands import routes
from titian.loop.models import Ask, Route, Topic
from titian.loop.models.topic import Weight
from titian.loop.policy import may_route
from titian.loop.trying import tried, tried_without
from titian.people.models import Delegation, Party
from titian.people.policy import keeps_any_seat
from titian.web.desk.acts import ActForm, refusal_in_words
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

ANY = ("", gettext_lazy("any"))
SHOWN = 30
"""So many past asks that would go elsewhere are listed; the rest is a number."""


class RuleForm(ActForm):
    """What a rule says; what is left empty fits all."""

    order = forms.IntegerField(label=gettext_lazy("Place in the order"), initial=100)
    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("About"),
        required=False,
        empty_label=ANY[1],
    )
    party_kind = forms.ChoiceField(
        label=gettext_lazy("Who asks"),
        choices=[ANY, *Party.Kind.choices],
        required=False,
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=[ANY, *Delegation.Level.choices],
        required=False,
    )
    where = forms.CharField(
        label=gettext_lazy("Where, in a word or two"), max_length=80, required=False
    )
    from_hour = forms.TimeField(label=gettext_lazy("From"), required=False)
    until_hour = forms.TimeField(label=gettext_lazy("Until"), required=False)
    team = forms.ModelChoiceField(
        Party.objects.none(), label=gettext_lazy("Goes to"), empty_label=None
    )
    informed = forms.ModelMultipleChoiceField(
        Party.objects.none(), label=gettext_lazy("Informed"), required=False
    )
    weight = forms.ChoiceField(
        label=gettext_lazy("At least"), choices=Weight.choices, required=False
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Party.objects.filter(kind=Party.Kind.TEAM).order_by("code")
        self.fields["topic"].queryset = event.ask_topics.all()  # type: ignore[attr-defined]
        for name in ("team", "informed"):
            self.fields[name].queryset = teams  # type: ignore[attr-defined]

    def rule(self) -> routes.Rule:
        """The rule as the command takes it."""
        said = self.cleaned_data
        topic = said["topic"]
        return routes.Rule(
            team_id=said["team"].pk,
            order=said["order"],
            topic_id=topic.pk if topic else None,
            party_kind=said["party_kind"],
            level=said["level"],
            where=said["where"],
            from_hour=said["from_hour"],
            until_hour=said["until_hour"],
            informed=[team.pk for team in said["informed"]],
            weight=said["weight"] or Weight.ROUTINE,
        )


@login_required
def index(request: SignedInRequest) -> HttpResponse:
    """The rules in force, in their order; a coordinator drafts another."""
    event = event_here(request)
    actor = actor_of(request)
    if not keeps_any_seat(actor, event):
        raise PermissionDenied(_("These pages are the hosts'."))
    if request.method != "POST":
        return _list(request, event)
    return _draft(request, event)


@login_required
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """One rule: what it would change, or what taking it away would; or another draft
    in its place.
    """
    route = _route(request, pk)
    if request.method == "POST":
        return _draft(request, route.event, replaces=route)
    return _one(request, route)


@login_required
@require_POST
def force(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft was tried: from now on it decides."""
    return _act(request, _route(request, pk), routes.put_in_force)


@login_required
@require_POST
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rule decides no more."""
    return _act(request, _route(request, pk), routes.retire)


def conditions(route: Route) -> list[str]:
    """What must be so for the rule to fit, each in a few words; none is always."""
    found = [
        route.topic.name if route.topic else "",
        route.get_party_kind_display(),
        route.get_level_display(),
        _("at “%(where)s”") % {"where": route.where} if route.where else "",
    ]
    if route.from_hour is not None and route.until_hour is not None:
        hours = {"start": hour_of(route.from_hour), "end": hour_of(route.until_hour)}
        found.append(_("from %(start)s to %(end)s") % hours)
    return [str(one) for one in found if one]


def _draft(
    request: SignedInRequest, event: Event, replaces: Route | None = None
) -> HttpResponse:
    form = RuleForm(request.POST, event=event)
    if not form.is_valid():
        return _list(request, event, form=form, problem=form.problem(), status=422)
    made: list[Route] = []

    def act() -> None:
        route = routes.draft(
            event.pk,
            form.rule(),
            replaces_id=replaces.pk if replaces else None,
            actor=actor_of(request),
            at=clock.time_at(event),
            key=form.cleaned_data["key"],
        )
        made.append(route)

    problem, status = refusal_in_words(act)
    if problem:
        return _list(request, event, form=form, problem=problem, status=status)
    return redirect("route", made[0].pk)


def _act(request: SignedInRequest, route: Route, command: Any) -> HttpResponse:
    form = ActForm(request.POST)
    if not form.is_valid():
        return _one(request, route, problem=form.problem(), status=422)
    act = partial(
        command,
        route.pk,
        actor=actor_of(request),
        at=clock.time_at(route.event),
        key=form.cleaned_data["key"],
    )
    problem, status = refusal_in_words(act)
    if problem:
        route = _route(request, route.pk)
        return _one(request, route, problem=problem, status=status)
    return redirect("routes")


def _route(request: SignedInRequest, pk: int) -> Route:
    seen = Route.objects.visible_to(actor_of(request))
    rows = seen.select_related("event", "team", "topic", "replaces__team")
    return get_object_or_404(rows.prefetch_related("informed"), pk=pk)


def _list(
    request: SignedInRequest,
    event: Event,
    *,
    form: RuleForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = Route.objects.visible_to(actor_of(request)).filter(event=event)
    rows = rows.select_related("team", "topic").prefetch_related("informed")
    topics = event.ask_topics.select_related("team").prefetch_related("informed")
    context = {
        "event": event,
        "rules": [(one, conditions(one)) for one in rows.live()],
        "drafts": [(one, conditions(one)) for one in rows if one.is_draft],
        "topics": topics,
        "form": form or RuleForm(event=event),
        "may_route": may_route(actor_of(request), event),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/routes.html", context, status=status)


def _one(
    request: SignedInRequest, route: Route, *, problem: str = "", status: int = 200
) -> HttpResponse:
    past = Ask.objects.visible_to(actor_of(request)).filter(event=route.event)
    trial = tried(route, past) if route.is_draft else tried_without(route, past)
    replaced = route.replaces if route.is_draft else None
    context = {
        "event": route.event,
        "route": route,
        "conditions": conditions(route),
        "replaced": conditions(replaced) if replaced else [],
        "trial": trial,
        "shown": trial.elsewhere[:SHOWN],
        "form": RuleForm(event=route.event, initial=_initial(route)),
        "may_route": may_route(actor_of(request), route.event),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/route.html", context, status=status)


def _initial(route: Route) -> dict[str, object]:
    names = ("order", "topic", "party_kind", "level", "where", "team", "weight")
    found: dict[str, object] = {name: getattr(route, name) for name in names}
    hours = {"from_hour": route.from_hour, "until_hour": route.until_hour}
    found |= {name: f"{at:%H:%M}" if at else "" for name, at in hours.items()}
    return found | {"informed": list(route.informed.all())}
