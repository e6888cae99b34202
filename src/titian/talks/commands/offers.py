"""The ledger of offers: made, answered, accepted, withdrawn, lapsed; none is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.people.queries import speaker
from titian.talks.commands.talking import STUCK, for_side, locked
from titian.talks.models import Envoy, Issue, Offer, Option, Talk, said

LAPSE = "titian.talks.timers.offer_lapses"


class Senseless(ValueError):
    """An offer that cannot be meant; the argument is the sentence."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is offered: one option of each topic named, under which conditions."""

    option_ids: Sequence[int]
    conditions: str = ""
    expires_at: datetime | None = None
    answers_id: int | None = None


@transaction.atomic
def offer(
    talk_id: int,
    terms: Terms,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Offer:
    """Put an offer on the table; one that answers another takes its place.

    Raises ``Forbidden`` but for a side, ``IllegalMove`` if the talk is not open, a
    topic is agreed already or the offer answered is no longer on the table,
    ``Senseless`` for no topic, two options of one, or a last hour that has passed.
    """
    if entry := journal.replayed(key, "offer.made", None, actor=actor):
        return Offer.objects.get(pk=entry.subject_id)

    talk, side = for_side(talk_id, actor=actor)
    talk.machine.after(talk.state, "settle")
    options = _options(talk, terms.option_ids)
    if terms.expires_at is not None and terms.expires_at <= at:
        raise Senseless(_("An offer needs a last hour that is still to come."))
    answered = _countered(talk, side, terms.answers_id, at)
    return _put(talk, side, options, terms, answered, actor=actor, at=at, key=key)


@transaction.atomic
def accept(
    offer_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Offer:
    """Accept what the other side offers: its topics are agreed, and locked.

    What counts is when the house hears of it. Heard after the offer's last hour, it
    agrees nothing and is not lost either: it goes to the other side as an offer in
    the same terms, which is returned instead. Raises ``Forbidden`` but for the other
    side, ``IllegalMove`` if somebody was faster.
    """
    made = Offer.objects.select_related("talk__event").get(pk=offer_id)
    if entry := journal.replayed(key, "offer.acceptance_said", offer_id, actor=actor):
        late = entry.facts["offered_back"]
        return Offer.objects.get(pk=late or offer_id)

    talk, side = for_side(made.talk_id, actor=actor)
    made = talk.offers.get(pk=offer_id)
    require(side != made.side, _("A side does not accept its own offer."))
    talk.machine.after(talk.state, "settle")
    back = None
    if made.has_lapsed(clock.time_at(talk.event)):
        back = _offered_back(talk, side, made, actor=actor, at=at)
    else:
        made.move("accept", at=at)
        made.save()
        _agree(talk, made, at)
    journal.write(
        "offer.acceptance_said",
        made,
        actor=actor,
        at=at,
        key=key,
        state=made.state,
        offered_back=back.pk if back else None,
    )
    return back or made


@transaction.atomic
def withdraw(
    offer_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Offer:
    """Take one's own side's offer off the table; it stays in the ledger."""
    made = Offer.objects.get(pk=offer_id)
    if journal.replayed(key, "offer.withdrawn", offer_id, actor=actor):
        return made

    talk, side = for_side(made.talk_id, actor=actor)
    made = talk.offers.get(pk=offer_id)
    require(side == made.side, _("Only the side that made an offer withdraws it."))
    made.move("withdraw", at=at)
    made.save()
    journal.write(
        "offer.withdrawn", made, actor=actor, at=at, key=key, state=made.state
    )
    return made


@transaction.atomic
def lapse(offer_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that an offer's last hour has passed; nothing if it was answered."""
    made = Offer.objects.get(pk=offer_id)
    locked(made.talk_id)
    made.refresh_from_db()
    if not made.is_open or journal.replayed(key, "offer.lapsed", offer_id, actor=HOUSE):
        return
    made.move("lapse", at=at)
    made.save()
    journal.write("offer.lapsed", made, actor=HOUSE, at=at, key=key, state=made.state)


@transaction.atomic
def mark_stuck(issue_id: int, *, at: datetime, key: UUID) -> None:
    """Enter that a topic lies still for too long: both sides and who mediates hear."""
    talk = locked(Issue.objects.get(pk=issue_id).talk_id)
    issue = talk.issues.get(pk=issue_id)
    still = issue.moved_at + talk.patience <= at and not issue.is_agreed
    if talk.state != Talk.State.OPEN or issue.stuck_at or not still:
        return
    issue.stuck_at = at
    issue.save(update_fields=["stuck_at"])
    journal.write("issue.stuck", issue, actor=HOUSE, at=at, key=key)


def _options(talk: Talk, option_ids: Sequence[int]) -> list[Option]:
    """One of each topic, none of them agreed."""
    found = list(
        Option.objects.filter(pk__in=option_ids, issue__talk=talk)
        .select_related("issue")
        .order_by("issue__order")
    )
    topics = {option.issue_id for option in found}
    if not found or len(found) != len(set(option_ids)):
        raise Senseless(_("Choose an option of at least one topic."))
    if len(topics) != len(found):
        raise Senseless(_("Choose one option of each topic, not two."))
    if any(option.issue.is_agreed for option in found):
        raise IllegalMove("cannot offer what is agreed")
    return found


def _countered(
    talk: Talk, side: str, answers_id: int | None, at: datetime
) -> Offer | None:
    if answers_id is None:
        return None
    answered = talk.offers.get(pk=answers_id)
    require(side != answered.side, _("A side answers the other side's offer."))
    answered.move("counter", at=at)
    answered.save()
    return answered


def _put(
    talk: Talk,
    side: str,
    options: Sequence[Option],
    terms: Terms,
    answered: Offer | None,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Offer:
    author = speaker(actor)
    conditions = said(terms.conditions, at_most=600, may_be_empty=True)
    made = Offer.objects.create(
        talk=talk,
        number=talk.offers.count() + 1,
        side=side,
        author=author,
        answers=answered,
        conditions="" if sealing.is_destroyed(author.pk) else conditions,
        made_at=at,
        expires_at=terms.expires_at,
    )
    made.options.set(options)
    touched = [option.issue_id for option in options]
    talk.issues.filter(pk__in=touched).update(moved_at=at, stuck_at=None)
    timers = [(STUCK, at + talk.patience)]
    if terms.expires_at is not None:
        timers.append((LAPSE, terms.expires_at))
    journal.write(
        "offer.made",
        made,
        actor=actor,
        at=at,
        key=key,
        about=author.pk,
        sealed={"words": conditions},
        owe=timers,
        side=side,
        number=made.number,
        answers=answered.pk if answered else None,
    )
    return made


def _offered_back(
    talk: Talk, side: str, late: Offer, *, actor: Actor, at: datetime
) -> Offer:
    """The same terms, from the other side now: what a late acceptance is worth."""
    options = list(late.options.select_related("issue"))
    if any(option.issue.is_agreed for option in options):
        raise IllegalMove("cannot accept what is agreed otherwise")
    if late.is_open:  # its timer has not struck yet
        late.move("lapse", at=at)
        late.save()
    terms = Terms([option.pk for option in options], late.conditions)
    return _put(talk, side, options, terms, late, actor=actor, at=at)


def _agree(talk: Talk, made: Offer, at: datetime) -> None:
    """Lock the topics; offers that name one of them are overtaken."""
    for option in made.options.select_related("issue"):
        issue = option.issue
        issue.move("agree")
        issue.agreed_on, issue.moved_at, issue.stuck_at = option, at, None
        issue.save()
    locked_now = made.options.values("issue")
    others = talk.offers.filter(
        state=Offer.State.OPEN, options__issue__in=locked_now
    ).distinct()
    for other in others.exclude(pk=made.pk):
        other.move("overtake", at=at)
        other.save()
    if not talk.issues.exclude(state=Issue.State.AGREED).exists():
        talk.move("settle")
        talk.save()


def other_side(side: str) -> str:
    """The side across the table."""
    return Envoy.Side.B if side == Envoy.Side.A else Envoy.Side.A


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty what an erased person wrote under offers; what was offered stays.

    What she told in confidence is gone with her key. A second time nothing is left.
    """
    for made in Offer.objects.filter(author=person_id).exclude(conditions=""):
        made.conditions = ""
        made.save(update_fields=["conditions"])
        journal.write("offer.words_forgotten", made, actor=HOUSE, at=at)
