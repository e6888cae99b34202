"""How notices stand: who has it, who is silent, what a rule says in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _

from titian.briefing.audience import Rule
from titian.briefing.calls import missed_calls
from titian.briefing.gate import incidents, is_burning
from titian.briefing.known import FOCAL_POINT, GUEST, OFFICER, TEAM
from titian.briefing.leaves import LEAVES
from titian.briefing.models import Copy, Notice
from titian.briefing.shut import shut_in_the_way
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.questions import Break, Change
from titian.kernel.telling import moment
from titian.loop.models import Playbook
from titian.people.models import Assignment, Delegation, Party, Person
from titian.people.policy import coordinates
from titian.places.models import Place
from titian.programme.models import Activity

STEPS = ("acknowledged", "read", "delivered", "sent", "failed", "queued")


@dataclass(frozen=True, slots=True)
class Standing:
    """How many copies of a notice have reached which step, each counted once."""

    acknowledged: int = 0
    read: int = 0
    delivered: int = 0
    sent: int = 0
    failed: int = 0
    queued: int = 0

    @property
    def total(self) -> int:
        """All copies."""
        return sum(getattr(self, step) for step in STEPS)

    @property
    def silent(self) -> int:
        """Those who have not acknowledged."""
        return self.total - self.acknowledged


@dataclass(frozen=True, slots=True)
class Called:
    """Who was called for want of a word, and when; nobody means the coordinators."""

    leader: Person | None
    at: datetime


def standings(notices: QuerySet[Notice]) -> dict[int, Standing]:
    """How each notice stands, in one query."""
    rows = Copy.objects.filter(notice__in=notices.values("pk")).order_by("notice")
    counts = dict(_counts())
    grouped = rows.values("notice").annotate(**counts)
    counted = grouped.values_list("notice", *counts)
    return {
        notice: Standing(**dict(zip(STEPS, found, strict=True)))
        for notice, *found in counted
    }


def copies_of(notice: Notice, *, silent: bool) -> QuerySet[Copy]:
    """The copies with their people: the silent ones, or all of them, silent first."""
    rows = notice.copies.select_related("person")
    if silent:
        rows = rows.filter(acknowledged_at=None)
    return rows.order_by("acknowledged_at", "person__display", "pk")


def called_for(copies: Iterable[Copy]) -> dict[int, list[Called]]:
    """Whom silence called for each copy, one after the other, by its id; one query."""
    rows = list(copies)
    ids = {leader for copy in rows for leader, _at in copy.calls if leader}
    people = Person.objects.in_bulk(ids)
    return {
        copy.pk: [
            Called(people.get(leader or 0), datetime.fromisoformat(at))
            for leader, at in copy.calls
        ]
        for copy in rows
    }


def cards_of(event: Event) -> list[Playbook]:
    """The approved safety cards, while there is an emergency; else none."""
    if not is_burning(event):
        return []
    books = Playbook.objects.filter(event=event, kind=Playbook.Kind.EMERGENCY)
    return list(books.exclude(Q(card_en="") & Q(card_id="")))


def cards_said(
    event: Event, delegation_ids: Iterable[int]
) -> dict[tuple[int, int], Notice]:
    """The last time each card was said in this emergency, by (playbook, delegation).

    A card whose words were changed since has not been said: the words are compared.
    """
    began = incidents(event).aggregate(first=Min("raised_at"))["first"]
    if began is None:
        return {}
    rules = {pk: {"is": "delegation", "of": [pk]} for pk in delegation_ids}
    sent = Notice.objects.filter(
        event=event, kind=Notice.Kind.CARD, sent_at__gte=began
    ).order_by("pk")
    books = {(one.card_en, one.card_id): one.pk for one in cards_of(event)}
    return {
        (books[words], pk): notice
        for notice in sent.prefetch_related("copies__person")
        for pk, rule in rules.items()
        if notice.audience == rule
        and (words := (notice.formal_en, notice.formal_id)) in books
    }


def told_by(actor: Actor, event: Event) -> list[Delegation]:
    """The delegations whose guests the actor may send a safety card to."""
    rows = Delegation.objects.visible_to(actor).filter(event=event)
    if not coordinates(actor, event):
        held = Assignment.objects.filter(
            officer__person=actor.person_id, relieved_at=None
        ).exclude(consent=Assignment.Consent.DECLINED)
        rows = rows.filter(pk__in=held.values("delegation"))
    return list(rows.select_related("party").order_by("party__name_en"))


def in_words(event: Event, rule: Rule) -> list[str]:
    """The rule, one condition a line; how lines are joined stands before them."""
    return list(_lines(event, rule, ""))


def _counts() -> Iterator[tuple[str, Count]]:
    """Each copy in the last step that it reached."""
    later = Q()
    for step in STEPS[:-1]:
        reached = Q(**{f"{step}_at__isnull": False})
        yield f"n_{step}", Count("pk", filter=reached & ~later if later else reached)
        later = later | reached
    yield f"n_{STEPS[-1]}", Count("pk", filter=~later)


def _lines(event: Event, rule: Rule, before: str) -> Iterator[str]:
    if "is" in rule:
        said = _("%(name)s: %(values)s") % {
            "name": LEAVES[rule["is"]].name,
            "values": ", ".join(_values(event, rule)),
        }
        yield f"{before}{said}"
    elif "not" in rule:
        yield from _lines(event, rule["not"], _("not: "))
    else:
        name = "any" if "any" in rule else "all"
        joint = {"any": _("or: "), "all": _("and: ")}[name]
        for number, one in enumerate(rule[name]):
            yield from _lines(event, one, joint if number else before)


def _values(event: Event, rule: Mapping[str, Any]) -> Iterator[str]:
    """What the condition is given, as people call it."""
    kind = rule["is"]
    if kind in {"role", "level", "party_kind"}:
        names = {
            **roles(),
            **dict(Delegation.Level.choices),
            **dict(Party.Kind.choices),
        }
        yield from (str(names.get(one, one)) for one in rule["of"])
    elif kind == "delegation":
        rows = Delegation.objects.filter(pk__in=rule["of"]).select_related("party")
        yield from (row.name for row in rows)
    elif kind == "team":
        yield from (row.name for row in Party.objects.filter(pk__in=rule["of"]))
    if place := Place.objects.filter(pk=rule.get("place") or 0).first():
        yield place.name
    if activity := Activity.objects.filter(pk=rule.get("activity") or 0).first():
        yield activity.title
    yield from (str(rule[name]) for name in ("area", "flight") if rule.get(name))
    if rule.get("on"):
        yield formats.date_format(date.fromisoformat(rule["on"]), "D j M")
    if "from" in rule and "to" in rule:
        hours = (datetime.fromisoformat(rule[name]) for name in ("from", "to"))
        yield " – ".join(moment(event, hour) for hour in hours)


def broken_by(change: Change) -> tuple[Break, ...]:
    """Press calls that would not meet their guests, and what meets a closed place."""
    return (*missed_calls(change.at), *shut_in_the_way(change.at))


def roles() -> dict[str, str]:
    """As what people are here, by the name a rule calls it."""
    return {
        OFFICER: _("LOs"),
        FOCAL_POINT: _("Focal points"),
        GUEST: _("Guests"),
        TEAM: _("Teams of the host"),
    }
