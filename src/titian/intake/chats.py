"""A conversation from an export: each line attributed, and any line made an ask."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from mimetypes import guess_type
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from titian.intake import exports
from titian.intake.exports import Export, Line
from titian.intake.models import Chat, ChatLine
from titian.intake.routing import people_at
from titian.kernel import documents, journal
from titian.kernel.actor import Actor, Kind
from titian.kernel.models import Document, Event
from titian.kernel.numbers import international
from titian.kernel.policy import require
from titian.kernel.sealing import open_all, seal_all
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.people.models import Assignment, Delegation, Person, Seat
from titian.people.models.person import folded
from titian.people.policy import accompanies, coordinates
from titian.people.queries import speaker

MEANS = "whatsapp"
PAGE = 200


class NothingSaid(ValueError):
    """A line without words of its author's; its argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line for reading: who, when, what; ``person`` is nobody of whom we know."""

    line: ChatLine
    name: str
    words: str

    @property
    def key(self) -> UUID:
        """The retry key for the ask that is made of it: of one line there is one."""
        return uuid5(NAMESPACE_OID, f"titian:chat line:{self.line.pk}")

    @property
    def says_something(self) -> bool:
        """Whether there are words of the author's: else there is nothing to ask."""
        return not exports.says_nothing(self.words)


