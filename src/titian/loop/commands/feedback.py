"""A guest's word in two taps; an unhappy one becomes an ask within the minute."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from titian.kernel import journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.models import Entry, Event
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.clocks import HEARD_WITHIN, answer_time
from titian.loop.commands.thread import (
    LEFT_WAITING,
    answer_timers,
    keep,
    locked,
    next_code,
    take_number,
    waiting_timers,
)
from titian.loop.courtesy import language_for
from titian.loop.holding import OVER, officer_of
from titian.loop.models import Ask, Feedback
from titian.loop.policy import speaks_for
from titian.people.commands.delegations import own_side
from titian.people.models import Delegation, Person, Seat
from titian.people.policy import present_assignments, stands_for
from titian.people.queries import speaker


class Unheard(ValueError):
    """Nobody but the LO it is about could read it; the sentence says so."""


@transaction.atomic
def give(
    delegation_id: int,
    about: str,
    word: str,
    *,
    subject_id: int | None = None,
    words: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Feedback:
    """Say how it was; said again of the same thing, the former word is replaced.

    Of the LO only the guest herself speaks, never the LO for her; ``subject_id`` is
    then the person, or whoever is with them now. Raises ``Forbidden`` unless the actor
    is the guest, or the officer on the guest's word; ``Unknown``; ``Unheard`` if nobody
    but that LO could read it.
    """
    delegation = Delegation.objects.select_related("event", "party").get(
        pk=delegation_id
    )
    take_number(delegation.event_id)  # two taps at once follow each other
    if entry := journal.replayed(key, "feedback.given", None, actor=actor):
        return Feedback.objects.get(pk=entry.subject_id)
    what = saying.one_of(Feedback.About, about)
    is_own = stands_for(actor, delegation.party)
    right = is_own or (what != Feedback.About.OFFICER and speaks_for(actor, delegation))
    require(right, _("Only a guest says how it was, or the LO on the guest’s word."))
    if what == Feedback.About.OFFICER:
        subject_id = _officer(delegation, subject_id)
        _require_heard(subject_id, delegation.event)
    given, _made = Feedback.objects.update_or_create(
        said_by=speaker(actor),
        about=what,
        subject_id=subject_id,
        defaults={
            "event": delegation.event,
            "delegation": delegation,
            "word": saying.one_of(Feedback.Word, word),
            "words": saying.at_most(words)[:300],
            "said_at": at,
        },
    )
    journal.write(
        "feedback.given",
        given,
        actor=actor,
        at=at,
        key=key,
        about=given.said_by_id,
        sealed={"word": given.word, "words": given.words},
    )
    return given


@dataclass(frozen=True, slots=True)
class Matter:
    """What the word was about, by name, in English and in Indonesian.

    What is private has no name here, and what comes of it is private as well.
    """

    english: str = ""
    indonesian: str = ""
    is_private: bool = False


UNNAMED = Matter()


@transaction.atomic
def recover(
    feedback_id: int, matter: Matter = UNNAMED, *, at: datetime, key: UUID
) -> Feedback:
    """An unhappy word becomes an ask, once: the LO's, or of the LO the coordinators'.

    A word that is happy again by now is left alone. Said again while its ask is open,
    it is added to that one; after its end it makes another.
    """
    rows = Feedback.objects.select_for_update(of=("self",))
    given = rows.select_related("event", "delegation__party", "said_by", "ask").get(
        pk=feedback_id
    )
    own = uuid5(key, "ask")
    if given.word != Feedback.Word.UNHAPPY or Entry.objects.filter(key=own).exists():
        return given
    if given.ask is not None and given.ask.state not in OVER:
        return _say_more(given, at, own)
    about_officer = given.about == Feedback.About.OFFICER
    ask = (
        _to_coordinators(given, at, key)
        if about_officer
        else _to_officer(given, matter, at, key)
    )
    given.ask = ask
    given.save(update_fields=["ask"])
    return given


def _say_more(given: Feedback, at: datetime, key: UUID) -> Feedback:
    """Not content a second time: more words on the ask that is open already."""
    if not given.words or given.ask_id is None:
        return given
    ask = locked(given.ask_id)
    if given.words in f"{ask.words}\n{ask.gloss}":
        return given
    ask.gloss = saying.at_most(f"{ask.gloss}\n{given.words}"[: saying.LONGEST])
    ask.save(update_fields=["gloss"])
    journal.write(
        "ask.added",
        ask,
        actor=HOUSE,
        at=at,
        key=key,
        about=given.said_by_id,
        sealed={"words": given.words},
        state=ask.state,
    )
    return given


def _to_officer(given: Feedback, matter: Matter, at: datetime, key: UUID) -> Ask:
    """What the house asks itself, with the guest's LO, who must look after it soon."""
    event = take_number(given.event_id)
    officer, language = officer_of(given.delegation), language_for(given.said_by)
    theirs = language_for(officer) if officer else language
    ask = Ask(
        event=event,
        code=next_code(event.pk),
        asked_by=given.delegation,
        said_by=given.said_by,
        said_at=given.said_at,
        channel="feedback",
        language="" if given.words else language,
        words=given.words or _said_in(language, given, matter),
        title=_said_in(theirs, given, matter)[:120],
        urgency=Ask.Urgency.SOON,
        is_private=matter.is_private,
        is_recovery=True,
    )
    waiting = [(LEFT_WAITING, at + HEARD_WITHIN[Ask.Urgency.SOON])]
    return keep(
        ask,
        "ask.said",
        actor=HOUSE,
        at=at,
        key=uuid5(key, "ask"),
        owe=waiting,
        sealed={"words": ask.words},
    )


