"""A visit ends early: one command, every room, and nobody else reads why."""

from uuid import uuid4

import pytest
from django.core import mail

from tests.loop.stories import all_done
from tests.people.cast import make_duty
from tests.web.pressing import form_with, seen_by
from tests.world import HOUR, NOON, World
from titian.foresight.commands.curtailing import NoReason, curtail
from titian.kernel.actor import Actor
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.logistics.models import Journey, Stay
from titian.people.models import Delegation, Duty, FocalPoint, Person
from titian.programme.models import Activity
from titian.talks.models import Meeting

SIX = NOON + 6 * HOUR
SECRET = "Her father has died"


def leave(world: World, actor: Actor | None = None, reason: str = SECRET) -> None:
    curtail(
        world.arunika.pk, SIX, reason, actor=actor or world.wati, at=NOON, key=uuid4()
    )


def item(world: World, hours: int, *sides: Delegation) -> Activity:
    made = Activity.objects.create(
        event=world.event,
        code=f"I{hours}",
        title_en="Dinner",
        starts_at=NOON + hours * HOUR,
        ends_at=NOON + (hours + 1) * HOUR,
    )
    made.delegations.set(sides)
    return made


def bilateral(world: World) -> Meeting:
    """Arunika meets Selaya at eight in the evening."""
    eve = Person.objects.get(display="Eve")
    FocalPoint.objects.create(delegation=world.selaya, person=eve)
    hour = item(world, 8, world.arunika, world.selaya)
    return Meeting.objects.create(
        event=world.event, activity=hour, party_a=world.arunika, party_b=world.selaya
    )


def test_what_comes_after_is_undone_in_every_room_and_what_was_before_stays(
    world: World,
) -> None:
    before, own = item(world, 4, world.arunika), item(world, 7, world.arunika)
    shared = item(world, 9, world.arunika, world.selaya)
    meeting = bilateral(world)
    stay = Stay.objects.create(
        event=world.event, delegation=world.arunika, place=world.hotel, rooms=9
    )
    make_duty(world.officer, world.arunika, NOON + 5 * HOUR, NOON + 10 * HOUR)

    leave(world)

    states = dict(Activity.objects.values_list("pk", "state"))
    assert (states[before.pk], states[own.pk]) == ("planned", "cancelled")
    assert states[meeting.activity_id] == "cancelled"
    assert list(shared.delegations.all()) == [world.selaya]
    stay.refresh_from_db()
    assert str(stay.to_on) == "2027-05-01"
    assert Duty.objects.get(withdrawn_at=None).ends_at == SIX
    way = Journey.objects.get(delegation=world.arunika, kind="departure")
    assert way.at == SIX


def test_counterparts_hear_that_it_is_off_and_never_why(world: World) -> None:
    bilateral(world)

    leave(world)
    all_done(world, NOON + HOUR)

    told = {one.to[0].partition("@")[0]: one.body for one in mail.outbox}
    assert "tidak jadi berlangsung" in told["eve"]
    assert not any(SECRET in f"{one.subject} {one.body}" for one in mail.outbox)
    entry = Entry.objects.get(verb="visit.curtailed")
    assert SECRET not in str(entry.facts)
    assert (unseal(entry) or {})["reason"] == SECRET


def test_only_a_coordinator_ends_a_visit_and_says_why(world: World) -> None:
    for nobody in (world.marco, world.ingrid, world.eve):
        with pytest.raises(Forbidden):
            leave(world, nobody)
    with pytest.raises(NoReason):
        leave(world, reason=" ")


def test_the_page_shows_what_it_undoes_before_the_press(world: World) -> None:
    own = item(world, 7, world.arunika)
    wati, address = seen_by("wati"), f"/delegations/{world.arunika.pk}/early-departure/"

    page = wati.get(f"{address}?leaves=2027-05-01T18:00").text
    assert "Item cancelled" in page
    form = form_with(page, "end-visit")
    sent = wati.post(form.action, {**form.values, "reason": SECRET})

    own.refresh_from_db()
    assert (sent.status_code, own.state) == (302, "cancelled")
    assert seen_by("marco").get(address).status_code == 403