@transaction.atomic
def read_chat(
    content: bytes,
    event_id: int,
    delegation_id: int | None = None,
    *,
    names: Mapping[str, int] | None = None,
    zone: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Chat:
    """Keep an export's lines, each as its author's words, under the author's own key.

    An author is known by the telephone number, by a name that only one person of the
    delegation, its officers or the hosts bears, or by ``names`` (name to person).
    Hours are those of the exporting phone, in ``zone`` or the event's. The same file
    again is the same chat. Raises ``NotAChat``; ``Forbidden`` unless the actor is a
    coordinator or the delegation's officer.
    """
    event = Event.objects.get(pk=event_id)
    delegation = _delegation(event, delegation_id)
    _require_right(actor, event, delegation)
    if entry := journal.replayed(key, "chat.read", None, actor=actor):
        return Chat.objects.get(pk=entry.subject_id)

    export = exports.read(content)
    chats = Chat.objects.filter(event=event, concerns=delegation, digest=export.digest)
    if (known := chats.first()) is not None:
        return known
    chat = Chat.objects.create(
        event=event,
        concerns=delegation,
        digest=export.digest,
        read_by=speaker(actor),
        read_at=at,
        skipped=export.skipped,
    )
    speakers = speakers_of(export, event, delegation) | dict(names or {})
    _keep_lines(chat, export, speakers, ZoneInfo(zone or event.zone), at)
    journal.write(
        "chat.read",
        chat,
        actor=actor,
        at=at,
        key=key,
        lines=len(export.lines),
        attributed=chat.lines.exclude(person=None).count(),
        order=export.order,
    )
    return chat


@transaction.atomic
def ask_for_line(
    line_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Ask:
    """The officer makes an ask of what a guest wrote there, on the guest's word.

    The words are the guest's, and the hour is when they were said. Raises
    ``Forbidden`` unless the actor is the guest's officer, ``NothingSaid`` where the app
    put a note in the place of a picture or of words that were taken back.
    """
    line = ChatLine.objects.select_related("chat__concerns", "person").get(pk=line_id)
    concerns, person = line.chat.concerns, line.person
    if concerns is None or person is None:
        require(False, _("Say first which guest wrote this."))
        raise AssertionError
    [sealed] = open_all(person.pk, [bytes(line.sealed)])
    words = str(sealed.get("words", ""))
    if exports.says_nothing(words):
        raise NothingSaid(_("No words of the guest's are in this line."))
    return asks.ask(
        concerns.pk,
        words,
        channel=MEANS,
        actor=actor.passing_on(person.pk, means=MEANS),
        at=min(line.said_at, at),
        key=key,
    )


def chats_for(actor: Actor) -> QuerySet[Chat]:
    """The chats that the actor may read: of guests she accompanies, or coordinates."""
    if actor.person_id is None or actor.kind == Kind.LINK or actor.on_word_of:
        return Chat.objects.none()
    seats = Seat.objects.filter(person=actor.person_id, role=Seat.Role.COORDINATOR)
    held = Assignment.objects.filter(
        officer__person=actor.person_id, relieved_at=None
    ).exclude(consent=Assignment.Consent.DECLINED)
    return Chat.objects.filter(
        Q(event__in=seats.values("event")) | Q(concerns__in=held.values("delegation"))
    )


def lines_of(chat_id: int, actor: Actor, *, after: int = -1) -> list[Said]:
    """The chat's next lines after that place, ``PAGE`` at most, in order.

    ``Chat.DoesNotExist`` for who may not read it.
    """
    chat = chats_for(actor).get(pk=chat_id)
    rows = chat.lines.filter(position__gt=after).select_related("person", "paper")
    lines = list(rows.order_by("position")[:PAGE])
    by_person = defaultdict(list)
    for line in lines:
        if line.person_id is not None:
            by_person[line.person_id].append(line)
    words = {
        line.pk: opened
        for person_id, theirs in by_person.items()
        for line, opened in zip(
            theirs,
            open_all(person_id, (bytes(one.sealed) for one in theirs)),
            strict=True,
        )
    }
    return [_said(line, words.get(line.pk) or line.stranger) for line in lines]


def speakers_of(
    export: Export, event: Event, delegation: Delegation | None
) -> dict[str, int]:
    """Author to person, where one and only one person can be meant."""
    named: dict[str, set[int]] = defaultdict(set)
    for person in _people_of(event, delegation):
        for form in (person.display, person.native):
            if form:
                named[folded(form)].add(person.pk)
    found = {}
    for author in exports.authors(export):
        by_number = [p.pk for p in people_at(MEANS, author)]
        meant = by_number if international(author) else named.get(folded(author), ())
        if len(meant) == 1:
            found[author] = next(iter(meant))
    return found


def _people_of(event: Event, delegation: Delegation | None) -> QuerySet[Person]:
    ours = Q(seats__event=event) | Q(officers__event=event)
    if delegation is not None:
        ours |= Q(party=delegation.party_id)
    return Person.objects.filter(ours).distinct()


def _delegation(event: Event, delegation_id: int | None) -> Delegation | None:
    if delegation_id is None:
        return None
    return Delegation.objects.select_related("party").get(pk=delegation_id, event=event)


def _require_right(actor: Actor, event: Event, delegation: Delegation | None) -> None:
    own_word = actor.on_word_of is None
    is_officer = delegation is not None and accompanies(actor, delegation)
    right = own_word and (coordinates(actor, event) or is_officer)
    require(right, _("Only the LO of the delegation or a coordinator reads it in."))


def _keep_lines(
    chat: Chat,
    export: Export,
    speakers: Mapping[str, int],
    zone: ZoneInfo,
    at: datetime,
) -> None:
    papers = {
        name: documents.keep(
            content,
            name=name,
            kind="chat",
            media_type=guess_type(name)[0] or "application/octet-stream",
            at=at,
        )
        for name, content in exports.named_files(export)
        if len(content) <= documents.LARGEST
    }
    sealed = _sealed(export.lines, speakers)
    ChatLine.objects.bulk_create(
        (
            _row(chat, place, line, speakers, sealed, papers, zone)
            for place, line in enumerate(export.lines)
        ),
        batch_size=500,
    )


def _sealed(lines: Iterable[Line], speakers: Mapping[str, int]) -> dict[int, bytes]:
    """The words of everybody we know, under the speaker's own key, by their place."""
    theirs: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, line in enumerate(lines):
        if not line.is_system and line.author in speakers:
            theirs[speakers[line.author]].append((place, line.words))
    return {
        place: words
        for person_id, said in theirs.items()
        for (place, _words), words in zip(
            said, seal_all(person_id, ({"words": w} for _p, w in said)), strict=True
        )
    }


def _row(
    chat: Chat,
    place: int,
    line: Line,
    speakers: Mapping[str, int],
    sealed: Mapping[int, bytes],
    papers: Mapping[str, Document],
    zone: ZoneInfo,
) -> ChatLine:
    is_known = place in sealed
    return ChatLine(
        chat=chat,
        position=place,
        said_at=line.said_at.replace(tzinfo=zone),
        person_id=speakers[line.author] if is_known else None,
        sealed=sealed.get(place, b""),
        stranger={} if is_known else {"name": line.author, "words": line.words},
        paper=papers.get(line.file),
        is_system=line.is_system,
    )


def _said(line: ChatLine, words: Mapping[str, object]) -> Said:
    name = line.person.display if line.person else str(words.get("name", ""))
    return Said(line, name, str(words.get("words", "")))
