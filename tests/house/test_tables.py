"""The tables that hold the house together name all they must, and only what exists."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.module_loading import import_string

from titian.cli import COMMANDS
from titian.kernel.machine import Machine
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.loop.policy import SIDES
from titian.people.models import Delegation
from titian.reactions import REACTIONS
from titian.talks.commands import keeping
from titian.talks.models import Deliverable
from titian.talks.policy import LINE_SIDES

HERE = Path(__file__).resolve().parents[2]
SOURCE = HERE / "src" / "titian"
ROOMS = [
    "places",
    "people",
    "loop",
    "programme",
    "rules",
    "talks",
    "logistics",
    "briefing",
    "foresight",
]
WRITTEN = "\n".join(page.read_text("utf-8") for page in SOURCE.rglob("*.py"))
DOTTED = sorted(set(re.findall(r'"(titian(?:\.[a-z_]+){3,})"', WRITTEN)))


@pytest.mark.parametrize("path", DOTTED)
def test_every_dotted_name_in_the_house_leads_to_something(path: str) -> None:
    assert found(path) is not None


@pytest.mark.parametrize(
    ("table", "question"),
    [("BROKEN_BY", "broken_by"), ("CARRIED", "carried_by"), ("COMING", "coming")],
)
def test_every_room_that_can_answer_is_asked_once_and_in_the_houses_order(
    table: str, question: str
) -> None:
    answering = [
        path
        for room in ROOMS
        for module in ("queries", "items")
        if callable(found(path := f"titian.{room}.{module}.{question}"))
    ]

    assert getattr(settings, table) == answering


@pytest.mark.parametrize(
    "rule",
    [
        "HOTELS_RULE",
        "PRESENCE_RULE",
        "COMPARTMENT_RULE",
        "REGISTRATION_RULE",
        "LEFT_OPEN_RULE",
    ],
)
def test_every_rule_that_is_asked_is_one_function_of_the_house(rule: str) -> None:
    assert callable(import_string(getattr(settings, rule)))
    assert f"settings.{rule}" in WRITTEN


def test_every_table_of_the_settings_is_asked_by_somebody() -> None:
    written = (SOURCE / "settings.py").read_text("utf-8")
    tables = re.findall(
        r"^([A-Z_]+)(?:: list\[str\])? = .*titian\.[a-z]", written, re.M
    )
    tables += re.findall(r"^([A-Z_]+): list\[str\] = ", written, re.M)
    ours = {name for name in tables if name not in {"ROOT_URLCONF", "WSGI_APPLICATION"}}

    asked = {name for name in ours if f"settings.{name}" in WRITTEN}

    assert ours - asked == {"ACCOUNT_ADAPTER"}  # allauth asks the adapter


@pytest.mark.parametrize("verb", REACTIONS)
def test_what_is_reacted_to_is_something_the_house_writes(verb: str) -> None:
    noun, done = verb.split(".")

    assert re.search(rf'"{noun}\.({done}|\{{\w+\}})"', WRITTEN), verb


@pytest.mark.parametrize(
    "handler", sorted({h for hs in REACTIONS.values() for h in hs})
)
def test_every_reaction_is_a_function_that_says_what_follows(handler: str) -> None:
    assert import_string(handler).__doc__


@pytest.mark.parametrize("name", [move.name for move in Ask.machine])
def test_every_move_of_an_ask_has_a_command_and_a_side(name: str) -> None:
    assert callable(getattr(asks, name))
    assert Ask.machine[name].by in SIDES


@pytest.mark.parametrize("name", [move.name for move in Deliverable.machine])
def test_every_move_of_a_line_has_a_command_a_side_and_a_refusal(name: str) -> None:
    assert callable(getattr(keeping, name))
    assert Deliverable.machine[name].by in LINE_SIDES
    assert str(keeping.REFUSALS[name])


def test_every_machine_leads_only_to_states_its_rows_can_have() -> None:
    astray = [
        f"{model.__name__}.{move.name}"
        for model in apps.get_models()
        if isinstance(machine := getattr(model, "machine", None), Machine)
        for move in machine
        if not {*move.sources, move.target} <= states_of(model)
    ]

    assert Delegation in apps.get_models()
    assert astray == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_house_is_there_and_says_what_it_does(name: str) -> None:
    module, function = COMMANDS[name][0].split(":")

    assert getattr(import_module(module), function).__doc__


def test_the_migrations_make_exactly_the_tables_the_models_name() -> None:
    settings.MIGRATION_MODULES, kept = {}, settings.MIGRATION_MODULES
    try:
        loader = MigrationLoader(None, ignore_no_migrations=True)
    finally:
        settings.MIGRATION_MODULES = kept
    house = {
        app.label for app in apps.get_app_configs() if app.name.startswith("titian.")
    }

    detector = MigrationAutodetector(
        loader.project_state(), ProjectState.from_apps(apps)
    )
    missing = detector.changes(graph=loader.graph, trim_to_apps=house)

    assert {app: [m.operations for m in steps] for app, steps in missing.items()} == {}
    assert loader.detect_conflicts() == {}


def found(path: str) -> object:
    """What the dotted name leads to: a module, or something in one."""
    try:
        return import_module(path)
    except ImportError:
        pass
    try:
        thing: object = import_string(path)
    except ImportError:
        return None
    return thing


def states_of(model: type) -> set[str]:
    """Every value that a choice of the model's may have."""
    fields = model._meta.get_fields()  # type: ignore[attr-defined]
    choices = [getattr(field, "choices", None) or () for field in fields]
    return {str(value) for pairs in choices for value, _words in pairs}
