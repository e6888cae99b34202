"""Stories of two who wish to meet: placed, moved, doubted, forgotten, called off."""

from collections.abc import Callable
from uuid import UUID

from tests.crash.dying import Evening
from tests.talks.twosome import LATE, LONGER, WANTED, Twosome, make_twosome
from tests.world import HOUR, NOON, make_party, make_person, seated
from titian.people.commands.delegations import state_participation
from titian.people.commands.erasure import erase
from titian.people.models import Delegation, FocalPoint, Party, Person
from titian.people.queries import by_link
from titian.programme.commands.activities import move
from titian.talks.commands import bilaterals, hours, meetings


def two_wish_to_meet(evening: Evening) -> None:
    """One request goes to and fro, is moved twice, doubted, and nobody confirms it."""
    world = evening.world
    two = make_twosome(world)
    seated(world.event, "Pia", Party.objects.create(code="PRO", name_en="Protocol"))
    ingrid = Person.objects.get(display="Ingrid")
    FocalPoint.objects.create(delegation=world.arunika, person=ingrid)
    others_wait(two)
    asked = two.asked()
    bilaterals.counter(asked.pk, LONGER, actor=two.salim, at=NOON)
    bilaterals.agree(asked.pk, actor=world.ingrid, at=NOON)
    evening.until(NOON)
    hours.place(asked.pk, world.pier.pk, LATE, actor=world.wati, at=NOON)
    evening.until(NOON)
    hours.move(asked.pk, world.pier.pk, LATE + HOUR, actor=world.wati, at=NOON)
    hours.doubt(asked.pk, actor=two.salim, at=NOON)
    evening.until(NOON)
    meeting = bilaterals.locked(asked.pk).meeting
    assert meeting is not None
    move(meeting.activity_id, LATE, None, actor=world.wati, at=NOON)
    evening.until(NOON)
    evening.until(LATE)


def others_wait(two: Twosome) -> None:
    """Arunika and Kelapa have agreed, and have no hour yet."""
    party = make_party("KLP", "Kelapa", "state")
    kelapa = Delegation.objects.create(
        party=party, event=two.world.event, level="minister"
    )
    make_person("Kiki", party, kelapa)
    asked = bilaterals.ask(
        two.world.arunika.pk, kelapa.pk, WANTED, actor=two.marco, at=NOON
    )
    bilaterals.agree(asked.pk, actor=by_link("kiki"), at=NOON)


def others_take_their_hour(evening: Evening) -> None:
    """It is displaced, placed anew, called off on its page; its author is erased."""
    world = evening.world
    two = make_twosome(world)
    placed = two.placed()
    hours.displace(placed.pk, actor=world.wati, at=NOON)
    evening.until(NOON)
    hours.place(
        placed.pk, world.pier.pk, LATE, actor=world.wati, at=NOON, key=UUID(int=5)
    )
    evening.until(NOON)
    meeting = bilaterals.locked(placed.pk).meeting
    assert meeting is not None
    meetings.call_off(meeting.pk, "A storm", actor=world.wati, at=NOON)
    evening.until(NOON)
    assert two.marco.person_id is not None
    erase(two.marco.person_id, actor=two.marco, at=NOON)
    evening.until(NOON)


def they_do_not_come(evening: Evening) -> None:
    """Selaya writes that it does not come, while Arunika has an hour with it."""
    world = evening.world
    two = make_twosome(world)
    two.placed()
    evening.until(NOON)
    state_participation(
        world.selaya.pk,
        "withdraw",
        stated_on=NOON.date(),
        document="Note 7",
        actor=world.wati,
        at=NOON,
    )
    evening.until(NOON)


BILATERAL_EVENINGS: dict[Callable[[Evening], None], tuple[str, ...]] = {
    two_wish_to_meet: (
        "titian.reactions.bilaterals.ask_both_again",
        "titian.reactions.bilaterals.invite",
        "titian.reactions.bilaterals.tell_its_officers_of_the_doubt",
        "titian.reactions.bilaterals.tell_protocol_of_the_free_hour",
        "titian.reactions.bilaterals.tell_that_the_hour_is_gone",
        "titian.reactions.bilaterals.tell_the_other_side",
        "titian.reactions.bilaterals.watch_the_hour",
        "titian.talks.timers.bilateral_asks_again",
        "titian.talks.timers.bilateral_unconfirmed",
    ),
    others_take_their_hour: (
        "titian.reactions.bilaterals.forget_words",
        "titian.reactions.bilaterals.let_go_of_the_hour",
    ),
    they_do_not_come: ("titian.reactions.bilaterals.close_what_cannot_be",),
}
