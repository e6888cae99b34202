"""What may leave, to whom, and when it burns; nothing leaves beside the gate."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils.module_loading import import_string

from tests.briefing.newsroom import (
    approve_line,
    burning,
    cleared,
    make_newsroom,
    released,
)
from tests.briefing.told import do_all
from tests.world import NOON, World, make_party, make_person
from titian.briefing import gate
from titian.briefing.gate import Reach, Source, Way, verdict
from titian.briefing.models import Statement
from titian.channels import Words, memory
from titian.kernel.models import Entry
from titian.loop.commands import asks
from titian.people.models import Person

SOURCE = Path(__file__).resolve().parents[2] / "src" / "titian"
OUTSIDE = [Reach.COUNTERPARTS, Reach.PRESS, Reach.GUEST_PRESS]


@pytest.fixture(autouse=True)
def by_memory(settings: object) -> None:
    settings.CHANNELS = {"email": "titian.channels.memory"}  # type: ignore[attr-defined]
    memory.sent.clear()


def text(world: World, source: Source = Source.HOUSE) -> gate.Text:
    return gate.Text(world.event, Words("Boats at six.", "Boats"), source=source)


def person(name: str) -> Person:
    return Person.objects.select_related("party").get(display=name)


@pytest.mark.parametrize("is_burning", [False, True])
@pytest.mark.parametrize("source", list(Source))
def test_nothing_for_our_own_people_is_held(source: Source, is_burning: bool) -> None:
    assert verdict(source, Reach.OURS, is_burning=is_burning) == ""


@pytest.mark.parametrize("is_burning", [False, True])
@pytest.mark.parametrize("reach", [Reach.GUESTS, Reach.GUEST_PRESS])
def test_safety_words_to_our_guests_are_never_held(
    reach: Reach, is_burning: bool
) -> None:
    assert verdict(Source.CARD, reach, is_burning=is_burning) == ""


@pytest.mark.parametrize("reach", [Reach.COUNTERPARTS, Reach.PRESS, Reach.PUBLIC])
def test_a_safety_card_is_no_way_to_the_world(reach: Reach) -> None:
    assert verdict(Source.CARD, reach, is_burning=True) == "not_a_guest"


@pytest.mark.parametrize("reach", OUTSIDE)
def test_answers_to_the_press_wait_while_it_burns(reach: Reach) -> None:
    assert verdict(Source.HOUSE, reach, is_burning=False) == ""
    assert verdict(Source.HOUSE, reach, is_burning=True) == "emergency"


@pytest.mark.parametrize("is_burning", [False, True])
def test_only_statements_and_the_line_reach_the_public(is_burning: bool) -> None:
    assert verdict(Source.HOUSE, Reach.PUBLIC, is_burning=is_burning) == "no_statement"
    assert verdict(Source.HOLDING, Reach.PUBLIC, is_burning=is_burning) == ""


@pytest.mark.parametrize("reach", [*OUTSIDE, Reach.PUBLIC, Reach.GUESTS])
def test_a_statement_leaves_once_it_is_released(world: World, reach: Reach) -> None:
    text = cleared(world)
    before = verdict(Source.STATEMENT, reach, is_burning=False, statement=text)
    text.state = Statement.State.RELEASED

    after = verdict(Source.STATEMENT, reach, is_burning=False, statement=text)

    assert (before, after) == ("not_released", "")


def test_in_an_emergency_the_spokesperson_releases_and_nobody_else(
    world: World,
) -> None:
    hers = released(world)
    assert verdict(Source.STATEMENT, Reach.PRESS, is_burning=True, statement=hers) == ""

    hers.released_by = None  # as when an embargo ended by itself
    found = verdict(Source.STATEMENT, Reach.PRESS, is_burning=True, statement=hers)

    assert found == "emergency"


def test_whom_words_reach(world: World) -> None:
    make_newsroom(world)
    make_person("Rolf", make_party("RAD", "Lagoon Radio", "media"))
    make_person("Emb", world.selaya.party)
    names = ("Marco", "Bruna", "Ingrid", "Nils", "Rolf", "Emb")

    found = {name: gate.reach_of(person(name), world.event) for name in names}

    assert found == {
        "Marco": Reach.OURS,
        "Bruna": Reach.OURS,
        "Ingrid": Reach.GUESTS,
        "Nils": Reach.GUEST_PRESS,
        "Rolf": Reach.PRESS,
        "Emb": Reach.COUNTERPARTS,
    }


def test_what_is_held_is_entered_once_and_goes_when_it_is_over(world: World) -> None:
    make_newsroom(world)
    alarm, key = burning(world), uuid4()
    for _twice in range(2):
        with pytest.raises(gate.Held):
            gate.let_out(text(world), person("Nils"), key=key)
    assert Entry.objects.filter(verb="text.held").count() == 1

    asks.withdraw(alarm.pk, actor=world.marco, at=NOON)
    gate.let_out(text(world), person("Nils"), key=key)

    assert [letter.address for letter in memory.sent] == ["nils@example.org"]


def test_guests_and_officers_hear_as_before_while_it_burns(world: World) -> None:
    burning(world)
    for name in ("Ingrid", "Marco"):
        gate.let_out(text(world), person(name), key=uuid4())

    assert len(memory.sent) == 2


def test_an_answer_to_a_media_house_is_postponed_and_no_attempt_is_spent(
    world: World,
) -> None:
    room = make_newsroom(world)
    asks.ask(room.house.pk, "Two chairs", channel="face", actor=room.nils, at=NOON)
    approve_line(world)
    do_all(world)
    burning(world)
    matter = world.event.asks.get(words="Two chairs")
    asks.accept(matter.pk, actor=world.petra, at=NOON)
    memory.sent.clear()
    do_all(world)

    assert "nils@example.org" not in [letter.address for letter in memory.sent]
    assert Entry.objects.filter(verb="text.held").count() == 1


GIVERS = {"EmailMessage", "EmailMultiAlternatives", "send_mail", "urlopen", "SMTP"}
FILES = {"FileResponse", "StreamingHttpResponse", "as_saved"}
OF_THE_HOUSE = (
    "titian.web.live.stream",
    "titian.channels",
    "titian.cli.serving",
    "titian.connector.wire.post_file",
    "titian.web.desk.saved",
)
"""News without words for open pages; the carriers; a look at one's own health; and a
voice note to the operator's own machine, which tells nobody (``loop.drafting``); and
``as_saved``, whose callers are the ways out, and are named."""


def test_every_way_out_is_named_and_leads_to_a_function() -> None:
    assert set(gate.WAYS) == set(Way)
    for functions in gate.WAYS.values():
        assert all(callable(import_string(path)) for path in functions)


def test_nobody_gives_words_to_a_carrier_beside_the_gate() -> None:
    givers = {
        path
        for path, function in functions()
        if calls(function) & {*GIVERS, "carry"} or sends(function)
        if not path.startswith(OF_THE_HOUSE)
    }

    assert givers == set(gate.WAYS[Way.MAIL])


def test_whoever_answers_with_a_file_is_named() -> None:
    files = {
        path
        for path, function in functions()
        if calls(function) & FILES or says(function, "Content-Disposition")
        if not path.startswith(OF_THE_HOUSE)
    }

    named = {one for way in (Way.EXPORT, Way.ICS, Way.PDF) for one in gate.WAYS[way]}
    assert files == named


@pytest.mark.parametrize(
    ("way", "template"), [(Way.GUEST_PAGE, "guest/page"), (Way.BOARD, "desk/wall")]
)
def test_whoever_draws_a_page_for_outside_is_named(way: Way, template: str) -> None:
    drawers = {path for path, function in functions() if says(function, template)}

    assert drawers == set(gate.WAYS[way])


@cache
def functions() -> tuple[tuple[str, ast.AST], ...]:
    """Every function of the house by its dotted name; read once."""
    return tuple(_functions())


def _functions() -> Iterator[tuple[str, ast.AST]]:
    for page in SOURCE.rglob("*.py"):
        if "migrations" in page.parts:
            continue
        module = ".".join(page.relative_to(SOURCE.parent).with_suffix("").parts)
        for node in ast.walk(ast.parse(page.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module}.{node.name}", node


def calls(function: ast.AST) -> set[str]:
    """The names it calls, bare or as an attribute."""
    called = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    bare = {one.id for one in called if isinstance(one, ast.Name)}
    return bare | {one.attr for one in called if isinstance(one, ast.Attribute)}


def sends(function: ast.AST) -> bool:
    """Whether it calls a carrier's ``send``: of a module, not of a command."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "send"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"email", "whatsapp", "sms", "push", "memory"}
        for node in ast.walk(function)
    )


def says(function: ast.AST, words: str) -> bool:
    """Whether these words stand in one of its strings, its docstring aside."""
    return any(
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and words in node.value
        and node.value != ast.get_docstring(function, clean=False)  # type: ignore[arg-type]
        for node in ast.walk(function)
    )
