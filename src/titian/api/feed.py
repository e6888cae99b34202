"""What an officer's phone shows: one small answer, or that nothing has changed."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from titian.api.beside import beside, proposals, shown
from titian.api.bilaterals import bilaterals_of
from titian.api.consent import asked_of
from titian.api.emergencies import ended_of, rolls_of, sms_of, steps_of
from titian.api.handing import handing_of
from titian.api.languages import LANGUAGES
from titian.api.meetings import meetings_of
from titian.api.notices import cards_shown, line_of, notices_of
from titian.api.own import Own, own, turning
from titian.api.phones import push_of, told_to
from titian.api.rules import rules_of
from titian.briefing.diverting import is_diverted
from titian.foresight.just_ended import seen_names
from titian.intake.queries import papers_by_ask
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.logistics.models import Journey
from titian.logistics.taps import taps_of
from titian.loop import queries, routing
from titian.loop.commands.recovering import Done
from titian.loop.means import means_name
from titian.loop.models import Ask, Confirmation, Promise
from titian.loop.policy import may_settle
from titian.people.commands.opening import open_reach
from titian.people.models import Assignment, Delegation, Duty, Person, Seat
from titian.people.queries import guests, speaker
from titian.programme.items import Item
from titian.programme.models import Placing
from titian.programme.queries import next_items

OPEN = [
    Ask.State.SAID,
    Ask.State.PASSED,
    Ask.State.RESTATED,
    Ask.State.IN_HAND,
    Ask.State.ANSWERED,
]
MINE = {Ask.State.SAID, Ask.State.RESTATED, Ask.State.ANSWERED}


def for_officer(actor: Actor, *, since: int, wanted: int = 0) -> dict[str, Any]:
    """One delegation of the officer as it stands; short if nothing new concerns it.

    It is the ``wanted`` one if that is hers, else that of this hour's duty. Raises
    ``Forbidden`` for an actor who is nobody.
    """
    person = speaker(actor)
    cursor = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    hers = own(person, wanted)
    held = hers.shown
    event = held.delegation.event if held else _event_of(person)
    head = {"cursor": cursor, "event": _event(event), "push": push_of(person)}
    if since >= 0 and held and not _news(hers, held.delegation, person, since):
        return {**head, "unchanged": True, "shown": held.delegation_id}
    me = {"id": person.pk, "name": person.display, "initials": person.initials}
    rest = {
        "me": me,
        "asked": asked_of(person),
        "mine": turning(hers),
        "told": told_to(person),
    }
    if held is None or event is None:
        return {**head, **rest, "delegation": None}
    return {**head, **rest, **_body(held, person, actor, event)}


def _body(
    held: Assignment, person: Person, actor: Actor, event: Event
) -> dict[str, Any]:
    delegation, at = held.delegation, clock.time_at(event)
    journey = _journey(delegation)
    return {
        "delegation": _delegation(delegation, journey, person),
        "journey": _journey_json(journey, actor, at),
        "next": [_item(item) for item in next_items(delegation, at)],
        "asks": _asks(actor, delegation, at),
        "promises": [_promise(p, actor, at) for p in _promises(delegation)],
        "confirmations": _confirmations(person),
        "notices": notices_of(person, event),
        "cards": cards_shown(event, actor, delegation.pk),
        "rolls": rolls_of(delegation),
        "steps": steps_of(delegation, actor, at),
        "sms": sms_of(delegation),
        "ended": ended_of(delegation, person.pk, actor, at),
        "holding": line_of(event),
        **handing_of(held, actor, at),
        **meetings_of(delegation, actor, at),
        **bilaterals_of(delegation, actor),
        **rules_of(delegation, actor, at),
        **_reached(held, actor, at),
        "guests": [{"id": one.pk, "name": one.display} for one in guests(delegation)],
        "languages": LANGUAGES,
        "recoveries": [[value, str(label)] for value, label in Done.choices],
        "topics": [
            {
                "id": way.topic.pk,
                "name": way.topic.name,
                "team": way.team.name,
                "exact": way.weight == Ask.Weight.EXACT,
            }
            for way in routing.ways_from(delegation, at)
            if way.topic is not None
        ],
    }


def _event_of(person: Person) -> Event | None:
    officer = person.officers.select_related("event").order_by("-pk").first()
    return officer.event if officer else None


def _news(hers: Own, delegation: Delegation, person: Person, since: int) -> bool:
    topics = hers.topics | {
        f"person:{person.pk}",
        f"programme:{delegation.event_id}",
        f"clock:{delegation.event_id}",
    }
    newer = Entry.objects.filter(pk__gt=since, event=delegation.event_id)
    return any(
        topics.intersection(found) for found in newer.values_list("topics", flat=True)
    )


def _event(event: Event | None) -> dict[str, Any]:
    if event is None:
        now = clock.real_time().isoformat()
        return {
            "now": now,
            "speed": 1,
            "zone": "UTC",
            "zone_name": "UTC",
            "rehearsal": False,
        }
    return {
        "name": event.name,
        "now": clock.time_at(event).isoformat(),
        "speed": event.clock_speed if event.is_rehearsal else 1,
        "zone": event.zone,
        "zone_name": clock.zone_name(event.zone),
        "rehearsal": event.is_rehearsal,
    }


def _delegation(
    delegation: Delegation, journey: Journey | None, person: Person
) -> dict[str, Any]:
    late = ""
    if journey and journey.planned_at and journey.expected_at:
        minutes = int((journey.expected_at - journey.planned_at).total_seconds() // 60)
        if minutes >= 15 and journey.state in Journey.TO_LAND:
            late = _("%(minutes)d min later") % {"minutes": minutes}
    languages = delegation.party.languages
    return {
        "id": delegation.pk,
        "code": delegation.code,
        "name": delegation.name,
        "head": f"{delegation.head_title} {delegation.head or ''}".strip(),
        "exercise": delegation.is_exercise,
        "language": languages[0] if languages else "",
        "late": late,
        "initials": person.initials,
        "reader": person.display,
    }


def _journey(delegation: Delegation) -> Journey | None:
    mine = delegation.journeys.exclude(state=Journey.State.CALLED_OFF)
    rows = list(mine.filter(kind=Journey.Kind.ARRIVAL).prefetch_related("milestones"))
    under_way = [
        row
        for row in rows
        if row.precision == "minute" and row.state != Journey.State.AT_THE_HOTEL
    ]
    main = [row for row in rows if row.group == "main"]
    return next(iter([*under_way, *main, *rows]), None)


def _journey_json(
    journey: Journey | None, actor: Actor, at: datetime
) -> dict[str, Any] | None:
    if journey is None:
        return None
    taps = taps_of(journey, actor, at)
    return {
        "id": journey.pk,
        "kind": journey.kind,
        "at": _iso(journey.at),
        "planned_at": _iso(journey.planned_at),
        "expected_at": _iso(journey.expected_at),
        "precision": journey.precision,
        "milestones": [
            {
                "state": m.state,
                "at": _iso(m.happened_at),
                "heard_at": _iso(m.heard_at) if m.is_late_word else None,
                "precision": m.precision,
            }
            for m in journey.milestones.all()
        ],
        "undo": {"state": taps.undo, "until": _iso(taps.undo_until)}
        if taps.undo
        else None,
    }


def _item(item: Item) -> dict[str, Any]:
    place = item.place
    geo = f"geo:{place.lat},{place.lon}" if place and place.lat is not None else ""
    way = None
    if item.way is not None and place is not None:
        way = {"to": place.name, "minutes": item.way.minutes}
    return {
        "at": _iso(item.starts_at),
        "planned": _iso(item.planned_at),
        "leave_at": _iso(item.sets_out_at),
        "title": item.title,
        "place": place.name if place else "",
        "geo": geo,
        "way": way,
        "dress": item.dress,
        "seats": [_seat(one) for one in item.seats],
        "contact": item.contact.name if item.contact else "",
        "official": item.is_official,
        "private": item.is_private,
    }


def _seat(placing: Placing) -> dict[str, str]:
    """Where, and whose it is if it is one person's."""
    return {"who": placing.who if placing.member else "", "where": placing.where}


