"""Each thing of a hand-over: read back, questioned, explained, added."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import journal, sealing
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.machine import IllegalMove
from titian.kernel.policy import require
from titian.loop.comparing import compared
from titian.loop.handing import Line, lines_of, mark_of
from titian.loop.models import HandOver, HandOverItem, LeftOut
from titian.loop.policy import HANDOVER_SIDES, HANDOVER_WORDS
from titian.loop.saying import Empty
from titian.people.commands.leaving import StillOpen

S = HandOverItem.State
LONGEST = 300
READ_BACK = "handover.item_read_back"


@transaction.atomic
def accept(
    handover_id: int,
    subject_kind: str,
    subject_id: int,
    mark: str,
    heard_as: Mapping[str, str] | None = None,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> HandOverItem:
    """The relief takes one thing; what is exact she says back field by field.

    What is said back otherwise than it stands is not accepted: it is in question, with
    both versions side by side. ``mark`` stands for what she read: if it has changed
    meanwhile, or is no longer open, ``StillOpen`` asks her to read it anew. Raises
    ``LeftOut`` if a field is not said back, ``Forbidden`` for anybody else.
    """
    row = _live(handover_id)
    if entry := journal.replayed(key, READ_BACK, None, actor=actor):
        return HandOverItem.objects.get(pk=entry.subject_id)
    _require(actor, "accept", row)
    line = _line(row, subject_kind, subject_id, mark, at=at)
    item, said = _item(line), dict(heard_as or {})
    fields = line.carried.fields
    if missing := [name for name in fields if not said.get(name, "").strip()]:
        raise LeftOut(", ".join(missing))
    if any(one.kind != "same" for one in compared(fields, said)):
        item.heard_as = {} if _is_forgotten(item) else said
        return _move(item, "question", READ_BACK, actor=actor, at=at, key=key)
    item.heard_as, item.accepted_at = {}, at
    return _move(item, "accept", READ_BACK, actor=actor, at=at, key=key)


@transaction.atomic
def question(
    handover_id: int,
    subject_kind: str,
    subject_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> HandOverItem:
    """The relief asks about one thing before she takes it; the words are sealed."""
    row = _live(handover_id)
    if entry := journal.replayed(key, "handover.item_questioned", None, actor=actor):
        return HandOverItem.objects.get(pk=entry.subject_id)
    _require(actor, "question", row)
    line = _line(row, subject_kind, subject_id, "", at=at)
    item, said = _item(line), _some(words)
    item.question, item.explained = said, ""
    return _move(
        item,
        "question",
        "handover.item_questioned",
        {"words": said},
        actor=actor,
        at=at,
        key=key,
    )


@transaction.atomic
def explain(
    handover_id: int,
    subject_kind: str,
    subject_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> HandOverItem:
    """She who leaves answers the question; the relief reads it and accepts."""
    row = _live(handover_id)
    if entry := journal.replayed(key, "handover.item_explained", None, actor=actor):
        return HandOverItem.objects.get(pk=entry.subject_id)
    _require(actor, "explain", row)
    item = _item(_line(row, subject_kind, subject_id, "", at=at))
    item.explained, item.heard_as = _some(words), {}
    told = {"words": words.strip()}
    return _move(
        item, "explain", "handover.item_explained", told, actor=actor, at=at, key=key
    )


@transaction.atomic
def add_word(
    handover_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> HandOverItem:
    """She who leaves adds a sensitivity in her own words, which are sealed."""
    row = _live(handover_id)
    if entry := journal.replayed(key, "handover.item_added", None, actor=actor):
        return HandOverItem.objects.get(pk=entry.subject_id)
    _require(actor, "explain", row)
    said = _some(words)
    own = row.items.filter(subject_kind=HandOverItem.WORD).count()
    added = HandOverItem.objects.create(
        handover=row,
        kind=HandOverItem.Kind.SENSITIVITY,
        subject_kind=HandOverItem.WORD,
        subject_id=own + 1,
        about_id=row.outgoing.person_id,
        words="" if sealing.is_destroyed(row.outgoing.person_id) else said,
        joined_at=at,
    )
    (line,) = [one for one in lines_of(row) if one.item and one.item.pk == added.pk]
    added.mark = line.mark
    added.save()
    return _enter(
        added, "handover.item_added", {"words": said}, actor=actor, at=at, key=key
    )


def list_all(row: HandOver, *, at: datetime) -> int:
    """Put down everything that is carried as the hand-over opens; how many."""
    lines = lines_of(row)
    HandOverItem.objects.bulk_create(_fresh(row, one, at) for one in lines)
    return len(lines)


def bring_up_to_date(row: HandOver, *, at: datetime) -> list[Line]:
    """What came joins, what was closed leaves, what changed is to be read anew."""
    lines = lines_of(row)
    here = {one.carried.key for one in lines}
    for line in lines:
        if line.item is None:
            _fresh(row, line, at).save()
        elif line.item.state == S.GONE:
            _by_the_house(line.item, "come_back", line.mark, at)
        elif line.item.mark != line.mark:
            renews = line.item.state != S.OPEN
            _by_the_house(line.item, "renew" if renews else "", line.mark, at)
    for item in row.items.exclude(state=S.GONE):
        if (item.subject_kind, item.subject_id) not in here:
            _by_the_house(item, "leave", item.mark, at)
    return lines_of(row)


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty what an erased person said in hand-overs, and what is said about her."""
    spoken = HandOverItem.objects.select_related("handover__event").filter(
        about_id=person_id
    )
    asked = HandOverItem.objects.select_related("handover__event").filter(
        handover__incoming__person=person_id
    ) | HandOverItem.objects.select_related("handover__event").filter(
        handover__outgoing__person=person_id
    )
    for item in (spoken | asked).distinct().order_by("pk"):
        if not (item.words or item.question or item.explained or item.heard_as):
            continue
        item.words = item.question = item.explained = ""
        item.heard_as = {}
        item.save()
        journal.write(
            "handover.words_forgotten", item, actor=HOUSE, at=at, state=item.state
        )


