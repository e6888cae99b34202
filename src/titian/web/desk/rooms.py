"""The bar's rooms and their parts: which a reader has, and where this page lies."""

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from titian.briefing.policy import may_read_press
from titian.kernel.actor import Actor, Kind, Proof
from titian.kernel.models import Event
from titian.people.models import Officer, Seat
from titian.talks.models import Talk
from titian.talks.policy import may_open_talk

OVERSEERS = frozenset({Seat.Role.COORDINATOR, Seat.Role.AUDITOR})


@dataclass(frozen=True)
class Room:
    """One link of the bar, with the parts that stand under it while one is in it."""

    name: str
    url: str
    parts: list["Room"] = field(default_factory=list)
    is_here: bool = False


def rooms(person_id: int | None, event: Event | None, path: str) -> list[Room]:
    """What the reader may open at the event, in the order of the bar.

    The room and the part whose address begins ``path`` are marked as here.
    """
    if event is None or person_id is None:
        return []
    return [_marked(room, path) for room in _offered(person_id, event)]


def _offered(person_id: int, event: Event) -> list[Room]:
    seats = set(
        Seat.objects.filter(event=event, person=person_id).values_list(
            "role", flat=True
        )
    )
    seated, oversees_it = bool(seats), bool(seats & OVERSEERS)
    works = seated or is_officer(person_id, event)
    offered = [
        (_room("room", _("Control room")), seated),
        (_room("cover", _("Cover"), *_cover()), oversees_it),
        (_room("asks", _("Requests")), True),
        (_room("programme", _("Programme"), *_programme()), True),
        (_room("notices", _("Notices"), *(_notices() if seated else ())), True),
        (_room("press", _("Press desk")), may_read_press(_signed(person_id), event)),
        (_room("agreements", _("Agreements"), *_agreements(works)), True),
        (_room("talks", _("Talks")), _talks(person_id, event)),
        (_room("rules", _("Rules"), *_rules()), works),
        (_room("timeline", _("Timeline"), *_timeline()), works),
        (_room("incidents", _("Incidents"), *_incidents(seated)), works),
        (_room("people", _("People"), *_people(oversees_it)), seated),
        (_room("imports", _("Files")), Seat.Role.COORDINATOR in seats),
    ]
    return [room for room, open_ in offered if open_]


def _cover() -> tuple[Room, ...]:
    return (_room("handovers", _("Hand-overs")),)


def _programme() -> tuple[Room, ...]:
    return (
        _room("meetings", _("Meetings")),
        _room("bilaterals", _("Bilaterals")),
    )


def _notices() -> tuple[Room, ...]:
    return (_room("closures", _("Closures")),)


def _agreements(works: bool) -> tuple[Room, ...]:
    """Reports are written by those who accompany or sit at a desk."""
    reports = (_room("reports", _("Reports")),) if works else ()
    return (_room("documents", _("Documents")), *reports)


def _rules() -> tuple[Room, ...]:
    return (_room("permits", _("Permits")),)


def _timeline() -> tuple[Room, ...]:
    return (_room("playbooks", _("Templates and contacts")),)


def _incidents(seated: bool) -> tuple[Room, ...]:
    """The meeting is of those who work at a desk."""
    meeting = (_room("coordination", _("Morning meeting")),) if seated else ()
    return (*meeting, _room("affected", _("Who is affected")))


def _people(oversees_it: bool) -> tuple[Room, ...]:
    """Who saw and who changed what is read by who coordinates or audits."""
    journal = (_room("journal", _("Journal")),) if oversees_it else ()
    return (
        _room("officers", _("Liaison officers")),
        _room("serving", _("Newsrooms, sponsors, artists")),
        _room("cars", _("Cars")),
        _room("hotels", _("Hotels")),
        *journal,
    )


def _room(name: str, words: str, *parts: Room) -> Room:
    """A room; one with parts is the first of them."""
    url = reverse(name)
    return Room(words, url, [Room(words, url), *parts] if parts else [])


def _marked(room: Room, path: str) -> Room:
    within = [one.url for one in (room, *room.parts) if path.startswith(one.url)]
    nearest = max(within, key=len, default="")
    parts = [replace(one, is_here=one.url == nearest) for one in room.parts]
    return replace(room, parts=parts, is_here=bool(within))


def _talks(person_id: int, event: Event) -> bool:
    """Named for a talk, or able to open one."""
    actor = _signed(person_id)
    named = Talk.objects.visible_to(actor).filter(event=event)
    return may_open_talk(actor, event) or named.exists()


def _signed(person_id: int) -> Actor:
    return Actor(Kind.PERSON, Proof.SIGNED_IN, person_id)


def is_officer(person_id: int, event: Event) -> bool:
    """Whether the reader accompanies guests at the event."""
    return Officer.objects.filter(event=event, person=person_id).exists()


def oversees(person_id: int | None, event: Event) -> bool:
    """Whether the reader coordinates the event's officers, or audits that."""
    seats = Seat.objects.filter(event=event, person=person_id, role__in=OVERSEERS)
    return person_id is not None and seats.exists()


def may_keep_clock(person_id: int | None, event: Event | None) -> bool:
    """Whether the reader may stop and start a rehearsal clock."""
    return (
        event is not None
        and event.is_rehearsal
        and Seat.objects.filter(
            event=event, person=person_id, role=Seat.Role.COORDINATOR
        ).exists()
    )
