"""A small true-to-life world that every test may stand in.

All of it is invented. At the Lagoon Games the rowers of Arunika ask, and the boat desk
answers. Ingrid rows for Arunika and has a link, no account; Marco accompanies her;
Bruna sits at the boat desk; Wati coordinates the officers; Petra reads the press desk's
mail; Eve is another delegation's guest, with an account and a link.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import User

from titian.kernel.actor import FEED, HOUSE, Actor, Kind, Proof
from titian.kernel.models import Basis, Event
from titian.people.models import (
    Assignment,
    Delegation,
    GuestLink,
    Member,
    Officer,
    Party,
    Person,
    Seat,
)
from titian.people.queries import by_link, signed_in
from titian.places.models import Place, TravelTime

NOON = datetime(2027, 5, 1, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
WORDS = "Two boats at the pier by six"
DETAILS = {"how_many": "2", "where": "the pier", "when": "06:00"}
FAR_AWAY = datetime(2999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    event: Event
    arunika: Delegation
    selaya: Delegation
    boats: Party
    kitchen: Party
    press: Party
    pier: Place
    hotel: Place
    officer: Officer
    assignment: Assignment
    ingrid: Actor
    marco: Actor
    bruna: Actor
    wati: Actor
    petra: Actor
    eve: Actor

    @property
    def for_ingrid(self) -> Actor:
        """Marco, bringing Ingrid's word from the telephone."""
        assert self.ingrid.person_id is not None
        return self.marco.passing_on(self.ingrid.person_id, means="telephone")

    def nobodies(self) -> Mapping[str, Actor]:
        """Eve in every disguise, and the machines that have no word to give."""
        assert self.ingrid.person_id is not None
        return {
            "signed in": self.eve,
            "by link": by_link("eve"),
            "by telephone": Actor(Kind.ADDRESS, Proof.ON_FILE, self.eve.person_id),
            "on Ingrid's word": self.eve.passing_on(
                self.ingrid.person_id, means="face"
            ),
            "a feed": FEED,
            "the house": HOUSE,
        }


def make_person(
    name: str, party: Party, delegation: Delegation | None = None
) -> Person:
    """Somebody of ``party``; a delegate with a link when there is a delegation."""
    person = Person.objects.create(
        display=name, given=name, email=f"{name.lower()}@example.org", party=party
    )
    if delegation is not None:
        Member.objects.create(delegation=delegation, person=person)
        GuestLink.objects.create(
            person=person,
            delegation=delegation,
            digest=sha256(name.lower().encode()).hexdigest(),
            made_at=NOON,
            expires_at=FAR_AWAY,
        )
    return person


def with_account(person: Person) -> Actor:
    """The person signed in; the account's name is the person's, in small letters."""
    person.user = User.objects.create_user(person.display.lower())
    person.save()
    return signed_in(person.user)


def make_party(code: str, name: str, kind: str) -> Party:
    return Party.objects.create(
        code=code, name_en=name, kind=kind, basis=Basis.SYNTHETIC
    )


def seated(event: Event, name: str, team: Party, role: str = Seat.Role.DESK) -> Actor:
    """Somebody with an account and a seat at an inner team."""
    person = make_person(name, team)
    Seat.objects.create(event=event, person=person, team=team, role=role)
    return with_account(person)


def make_event() -> Event:
    event = Event(
        code="lagoon-games", name_en="Lagoon Games", kind=Event.Kind.GAMES, zone="UTC"
    )
    event.set_clock(reads=NOON, speed=0, real=NOON)
    event.save()
    return event


def make_world() -> World:
    event = make_event()
    pier = Place.objects.create(code="PIER", name="The pier", zone="UTC")
    hotel = Place.objects.create(
        code="INN", name="Lagoon Inn", kind="hotel", zone="UTC"
    )
    TravelTime.objects.create(origin=hotel, destination=pier, minutes=20)
    arn, sly = (
        make_party("ARN", "Arunika", "state"),
        make_party("SLY", "Selaya", "state"),
    )
    loc = make_party("LOC", "Liaison office", "team")
    boats, kitchen, press = (
        make_party("TRN", "Boat desk", "team"),
        make_party("CAT", "Kitchen", "team"),
        make_party("PRS", "Press desk", "team"),
    )
    arunika, selaya = (
        Delegation.objects.create(party=party, event=event, level="minister")
        for party in (arn, sly)
    )
    make_person("Ingrid", arn, arunika)
    marco = make_person("Marco", loc)
    officer = Officer.objects.create(person=marco, event=event, code="LO-1")
    assignment = Assignment.objects.create(
        officer=officer, delegation=arunika, consent=Assignment.Consent.AGREED
    )
    return World(
        event=event,
        arunika=arunika,
        selaya=selaya,
        boats=boats,
        kitchen=kitchen,
        press=press,
        pier=pier,
        hotel=hotel,
        officer=officer,
        assignment=assignment,
        ingrid=by_link("ingrid"),
        marco=with_account(marco),
        bruna=seated(event, "Bruna", boats),
        wati=seated(event, "Wati", loc, Seat.Role.COORDINATOR),
        petra=seated(event, "Petra", press, Seat.Role.SPOKESPERSON),
        eve=with_account(make_person("Eve", sly, selaya)),
    )
