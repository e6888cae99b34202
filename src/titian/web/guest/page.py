"""What a guest's page shows: her own side of the event, and nothing of any other."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.db.models import Q

from titian.foresight.just_ended import just_ended
from titian.kernel import clock
from titian.kernel.actor import Actor, Kind, Proof
from titian.kernel.models import Entry
from titian.logistics.models import Journey, Stay, Vehicle
from titian.loop.holders import holders
from titian.loop.holding import OVER
from titian.loop.models import Ask, Promise
from titian.loop.policy import can_be_hurried, is_anothers_alarm
from titian.loop.queries import (
    differences,
    introduction_of,
    words_added,
    words_meanwhile,
)
from titian.loop.routing import topics_for
from titian.people.commands.opening import open_reach
from titian.people.models import (
    Assignment,
    CarryOver,
    Delegation,
    GuestLink,
    Officer,
)
from titian.people.queries import shown_officers
from titian.programme.models import Activity, Placing
from titian.programme.queries import next_items
from titian.programme.seating import seats_for, seats_of
from titian.rules.naming import subject_name
from titian.rules.queries import Told, for_guest
from titian.talks.models import Agreement
from titian.web.guest import notices, zones
from titian.web.guest.brought import brought

HERS = "asking side"
NEXT, AHEAD = 3, 60
"""Landings and drives stand between the items, and are told elsewhere on the page."""


def actor_of(link: GuestLink) -> Actor:
    """The guest whose link it is."""
    return Actor(Kind.LINK, Proof.LINK_TOKEN, link.person_id)


def context_of(link: GuestLink, token: str) -> dict[str, object]:
    """All that the page's parts draw; the number of queries is the same for all."""
    delegation, event, actor = link.delegation, link.delegation.event, actor_of(link)
    at = clock.time_at(event)
    now = clock.local(event, at)
    open_states = [s for s in Ask.State if s != Ask.State.WITHDRAWN]
    mine = Ask.objects.visible_to(actor).filter(event=event, state__in=open_states)
    rows = mine.select_related("owner", "holder", "diversion")
    asked = list(rows.order_by("-pk")[:30])
    days = _days(delegation, link, now)
    return _asked(asked, actor) | {
        **notices.shown_to(link, actor),
        "greeting": notices.greeting(link),
        "token": token,
        "link": link,
        "person": link.person,
        "delegation": delegation,
        "event": event,
        "now": now,
        "cursor": Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
        or 0,
        "days": days,
        "leave": CarryOver.objects.filter(
            delegation=delegation, withdrawn_at=None
        ).first(),
        "leaving": _leaving(delegation, at),
        "seats": _seats(days, delegation, link),
        **_officers(delegation, actor, at),
        "introduction": introduction_of(delegation, at),
        **_on_the_way(delegation, actor),
        "promises": Promise.objects.visible_to(actor)
        .filter(delegation=delegation)
        .order_by("due_at"),
        "agreements": Agreement.objects.visible_to(actor)
        .filter(event=event)
        .prefetch_related("lines"),
        "rules": _rules(delegation, link, now),
        **brought(delegation, actor, now.date()),
        "ended": just_ended(delegation, person_id=link.person_id, actor=actor, at=at),
        "usual": [
            one
            for one in topics_for(event, delegation.party.kind)
            if one.is_usual_for(delegation.party.kind)
        ],
        "zones": zones.offered(at),
        "zone_at_home": zones.suggested(delegation.party),
        "key": uuid4(),
    }


def _on_the_way(delegation: Delegation, actor: Actor) -> dict[str, object]:
    """Flights, beds and cars."""
    return {
        "journeys": Journey.objects.visible_to(actor)
        .filter(delegation=delegation)
        .select_related("airport", "hotel"),
        "stays": Stay.objects.visible_to(actor)
        .filter(delegation=delegation)
        .select_related("place"),
        "cars": Vehicle.objects.filter(delegation=delegation).select_related("driver"),
    }


def _asked(asked: Sequence[Ask], actor: Actor) -> dict[str, object]:
    """Her requests, what was heard of them, and what she may say to each."""
    said_back = (ask for ask in asked if ask.state == Ask.State.RESTATED)
    return {
        "asks": asked,
        "meanwhile": words_meanwhile(asked),
        "added": words_added(asked),
        "heard": {ask.pk: differences(ask) for ask in said_back},
        "moves": {ask.pk: _hers(ask, actor) for ask in asked},
    }


def _hers(ask: Ask, actor: Actor) -> set[str]:
    """What she may do with it."""
    hers = [move.name for move in ask.moves if move.by == HERS]
    moves = {name for name in hers if not is_anothers_alarm(actor, name, ask)}
    if ask.merged_into_id is None and ask.state not in OVER:
        moves |= {"add"}
    return moves | ({"hurry"} if can_be_hurried(ask) else set())


def _rules(delegation: Delegation, link: GuestLink, now: datetime) -> list[Told]:
    """Those she has still to read first, and of those what is of one subject."""
    told = for_guest(delegation, now.date(), person_id=link.person_id)

    def place(one: Told) -> tuple[bool, bool, str]:
        subject = subject_name(one.article.subject)
        return one.read_at is not None, one.is_out_of_date, subject

    return sorted(told, key=place)


def _officers(
    delegation: Delegation, actor: Actor, at: datetime
) -> dict[str, Sequence[Assignment] | Officer | None]:
    """With a number to call, for whom both the host and the officer have agreed.

    Who is with them now stands first.
    """
    now = holders([delegation.pk], at).get(delegation.pk)
    shown = shown_officers(delegation)
    held = sorted(shown, key=lambda one: one.officer != now)
    people = [one.officer.person for one in held]
    open_reach(people, delegation, actor=actor, at=at)
    return {"officers": held, "with_her": now}


def _days(
    delegation: Delegation, link: GuestLink, now: datetime
) -> dict[str, list[Activity]]:
    """What is still to come, day by day; private items of one's own side too."""
    seen = Activity.objects.visible_to(actor_of(link)).filter(
        Q(ends_at__gte=now) | Q(expected_ends_at__gte=now), event=delegation.event
    )
    of_this_one = delegation.activities.values("pk")
    rows = (
        seen.exclude(state=Activity.State.CANCELLED)
        .filter(Q(pk__in=of_this_one) | Q(is_for_all=True))
        .select_related("place", "contact")
        .order_by("starts_at", "pk")
    )
    days: dict[str, list[Activity]] = {}
    for row in rows[:60]:
        local = clock.local(delegation.event, row.begins)
        days.setdefault(local.date().isoformat(), []).append(row)
    return days


def _seats(
    days: Mapping[str, Sequence[Activity]], delegation: Delegation, link: GuestLink
) -> dict[int, Sequence[Placing]]:
    """Her own seat at each item; who has none of her own reads those of her side."""
    items = [item.pk for each in days.values() for item in each]
    found = seats_of(delegation, items)
    return {item: seats_for(seats, link.person_id) for item, seats in found.items()}


def _leaving(delegation: Delegation, at: datetime) -> dict[int, datetime]:
    """When to set out for the next three, by item; those without a way are left out."""
    kind = Activity._meta.label_lower
    ahead = next_items(delegation, at, AHEAD)
    own = [item for item in ahead if item.subject_kind == kind][:NEXT]
    return {item.subject_id: item.sets_out_at for item in own if item.sets_out_at}
