"""Every message there is has both forms in both languages; the rule picks one."""

import ast
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import override

import titian
from tests.briefing.told import copy_of, do_all, sent
from tests.loop.stories import answered
from tests.reactions.cast import ONE_OF
from tests.world import World
from titian import reactions
from titian.briefing.addressing import Addressee
from titian.briefing.models import Notice
from titian.loop.models import Ask
from titian.people.models import Person
from titian.reactions import wording
from titian.reactions.wording import Said

GUESTS = {"is": "role", "of": ["guest"]}


def templates() -> Iterator[Callable[..., Said]]:
    """Every function of the reactions that says something; none is named here."""
    for found in pkgutil.iter_modules(reactions.__path__, "titian.reactions."):
        module = import_module(found.name)
        for _name, one in inspect.getmembers(module, inspect.isfunction):
            is_own = one.__module__ == found.name != wording.__name__
            if is_own and get_type_hints(one).get("return") is Said:
                yield one


def in_language(language: str, make: Callable[..., Said], given: list[Any]) -> Said:
    with override(language):
        return make(*given)


def needs(make: Callable[..., Said]) -> list[Any]:
    return [kind for name, kind in get_type_hints(make).items() if name != "return"]


@pytest.mark.parametrize("make", list(templates()), ids=lambda one: one.__qualname__)
def test_a_message_is_formal_and_brief_in_indonesian_and_english(
    world: World, make: Callable[..., Said]
) -> None:
    given = [ONE_OF[kind](world) for kind in needs(make)]

    english, indonesian = (in_language(one, make, given) for one in ("en", "id"))

    for said in (english, indonesian):
        assert said.subject and said.formal
        assert said.formal != said.brief
    assert english.subject != indonesian.subject or english.brief != indonesian.brief
    assert english.formal != indonesian.formal


def test_templates_are_found() -> None:
    assert len(list(templates())) > 25


def test_only_a_statement_leaves_in_one_form() -> None:
    one_form = {
        found
        for path in Path(titian.__file__).parent.rglob("*.py")
        for found in _without_brief(ast.parse(path.read_text()))
    }

    assert one_form == {"tell_the_media"}  # the spokesperson's words, letter by letter


def _without_brief(tree: ast.Module) -> Iterator[str]:
    """The functions that give the gate a text of one form."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
            for one in calls:
                if _is_text(one.func) and "brief" not in {
                    word.arg for word in one.keywords
                }:
                    yield function.name


def _is_text(called: ast.expr) -> bool:
    """``Text`` or ``gate.Text``."""
    if isinstance(called, ast.Attribute):
        return called.attr == "Text" and isinstance(called.value, ast.Name)
    return isinstance(called, ast.Name) and called.id == "Text"


@pytest.mark.parametrize(
    ("who", "kind", "what", "tone"),
    [
        ("head", "email", "ask", "formal"),
        ("head", "whatsapp", "ask", "formal"),
        ("head", "page", "ask", "formal"),
        ("head", "sms", "ask", "brief"),
        ("head", "push", "ask", "brief"),
        ("head", "email", "roll", "brief"),  # what burns
        ("guest", "email", "ask", "formal"),
        ("guest", "whatsapp", "ask", "brief"),
        ("guest", "page", "ask", "brief"),
        ("officer", "email", "ask", "brief"),
        ("officer", "email", "briefing.copy:", "formal"),
        ("officer", "whatsapp", "briefing.copy:", "brief"),
    ],
)
def test_the_form_follows_rank_and_channel(
    world: World, who: str, kind: str, what: str, tone: str
) -> None:
    person = person_named("Marco" if who == "officer" else "Ingrid")
    if who == "head":
        lead(world, person)

    assert Addressee(person, world.event).tone_on(kind, what) == tone


def test_a_letter_names_her_rank_and_who_speaks(world: World) -> None:
    ingrid = person_named("Ingrid")
    ingrid.languages = {"en": "C1"}
    lead(world, ingrid)

    told = Addressee(ingrid, world.event)

    assert told.framed("Boats 4 and 7").splitlines() == [
        "Your Excellency Ingrid,",
        "",
        "Boats 4 and 7",
        "",
        "With respect,",
        f"Marco, your LO, for the LO coordination of {world.event.name}",
    ]


def test_before_her_lo_has_agreed_the_coordination_speaks(world: World) -> None:
    world.assignment.consent = "asked"
    world.assignment.save()

    told = Addressee(person_named("Ingrid"), world.event).framed("Boats")

    assert "Marco" not in told
    assert world.event.name in told


def test_what_is_answered_stands_in_the_letter_as_on_her_page(world: World) -> None:
    ask = answered(world)
    do_all(world)

    page = Client(headers={"accept-language": "en"}).get("/g/ingrid/").text
    letters = letters_to("ingrid@example.org")

    assert ask.state == Ask.State.ANSWERED
    assert ask.answer_words in page
    assert ask.answer_words in letters[-1]


def test_a_notice_stands_on_her_page_in_the_form_it_was_sent(world: World) -> None:
    ingrid = person_named("Ingrid")
    ingrid.languages = {"en": "C1"}
    ingrid.save()
    copy_of(sent(world, GUESTS), world.ingrid)
    do_all(world)
    page = Client(headers={"accept-language": "en"}).get("/g/ingrid/").text

    [letter] = letters_to("ingrid@example.org")

    formal = Notice.objects.get().formal_en
    assert formal in letter
    assert all(line in page for line in formal.splitlines())


def letters_to(address: str) -> list[str]:
    return [str(one.body) for one in mail.outbox if one.to == [address]]


def person_named(name: str) -> Person:
    return Person.objects.get(display=name)


def lead(world: World, person: Person) -> None:
    """She leads Arunika, which comes as a minister's delegation."""
    person.save()
    world.arunika.head, world.arunika.level = person, "minister"
    world.arunika.save()