def _live(handover_id: int) -> HandOver:
    rows = HandOver.objects.select_related(
        "event", "delegation__event", "outgoing__person", "incoming__person"
    )
    return rows.select_for_update(of=("self",)).get(pk=handover_id)


def _require(actor: Actor, name: str, row: HandOver) -> None:
    side = HandOverItem.machine[name].by
    require(HANDOVER_SIDES[side](actor, row), str(HANDOVER_WORDS[side]))
    if not row.is_live:
        raise IllegalMove(f"this hand-over is {row.state}")


def _line(
    row: HandOver, subject_kind: str, subject_id: int, mark: str, *, at: datetime
) -> Line:
    for line in bring_up_to_date(row, at=at):
        if line.carried.key == (subject_kind, subject_id):
            if mark and mark != line.mark:
                raise StillOpen(_("It has changed meanwhile: read it once more."))
            return line
    raise StillOpen(_("It is no longer open: nobody needs to take it over."))


def _item(line: Line) -> HandOverItem:
    if line.item is None:  # brought up to date a moment ago
        raise IllegalMove("nobody has put this down")
    return line.item


def _fresh(row: HandOver, line: Line, at: datetime) -> HandOverItem:
    one = line.carried
    return HandOverItem(
        handover=row,
        kind=one.kind,
        subject_kind=one.subject_kind,
        subject_id=one.subject_id,
        mark=mark_of(one),
        about_id=one.about_id,
        joined_at=at,
    )


def _by_the_house(item: HandOverItem, name: str, mark: str, at: datetime) -> None:
    item.mark, item.heard_as, item.accepted_at = mark, {}, None
    if not name:
        item.save()
        return
    item.state = HandOverItem.machine.after(item.state, name)
    item.save()
    verb = f"handover.item_{name}"
    journal.write(verb, item, actor=HOUSE, at=at, state=item.state)


def _is_forgotten(item: HandOverItem) -> bool:
    return item.about_id is not None and sealing.is_destroyed(item.about_id)


def _move(
    item: HandOverItem,
    name: str,
    verb: str,
    words: Mapping[str, str] | None = None,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> HandOverItem:
    if item.state != S.QUESTIONED or name != "question":  # asked once more is as asked
        item.state = HandOverItem.machine.after(item.state, name)
    item.save()
    return _enter(item, verb, words, actor=actor, at=at, key=key)


def _enter(
    item: HandOverItem,
    verb: str,
    words: Mapping[str, str] | None,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
) -> HandOverItem:
    journal.write(
        verb,
        item,
        actor=actor,
        at=at,
        key=key,
        about=actor.person_id if words else None,
        sealed=words,
        state=item.state,
        kind=item.kind,
        handover=item.handover_id,
    )
    return item


def _some(words: str) -> str:
    words = words.strip()
    if not words or len(words) > LONGEST:
        raise Empty(_("Say it in a few words, at most 300 characters."))
    return words