def _asks(actor: Actor, delegation: Delegation, at: datetime) -> list[dict[str, Any]]:
    rows = _open_asks(actor, delegation)
    said, added = queries.words_meanwhile(rows), queries.words_added(rows)
    may, proposed = beside(rows, actor, at), proposals(rows, actor)
    papers = papers_by_ask(ask.pk for ask in rows)
    about = seen_names([ask.pk for ask in rows if ask.is_recovery], actor)
    return [
        _ask(ask, at)
        | {"about": about.get(ask.pk, ""), "papers": papers.get(ask.pk, [])}
        | _word(said.get(ask.pk))
        | {"more": [[one.words, _iso(one.said_at)] for one in added.get(ask.pk, [])]}
        | shown(ask, rows, may[ask.pk])
        | proposed[ask.pk]
        for ask in rows
    ]


def _word(said: queries.Meanwhile | None) -> dict[str, Any]:
    words, at = (said.words, said.said_at) if said else ("", None)
    return {"meanwhile": words, "meanwhile_at": _iso(at)}


def _open_asks(actor: Actor, delegation: Delegation) -> list[Ask]:
    seen = Ask.objects.visible_to(actor).filter(asked_by=delegation, state__in=OPEN)
    return list(
        seen.select_related(
            "owner", "holder", "said_by", "event", "asked_by__party", "diversion"
        ).order_by("due_at", "pk")
    )


