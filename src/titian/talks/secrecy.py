"""The wall: the one way to what a side told in confidence. Each opening is an act.

Nobody else names ``behind_the_wall``; a test says so. What is written here goes into
the journal as happened, never in words, numbers or counts, and is no news to anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal, sealing
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.models import Person
from titian.people.queries import speaker
from titian.planning.bargain import Wishes
from titian.talks.commands.talking import NotOfThisSide, for_side, locked
from titian.talks.models import Envoy, Interest, Issue, Talk, Weighing, said
from titian.talks.policy import SIDES, seat_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

NO_NEWS: tuple[str, ...] = ()
WORDS_AT_MOST = 600


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told about a topic: of which kind, in which words, and how we know.

    ``option_id`` is the option that a pro speaks for.
    """

    kind: str
    words: str
    told_by_id: int
    told_at: datetime
    sure: str = Interest.Sure.SAID
    is_shown: bool = False
    option_id: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One opened row of the interest map."""

    pk: int
    issue_id: int
    side: str
    kind: str
    words: str
    who: str
    at: datetime
    sure: str
    is_shown: bool
    option: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A side's opened preferences, and whether they are lent."""

    wishes: Wishes
    lent_at: datetime | None


@transaction.atomic
def note(
    issue_id: int,
    telling: Telling,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Issue:
    """Write down what one's side told about a topic; what it told before is kept.

    Who mediates may write it on a side's word: then it is shown to her. Raises
    ``Forbidden`` but for the side, ``NotOfThisSide`` if who told it is of another
    party, ``Wordless`` without words, ``Option.DoesNotExist`` if what speaks for an
    option names none of the topic.
    """
    issue = Issue.objects.select_related("talk__event").get(pk=issue_id)
    if journal.replayed(key, "talk.confided", issue.talk_id, actor=actor):
        return issue

    talk, side = for_side(issue.talk_id, actor=actor)
    teller = Person.objects.filter(
        pk=telling.told_by_id, party=talk.delegation(side).party_id
    ).first()
    if teller is None:
        raise NotOfThisSide(_("Name somebody of this party."))
    words = said(telling.words, at_most=WORDS_AT_MOST)
    kind, sure = Interest.Kind(telling.kind), Interest.Sure(telling.sure)
    option = issue.options.get(pk=telling.option_id or 0) if kind == kind.PRO else None
    before = Interest.behind_the_wall.filter(issue=issue, side=side, kind=kind)
    before = before.filter(option=option)
    before.filter(replaced_at=None).update(replaced_at=at)
    Interest.behind_the_wall.create(
        issue=issue,
        option=option,
        side=side,
        kind=kind,
        sealed=sealing.seal(teller.pk, {"words": words}),
        told_by=teller,
        told_at=telling.told_at,
        sure=sure,
        is_shown=telling.is_shown or actor.on_word_of is not None,
    )
    _happened("talk.confided", talk, actor, at, key)
    return issue


@transaction.atomic
def show(
    interest_id: int,
    is_shown: bool,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> None:
    """Let who mediates read one thing, or no longer; never the other side.

    ``Interest.DoesNotExist`` for what is not of the actor's own side: nobody can tell
    what is there by asking for it.
    """
    row = Interest.behind_the_wall.select_related("issue__talk").get(pk=interest_id)
    talk = locked(row.issue.talk_id)
    if seat_of(actor, talk) != row.side:
        raise Interest.DoesNotExist
    if journal.replayed(key, "talk.confided", talk.pk, actor=actor):
        return
    row.is_shown = is_shown
    row.save(update_fields=["is_shown"])
    _happened("talk.confided", talk, actor, at, key)


@transaction.atomic
def open_map(talk_id: int, *, actor: Actor, at: datetime) -> list[Told]:
    """What the actor may read of the interest map, topic by topic; it is an act.

    A side reads its own; who mediates what either side shows her. Raises
    ``Forbidden`` for everybody else.
    """
    talk = locked(talk_id)
    seat = seat_of(actor, talk)
    require(seat != "", _("Only who sits at this talk does this."))
    rows = Interest.behind_the_wall.filter(issue__talk=talk, replaced_at=None)
    rows = _for_seat(rows, seat).select_related("told_by", "option")
    found = [_opened(row) for row in rows.order_by("issue__order", "side", "pk")]
    _opened_by(actor, talk, at, "map")
    return [row for row in found if row is not None]


@transaction.atomic
def say_preferences(
    talk_id: int,
    wishes: Wishes,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Talk:
    """Say what one's side would rather have, as far as it is known.

    Nothing is worked out with it until both sides lend what they said: a change takes
    both lendings back, so that nobody learns the other's by trying. Raises
    ``Forbidden`` but for the side.
    """
    if journal.replayed(key, "talk.preferred", talk_id, actor=actor):
        return Talk.objects.get(pk=talk_id)

    talk, side = for_side(talk_id, actor=actor)
    by = speaker(actor)
    Weighing.behind_the_wall.update_or_create(
        talk=talk,
        side=side,
        defaults={
            "sealed": sealing.seal(by.pk, _packed(wishes)),
            "said_by": by,
            "said_at": at,
        },
    )
    Weighing.behind_the_wall.filter(talk=talk).update(lent_at=None)
    _happened("talk.preferred", talk, actor, at, key)
    return talk


@transaction.atomic
def lend(
    talk_id: int,
    is_lent: bool,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Talk:
    """Let packages be worked out with one's preferences, or no longer.

    Who mediates reads them then; the other side never does. Raises ``Forbidden`` but
    for the side, ``Weighing.DoesNotExist`` if it has said none.
    """
    if journal.replayed(key, "talk.lent", talk_id, actor=actor):
        return Talk.objects.get(pk=talk_id)

    talk, side = for_side(talk_id, actor=actor)
    row = Weighing.behind_the_wall.get(talk=talk, side=side)
    row.lent_at = at if is_lent else None
    row.save(update_fields=["lent_at"])
    _happened("talk.lent", talk, actor, at, key)
    return talk


@transaction.atomic
def open_preferences(talk_id: int, *, actor: Actor, at: datetime) -> dict[str, Said]:
    """A side's own preferences; to who mediates, those that are lent. It is an act."""
    talk = locked(talk_id)
    seat = seat_of(actor, talk)
    require(seat != "", _("Only who sits at this talk does this."))
    rows = Weighing.behind_the_wall.filter(talk=talk)
    rows = rows.filter(side=seat) if seat in SIDES else rows.exclude(lent_at=None)
    _opened_by(actor, talk, at, "preferences")
    return _said(rows)


@transaction.atomic
def reckon(talk_id: int, *, actor: Actor, at: datetime) -> dict[str, Said] | None:
    """Both sides' preferences, for ``talks.packages`` alone to work with.

    ``None`` unless both are lent. What of it may leave is decided there by seat.
    """
    talk = locked(talk_id)
    require(seat_of(actor, talk) != "", _("Only who sits at this talk does this."))
    found = _said(Weighing.behind_the_wall.filter(talk=talk).exclude(lent_at=None))
    if set(found) != SIDES:
        return None
    _opened_by(actor, talk, at, "packages")
    return found


def _for_seat(rows: "QuerySet[Interest]", seat: str) -> "QuerySet[Interest]":
    return (
        rows.filter(is_shown=True)
        if seat == Envoy.Side.BRIDGE
        else rows.filter(side=seat)
    )


def _opened(row: Interest) -> Told | None:
    """The row in words; ``None`` once who told it is erased."""
    told = sealing.open_under(row.told_by_id, bytes(row.sealed))
    if told is None:
        return None
    return Told(
        pk=row.pk,
        issue_id=row.issue_id,
        side=row.side,
        kind=row.kind,
        words=str(told["words"]),
        who=row.told_by.display,
        at=row.told_at,
        sure=row.sure,
        is_shown=row.is_shown,
        option=row.option.words if row.option else "",
    )


def _said(rows: "QuerySet[Weighing]") -> dict[str, Said]:
    found = {}
    for row in rows.order_by("side"):
        told = sealing.open_under(row.said_by_id, bytes(row.sealed))
        if told is not None:
            found[row.side] = Said(_unpacked(told), row.lent_at)
    return found


def _packed(wishes: Wishes) -> Mapping[str, object]:
    return {
        "bars": dict(wishes.bars),
        "sorted": {key: [list(g) for g in gs] for key, gs in wishes.sorted.items()},
        "unacceptable": sorted(map(list, wishes.unacceptable)),
        "reserve": wishes.reserve,
    }


def _unpacked(told: Mapping[str, Any]) -> Wishes:
    return Wishes(
        bars=told["bars"],
        sorted=told["sorted"],
        unacceptable=frozenset(
            (issue, option) for issue, option in told["unacceptable"]
        ),
        reserve=told["reserve"],
    )


def _happened(
    verb: str, talk: Talk, actor: Actor, at: datetime, key: UUID | None
) -> None:
    journal.write(verb, talk, actor=actor, at=at, key=key, topics=NO_NEWS)


def _opened_by(actor: Actor, talk: Talk, at: datetime, what: str) -> None:
    journal.write(
        "talk.confidence_opened", talk, actor=actor, at=at, topics=NO_NEWS, what=what
    )
