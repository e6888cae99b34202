"""A short reply acknowledges the sender's own notice, or answers her own roll call."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from titian.briefing.commands import copies
from titian.briefing.models import Copy
from titian.channels import email
from titian.channels.books import digest_of
from titian.channels.models import Delivery
from titian.intake import replies
from titian.intake.message import CHATS, Message
from titian.intake.replies import KNOWN, Reply
from titian.intake.taking import said_at
from titian.kernel import journal
from titian.kernel.fields import opened
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import Forbidden
from titian.loop.commands import roll
from titian.loop.models import Roll, RollAnswer
from titian.loop.policy import is_with
from titian.people.models import Assignment, Person
from titian.people.queries import on_file

TAPPED = re.compile(r"copy:(\d{1,18}):known")
ABOUT = re.compile(r"(briefing\.copy|loop\.roll):(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Open:
    """Something that waits for a word of hers, and by what she may name it."""

    row: Copy | RollAnswer
    names: frozenset[str]

    @property
    def about(self) -> str:
        """As a delivery calls it."""
        if isinstance(self.row, Copy):
            return f"briefing.copy:{self.row.pk}"
        return f"loop.roll:{self.row.roll_id}"


def take(message: Message, person: Person | None, at: datetime) -> bool:
    """Do what a reply says, as the person on file who sent it; whether it was one.

    The message it answers says of what, or the code in it; else what is open by this
    channel, if that is one thing. Of several she is asked which. A stranger's, one that
    nobody vouches for, and words that say more are not taken.
    """
    if person is None or not message.is_vouched:
        return False
    reply = _reply_of(message)
    if reply is None:
        return False
    found = _meant(message, reply, person)
    if not found:
        return False
    if len(found) > 1:
        _ask_back(found, "several", message, person, at)
    else:
        _do(found[0], reply, message, person, at)
    return True


def _reply_of(message: Message) -> Reply | None:
    if TAPPED.fullmatch(message.choice):
        return Reply(KNOWN)
    return None if message.choice else replies.read(message.words)


def _meant(message: Message, reply: Reply, person: Person) -> Sequence[Open]:
    """What the reply may be about: what it answers, what it names, what is open."""
    referred = _referred(message, person)
    if referred is not None:
        return _named(referred, reply)
    if message.channel not in CHATS:  # a From line alone shows nothing
        return []
    candidates = _waiting(reply, message.channel, person)
    named = _named(candidates, reply)
    if reply.names or not named or reply.word != KNOWN:
        return named
    return named if _is_last_told(named, message.channel, person) else []


def _referred(message: Message, person: Person) -> list[Open] | None:
    """What the nearest known message before it was about; ``None`` without one."""
    if tapped := TAPPED.fullmatch(message.choice):
        return _copy(int(tapped[1]), person)
    for number in message.answers:
        about = _about(number, message)
        if about is None:
            continue
        found = ABOUT.fullmatch(about)
        if found is None:
            return []
        if found[1] == "briefing.copy":
            return _copy(int(found[2]), person)
        return _answers(person, roll=int(found[2]))
    return None


def _about(number: str, message: Message) -> str | None:
    rows = Delivery.objects.filter(kind=message.channel)
    if message.channel == email.KIND:
        key = email.key_of(number, message.sender)
        rows = rows.filter(ref=key) if key else rows.none()
    else:
        rows = rows.filter(number=number)
    return rows.values_list("about", flat=True).first()


def _copy(pk: int, person: Person) -> list[Open]:
    rows = Copy.objects.filter(pk=pk, person=person).select_related("notice__event")
    return [_of_copy(one) for one in rows]


def _of_copy(copy: Copy) -> Open:
    number = copy.notice.code.rpartition("-")[2].lstrip("0")
    return Open(copy, frozenset({f"n-{number}", number}))


def _answers(person: Person, **where: object) -> list[Open]:
    """What her delegations have to answer in calls; of those unanswered, if any are."""
    held = Assignment.objects.filter(officer__person=person, relieved_at=None)
    rows = RollAnswer.objects.filter(delegation__in=held.values("delegation"), **where)
    actor = on_file(person)
    hers = [
        one
        for one in rows.select_related("roll__event", "delegation__party")
        if is_with(actor, one.delegation)
    ]
    silent = [one for one in hers if not one.word]
    return [_of_answer(one) for one in silent or hers]


def _of_answer(row: RollAnswer) -> Open:
    number, party = str(row.roll.number), row.delegation.code.casefold()
    return Open(row, frozenset({f"m{number}", number, party}))


def _waiting(reply: Reply, channel: str, person: Person) -> list[Open]:
    """Of copies those this channel brought, unless she names one; of roll calls all,
    for they are urgent.
    """
    calls = _answers(person, roll__state=Roll.State.OPEN)
    if reply.word == KNOWN:
        calls = [one for one in calls if not _word(one)]
    elif calls or reply.word != "safe":
        return calls
    silent = Copy.objects.silent().filter(person=person)
    here = silent if reply.names else silent.filter(sent_by=channel)
    rows = here.select_related("notice__event")
    return [*(_of_copy(one) for one in rows), *calls]


def _word(one: Open) -> str:
    return one.row.word if isinstance(one.row, RollAnswer) else ""


def _named(candidates: Sequence[Open], reply: Reply) -> list[Open]:
    """Those that bear every name in the reply: an unknown name is somebody's words.

    That somebody is missing or hurt acknowledges no notice; those are words too.
    """
    is_of_calls = reply.word not in {KNOWN, "safe"} or reply.people is not None
    return [
        one
        for one in candidates
        if reply.names <= one.names and not (is_of_calls and isinstance(one.row, Copy))
    ]


def _is_last_told(found: Sequence[Open], channel: str, person: Person) -> bool:
    """Whether the last thing she was told by this channel is one of these."""
    digest = digest_of(channel, opened(person.phone))
    told = Delivery.objects.filter(kind=channel, digest=digest).exclude(sent_at=None)
    last = told.order_by("-sent_at", "-pk").values_list("about", flat=True).first()
    return last in {one.about for one in found}


def _do(
    one: Open, reply: Reply, message: Message, person: Person, at: datetime
) -> None:
    """Acknowledge or answer, as she herself would; what cannot be done is said back."""
    row, actor = one.row, on_file(person)
    now = said_at(row.event, message, at)
    if isinstance(row, RollAnswer) and reply.word == KNOWN and not reply.is_yes:
        return _ask_back([one], "safe", message, person, at)
    try:
        with transaction.atomic():
            if isinstance(row, Copy):
                copies.acknowledge(row.pk, actor=actor, at=now, key=message.key)
            else:
                roll.answer(
                    row.roll_id,
                    row.delegation_id,
                    "safe" if reply.word == KNOWN else reply.word,
                    people=reply.people,
                    actor=actor,
                    at=now,
                    key=message.key,
                )
    except (Forbidden, IllegalMove):
        _ask_back([one], "outdated", message, person, at)
    return None


def _ask_back(
    found: Sequence[Open], why: str, message: Message, person: Person, at: datetime
) -> None:
    """It is entered that the reply was not clear, and she is told by the same way."""
    copies_ = [one.row.pk for one in found if isinstance(one.row, Copy)]
    calls = [one.row.pk for one in found if isinstance(one.row, RollAnswer)]
    journal.write(
        "reply.unclear",
        found[0].row,
        actor=on_file(person),
        at=said_at(found[0].row.event, message, at),
        key=message.key,
        topics=(),
        why=why,
        channel=message.channel,
        copies=copies_,
        calls=calls,
    )
