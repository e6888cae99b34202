"""Who may see and move an ask: guest, officer, team; and never Eve."""

import pytest

from tests.loop.steps import DISGUISES
from tests.loop.stories import answered, passed, said
from tests.world import DETAILS, HOUR, NOON, World
from titian.loop.commands import asks, promises
from titian.loop.models import Ask, Confirmation, LeftOut, Promise
from titian.loop.policy import moves_open_to


@pytest.mark.parametrize("disguise", DISGUISES)
def test_eve_has_no_button_in_any_state(world: World, disguise: str) -> None:
    ask, eve = passed(world), world.nobodies()[disguise]

    for state in Ask.State:
        ask.state = state
        assert moves_open_to(eve, ask) == []


@pytest.mark.parametrize(
    ("who", "moves"),
    [
        ("ingrid", ["withdraw"]),
        ("marco", ["make_exact"]),
        ("for_ingrid", ["make_exact", "withdraw"]),
        ("bruna", ["accept", "restate", "bounce", "make_exact"]),
        ("wati", []),
        ("petra", []),
    ],
)
def test_each_party_has_its_own_buttons(
    world: World, who: str, moves: list[str]
) -> None:
    assert moves_open_to(getattr(world, who), passed(world)) == moves


def test_the_answer_is_the_askers_to_judge(world: World) -> None:
    ask = answered(world)

    assert moves_open_to(world.ingrid, ask) == ["reopen", "close"]
    assert moves_open_to(world.bruna, ask) == []


def test_an_exact_ask_has_no_button_to_take_it_as_it_stands(world: World) -> None:
    ask = passed(world, Ask.Weight.EXACT)

    assert "accept" not in moves_open_to(world.bruna, ask)


@pytest.mark.parametrize("disguise", [who for who in DISGUISES if "word" not in who])
def test_eve_sees_neither_promise_nor_change_nor_ask(
    world: World, disguise: str
) -> None:
    passed(world)
    promises.promise(
        world.arunika.pk, "A ramp", due_at=NOON + HOUR, actor=world.marco, at=NOON
    )
    Confirmation.objects.create(
        event=world.event,
        delegation=world.arunika,
        subject_id=1,
        asked_at=NOON,
        by=NOON,
        sentence_en="Late",
    )
    eve = world.nobodies()[disguise]

    for model in (Ask, Promise, Confirmation):
        seen = model.objects.visible_to(eve)
        assert list(seen) == []


def test_what_is_asked_of_a_person_reaches_her_pages(world: World) -> None:
    one = Confirmation(
        delegation=world.arunika,
        owner_team=world.boats,
        owner_person_id=world.marco.person_id,
        sentence_en="Late",
    )

    assert one.topics == [
        f"delegation:{world.arunika.pk}",
        f"team:{world.boats.pk}",
        f"person:{world.marco.person_id}",
    ]
    assert str(one) == "Late"


def test_news_reaches_the_team_that_lost_it_too(world: World) -> None:
    ask = asks.bounce(
        passed(world).pk, world.kitchen.pk, "theirs", actor=world.bruna, at=NOON
    )

    teams = [topic for topic in ask.topics if topic.startswith("team:")]
    assert teams == [f"team:{world.kitchen.pk}", f"team:{world.boats.pk}"]


@pytest.mark.parametrize(
    "named",
    [
        {"details": {"who": 4}},  # no words
        {"details": ["who"]},
        {"details": {str(number): "x" for number in range(21)}},
        {"urgency": "yesterday"},
        {"weight": "heavy"},
    ],
)
def test_what_the_form_does_not_offer_is_refused(
    world: World, named: dict[str, object]
) -> None:
    ask = said(world)

    with pytest.raises(asks.Unknown):
        asks.pass_on(
            ask.pk,
            team_id=world.boats.pk,
            **named,  # type: ignore[arg-type]
            actor=world.marco,
            at=NOON,
        )
    ask.refresh_from_db()
    assert ask.state == Ask.State.SAID


def test_an_answer_is_not_due_before_it_is_asked(world: World) -> None:
    with pytest.raises(asks.BadHour):
        asks.pass_on(
            said(world).pk,
            team_id=world.boats.pk,
            due_at=NOON,
            actor=world.marco,
            at=NOON,
        )


def test_empty_fields_are_no_fields(world: World) -> None:
    with pytest.raises(LeftOut):
        asks.pass_on(
            said(world).pk,
            team_id=world.boats.pk,
            weight="exact",
            details=dict.fromkeys(DETAILS, " "),
            actor=world.marco,
            at=NOON,
        )


def test_a_code_that_an_import_gave_is_stepped_over(world: World) -> None:
    first, second = said(world), said(world)
    Ask.objects.filter(pk=first.pk).update(code="A-0003")
    Ask.objects.filter(pk=second.pk).update(code="A-0002")

    assert said(world).code == "A-0004"