def _to_coordinators(given: Feedback, at: datetime, key: UUID) -> Ask | None:
    """Among ourselves and private: the LO it is about neither sees it nor hears it."""
    event = take_number(given.event_id)
    heard_by = hears_of(given.subject_id, event)
    if heard_by is None:
        return None
    asker, team = heard_by.person, heard_by.team
    with override(language_for(asker)):
        words, title = _complaint(given)
    ask = Ask(
        event=event,
        code=next_code(event.pk),
        asked_by=own_side(event, asker.party),
        said_by=asker,
        said_at=at,
        channel="feedback",
        words=words,
        gloss=given.words,
        title=title,
        urgency=Ask.Urgency.SOON,
        is_private=True,
        complains_of=Person.objects.filter(pk=given.subject_id or 0).first(),
        due_at=at + answer_time(None, Ask.Urgency.SOON),
    )
    ask.move("pass_on")
    ask.pass_to(team, at=at)
    ask.save()
    return keep(
        ask,
        "ask.passed_on",
        actor=HOUSE,
        at=at,
        key=uuid5(key, "ask"),
        owe=[*waiting_timers(ask, at), *answer_timers(ask)],
    )  # her words lie under her own key, with her word


def _complaint(given: Feedback) -> tuple[str, str]:
    """What is said of it among the coordinators, and its title: of whom it is."""
    named = {"name": given.said_by.display, "delegation": given.delegation.name}
    words = _("%(name)s of %(delegation)s is not content with the LO.") % named
    return words, _title(given, _name_of(given.subject_id))[:120]


def _officer(delegation: Delegation, person_id: int | None) -> int | None:
    """The LO who is meant: one of those who are with them, else who holds it now."""
    present = present_assignments(delegation).values_list("officer__person", flat=True)
    if person_id in set(present):
        return person_id
    held = officer_of(delegation)
    return held.pk if held else None


def _said_in(language: str, given: Feedback, matter: Matter) -> str:
    with override(language):
        return _title(given, matter.indonesian if language == "id" else matter.english)


def _title(given: Feedback, named: str = "") -> str:
    if not named:
        return _("Not content: %(about)s") % {"about": given.get_about_display()}
    about = {"about": given.get_about_display(), "named": named}
    return _("Not content: %(about)s (%(named)s)") % about


def _name_of(person_id: int | None) -> str:
    return "".join(p.display for p in Person.objects.filter(pk=person_id or 0))


def hears_of(person_id: int | None, event: Event) -> Seat | None:
    """Who hears what is said in confidence of that LO, and at which table; never she.

    A coordinator; where she alone coordinates, the lead of the coordinators' table or
    of another one, else whoever else sits there. ``None`` if nobody is left.
    """
    seats = Seat.objects.filter(event=event).exclude(person=person_id or 0)
    rows = seats.exclude(role=Seat.Role.AUDITOR).select_related("person__party", "team")
    return min(rows.order_by("pk"), key=_nearest, default=None)


def _require_heard(person_id: int | None, event: Event) -> None:
    if hears_of(person_id, event) is None:
        words = _(
            "Nobody here could read this but the LO you mean, so it was not kept."
            " Please tell one of the hosts yourself."
        )
        raise Unheard(words)


def _nearest(seat: Seat) -> tuple[bool, bool, bool]:
    """Coordinators, then those beside them, then leads, then the others."""
    away = seat.team.code != routing.COORDINATION
    is_lead = seat.role == Seat.Role.LEAD
    return seat.role != Seat.Role.COORDINATOR, not is_lead, away
