"""Arunika and Selaya, who wish to meet: Marco and Salim accompany them."""

from dataclasses import dataclass, replace
from datetime import datetime

from tests.people.cast import make_officer
from tests.world import HOUR, NOON, World, with_account
from titian.kernel.actor import Actor
from titian.people.models import Assignment, Person
from titian.places.models import Place
from titian.talks.commands import bilaterals, hours
from titian.talks.commands.bilaterals import Wanted
from titian.talks.commands.free_hours import keep_room
from titian.talks.models import Bilateral, MeetingRoom

WANTED = Wanted("minister", minutes=30, people=8, words="Oars\nTowels")
LONGER = replace(WANTED, minutes=45)
LATE = NOON + 6 * HOUR


@dataclass(frozen=True)
class Twosome:
    world: World
    salim: Actor

    @property
    def marco(self) -> Actor:
        return self.world.marco

    def asked(self, wanted: Wanted = WANTED) -> Bilateral:
        """Marco asks Selaya for Arunika."""
        world = self.world
        return bilaterals.ask(
            world.arunika.pk, world.selaya.pk, wanted, actor=self.marco, at=NOON
        )

    def agreed(self, wanted: Wanted = WANTED) -> Bilateral:
        """And Salim agrees for Selaya."""
        return bilaterals.agree(self.asked(wanted).pk, actor=self.salim, at=NOON)

    def placed(self, starts_at: datetime = LATE) -> Bilateral:
        """And Wati gives them the room at the pier."""
        agreed = self.agreed()
        return hours.place(
            agreed.pk, self.world.pier.pk, starts_at, actor=self.world.wati, at=NOON
        )

    def room(
        self, place: Place | None = None, seats: int = 12, rank: int = 7
    ) -> MeetingRoom:
        """The pier has a room for bilaterals."""
        kept = place or self.world.pier
        return keep_room(
            self.world.event.pk, kept.pk, seats, rank, actor=self.world.wati, at=NOON
        )


def make_twosome(world: World) -> Twosome:
    salim = make_officer(world, "Salim", "LO-7")
    Assignment.objects.create(
        officer=salim, delegation=world.selaya, consent=Assignment.Consent.AGREED
    )
    return Twosome(world, with_account(Person.objects.get(pk=salim.person_id)))


def now(bilateral: Bilateral) -> Bilateral:
    return Bilateral.objects.get(pk=bilateral.pk)
