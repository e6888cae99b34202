"""An alarm is an ask in a hurry."""

from uuid import uuid4

import pytest
from django.core import mail

from tests.loop.stories import all_done
from tests.people.cast import make_officer
from tests.world import NOON, World, make_party
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.sealing import unseal
from titian.loop.commands import asks
from titian.loop.commands.incidents import raise_alarm
from titian.loop.models import Ask
from titian.loop.routing import NoTeam
from titian.loop.saying import Unknown
from titian.people.models import Assignment, Party


def test_the_officer_raises_it_on_her_own_word(world: World) -> None:
    medics = make_party("MED", "Medics", "team")

    ask = raise_alarm(world.arunika.pk, "medical", actor=world.marco, at=NOON)

    assert (ask.owner, ask.urgency, ask.state) == (medics, "emergency", "passed")
    assert list(Ask.objects.visible_to(world.wati)) == [ask]


@pytest.mark.parametrize("who", ["ingrid", "bruna", "eve"])
def test_nobody_else_does(world: World, who: str) -> None:
    make_party("MED", "Medics", "team")

    with pytest.raises(Forbidden):
        raise_alarm(world.arunika.pk, "medical", actor=getattr(world, who), at=NOON)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("medical", "MED"),
        ("security", "SEC"),
        ("lost_person", "SEC"),
        ("fire", "SEC"),
        ("quake", "SEC"),
        ("other", "LOC"),
    ],
)
def test_each_kind_calls_its_team_and_informs_the_coordinator(
    world: World, kind: str, code: str
) -> None:
    for team in ("MED", "SEC"):
        make_party(team, team, "team")

    ask = raise_alarm(world.arunika.pk, kind, actor=world.marco, at=NOON)

    assert ask.owner is not None
    assert ask.owner.code == code
    assert {"LOC"} <= {ask.owner.code, *(team.code for team in ask.informed.all())}


def test_without_its_team_the_coordinators_take_it(world: World) -> None:
    ask = raise_alarm(world.arunika.pk, "medical", actor=world.marco, at=NOON)

    assert ask.owner is not None
    assert ask.owner.code == "LOC"


def test_without_any_team_a_sentence_says_whom_to_call(world: World) -> None:
    Party.objects.filter(code="LOC").update(code="OLD")

    with pytest.raises(NoTeam):
        raise_alarm(world.arunika.pk, "fire", actor=world.marco, at=NOON)


def test_an_unknown_kind_is_refused(world: World) -> None:
    with pytest.raises(Unknown):
        raise_alarm(world.arunika.pk, "boredom", actor=world.marco, at=NOON)


def test_words_and_place_are_kept_sealed(world: World) -> None:
    ask = raise_alarm(
        world.arunika.pk,
        "medical",
        words="He fell",
        place="Lobby",
        actor=world.marco,
        at=NOON,
    )

    entry = Entry.objects.get(verb="incident.raised")
    assert (ask.words, ask.title.endswith(": Lobby")) == ("He fell", True)
    assert "medical" not in str(entry.facts)
    assert unseal(entry) == {"kind": "medical", "words": "He fell", "place": "Lobby"}


def test_two_taps_are_one_alarm(world: World) -> None:
    key = uuid4()
    for _tap in range(2):
        raise_alarm(world.arunika.pk, "fire", actor=world.marco, at=NOON, key=key)

    assert Ask.objects.count() == 1


def test_the_team_takes_it_as_it_stands(world: World) -> None:
    ask = raise_alarm(world.arunika.pk, "other", actor=world.marco, at=NOON)

    taken = asks.accept(ask.pk, actor=world.wati, at=NOON)

    assert taken.state == Ask.State.IN_HAND


@pytest.mark.parametrize("who", ["marco", "ingrid", "for_ingrid"])
def test_who_raised_it_or_the_guest_closes_it(world: World, who: str) -> None:
    ask = raise_alarm(world.arunika.pk, "other", actor=world.marco, at=NOON)
    asks.accept(ask.pk, actor=world.wati, at=NOON)
    asks.answer(ask.pk, "All well", actor=world.wati, at=NOON)

    closed = asks.close(ask.pk, actor=getattr(world, who), at=NOON)

    assert closed.state == Ask.State.CLOSED


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid"])
def test_no_guest_calls_off_what_the_officer_raised(world: World, who: str) -> None:
    make_party("MED", "Medics", "team")
    ask = raise_alarm(world.arunika.pk, "medical", actor=world.marco, at=NOON)

    with pytest.raises(Forbidden, match="only by the one who raised it"):
        asks.withdraw(ask.pk, actor=getattr(world, who), at=NOON)

    assert asks.withdraw(ask.pk, actor=world.marco, at=NOON).state == "withdrawn"


def test_another_officer_does_not_close_it(world: World) -> None:
    ask = raise_alarm(world.arunika.pk, "other", actor=world.marco, at=NOON)
    asks.accept(ask.pk, actor=world.wati, at=NOON)
    asks.answer(ask.pk, "All well", actor=world.wati, at=NOON)
    Assignment.objects.update(relieved_at=NOON)

    with pytest.raises(Forbidden):
        asks.close(ask.pk, actor=world.marco, at=NOON)


def test_who_leads_the_officer_hears_of_it_at_once(world: World) -> None:
    make_party("MED", "Medics", "team")
    world.officer.leader = make_officer(world, "Tuti", "LO-3")
    world.officer.save()

    raise_alarm(world.arunika.pk, "medical", actor=world.marco, at=NOON)
    all_done(world, NOON)

    assert "tuti@example.org" in [sent.to[0] for sent in mail.outbox]