def _ask(ask: Ask, at: datetime) -> dict[str, Any]:
    suggested = routing.named(ask) if ask.state == Ask.State.SAID else []
    return {
        "id": ask.pk,
        "code": ask.code,
        "state": ask.state,
        "title": str(ask),
        "words": ask.words,
        "language": ask.language,
        "channel": ask.channel,
        "said_where": ask.said_where,
        "diverted": is_diverted(ask),
        "came": means_name(ask.channel),
        "private": ask.is_private,
        "recovery": ask.is_recovery,
        "gloss": ask.gloss,
        "gloss_is_machine": ask.gloss_is_machine,
        "owner": {"id": ask.owner_id, "name": ask.owner.name if ask.owner else ""},
        "said_by": {"id": ask.said_by_id, "name": ask.said_by.display},
        "said_at": _iso(ask.said_at),
        "due_at": _iso(ask.due_at),
        "overdue": ask.due_at is not None
        and ask.due_at < at
        and ask.state != "answered",
        "line": f"{ask.get_state_display().capitalize()} · {queries.who_has_it(ask)}",
        "waits_for_me": ask.state in MINE,
        "details": ask.details,
        "answer": ask.answer_words,
        "offered": _offered(queries.promise_offered(ask)),
        "suggested_topic": suggested[0].pk if suggested else None,
        "differences": [
            {
                "field": one.field,
                "asked": one.asked,
                "kind": one.kind,
                "segments": [list(segment) for segment in one.segments],
            }
            for one in (queries.differences(ask) if ask.state == "restated" else [])
        ],
    }


def _offered(found: queries.Suggestion | None) -> dict[str, Any] | None:
    return {"words": found.words, "due_at": _iso(found.due_at)} if found else None


def _promises(delegation: Delegation) -> list[Promise]:
    """Those that are open, and the broken ones of which the guest has not heard."""
    rows = delegation.promises.filter(Q(state=Promise.State.OPEN) | Promise.OWES_A_WORD)
    return list(
        rows.select_related("owner_team", "event", "delegation__party").order_by(
            "due_at"
        )
    )


def _promise(promise: Promise, actor: Actor, at: datetime) -> dict[str, Any]:
    return {
        "id": promise.pk,
        "direction": promise.direction,
        "words": promise.words,
        "due_at": _iso(promise.due_at),
        "overdue": promise.due_at < at,
        "broken": promise.state == Promise.State.BROKEN,
        "why": promise.settled_words,
        "may_keep": may_settle(actor, promise),
    }


def _confirmations(person: Person) -> list[dict[str, Any]]:
    mine = Confirmation.objects.filter(
        owner_person=person, confirmed_at=None, superseded_at=None
    )
    return [
        {"id": one.pk, "sentence": one.sentence, "loudness": one.loudness}
        for one in mine.order_by("-loudness", "by")
    ]


def _reached(held: Assignment, actor: Actor, at: datetime) -> dict[str, Any]:
    """Who takes over next and whom to call, with their numbers opened together."""
    delegation = held.delegation
    relief = _relief(held, at)
    points = list(delegation.focal_points.select_related("person"))
    seats = list(
        Seat.objects.filter(event=delegation.event)
        .select_related("person", "team")
        .order_by("team__code", "pk")
    )
    people = [point.person for point in points] + [seat.person for seat in seats]
    people += [relief.officer.person] if relief else []
    open_reach(people, delegation, actor=actor, at=at)
    phones = [
        *(_phone(one.person, one.get_kind_display()) for one in points),
        *(_phone(one.person, one.team.name) for one in seats),
    ]
    return {
        "relief": _relief_json(relief),
        "phones": [one for one in phones if one["phone"]][:30],
    }


def _relief(held: Assignment, at: datetime) -> Duty | None:
    """The next duty of somebody else."""
    after = Duty.objects.filter(
        delegation=held.delegation, starts_at__gt=at, withdrawn_at=None
    ).exclude(officer=held.officer)
    return after.select_related("officer__person").order_by("starts_at").first()


def _relief_json(relief: Duty | None) -> dict[str, Any] | None:
    if relief is None:
        return None
    person = relief.officer.person
    return {
        "name": person.display,
        "initials": person.initials,
        "phone": person.reach.phone,
        "from": _iso(relief.starts_at),
    }


def _phone(person: Person, what: str) -> dict[str, str]:
    return {"name": person.display, "what": what, "phone": person.reach.phone}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
