"""Looking after the house: schema, chain, health, accounts."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from getpass import getpass
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from titian.cli import parser
from titian.planning.kept import is_warm, kept_in

AGREEING = (
    "loop.ask",
    "loop.promise",
    "loop.incident",
    "loop.step",
    "loop.handover",
    "loop.handoveritem",
    "logistics.holding",
    "briefing.notice",
    "briefing.statement",
    "talks.bilateral",
)
"""The matters whose entries say the state in which they leave the row."""


def start() -> None:
    """Wake Django; every command that touches rows begins here."""
    django.setup()


def migrate(words: Sequence[str]) -> int:
    """Create or upgrade the tables; static files and kernels are made ready."""
    parser("migrate").parse_args(words)
    prepare()
    from titian.planning.warming import warm

    warm()
    print("The database is up to date.")
    return 0


def prepare() -> None:
    """Tables and static files as this version needs them."""
    start()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def verify(words: Sequence[str]) -> int:
    """Recompute every digest; 1 with a sentence if the journal was touched.

    With ``--state`` also whether each row is as its last entry says. With a bundle,
    that one alone is proved, and no database is asked.
    """
    reader = parser("verify")
    reader.add_argument("bundle", nargs="?", help="prove this bundle.zip instead")
    reader.add_argument(
        "--state", action="store_true", help="rows against their last entry, too"
    )
    chosen = reader.parse_args(words)
    if chosen.bundle:
        return _verify_bundle(chosen.bundle)
    start()
    from titian.kernel import chain
    from titian.kernel.models import ChainLink

    try:
        waiting = chain.verify()
    except chain.ChainBroken as broken:
        print(
            f"The journal was changed after it was written: {broken}.", file=sys.stderr
        )
        return 1
    print(f"{ChainLink.objects.count()} entries verified, {waiting} not chained yet.")
    return _verify_states() if chosen.state else 0


def _verify_bundle(path: str) -> int:
    from titian.exchange import proof

    try:
        proven = proof.verify(Path(path).read_bytes())
    except OSError as problem:
        print(f"“{path}” cannot be read: {problem.strerror}.", file=sys.stderr)
        return 2
    except proof.Untrue as why:
        print(why, file=sys.stderr)
        return 1
    print(
        f"{proven.about}: {proven.parts} parts, {proven.signatures} signatures and"
        f" {proven.entries} entries ({proven.waiting} not chained when it was made)"
        f" are as they were sealed, {proven.made_at}. Seal: {proven.seal}."
    )
    return 0


def _verify_states() -> int:
    from django.apps import apps

    from titian.kernel.agreeing import disagreements

    found = 0
    for label in AGREEING:
        for one in disagreements(apps.get_model(label)):
            found += 1
            print(f"{one}.", file=sys.stderr)
    print(f"{found} rows are not as their last entry says.")
    return 1 if found else 0


def doctor(words: Sequence[str]) -> int:
    """Say in one line each what is right and what is not; 1 if anything is not."""
    parser("doctor").parse_args(words)
    start()
    problems = 0
    for name, problem in _examinations():
        problems += bool(problem)
        print(f"{'!' if problem else '·'} {name}{': ' + problem if problem else ''}")
    return 1 if problems else 0


def _examinations() -> Iterator[tuple[str, str]]:
    yield f"Titian {settings.VERSION}, Python {sys.version.split()[0]}", ""
    yield f"data folder {settings.HOME}", _folder_problem()
    yield f"database {connection.vendor}", _database_problem()
    yield "translations", _translation_problem()
    yield "planning core", _kernel_problem()
    yield from _channels()
    yield "demo mode", "on: anybody may enter as anybody" if settings.DEMO else ""


def _channels() -> Iterator[tuple[str, str]]:
    from titian.intake.examining import examine

    yield from examine()


def _folder_problem() -> str:
    if not os.access(settings.HOME, os.W_OK):
        return "cannot be written to"
    free = shutil.disk_usage(settings.HOME).free
    return "less than 500 MB free" if free < 500_000_000 else ""


def _database_problem() -> str:
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as problem:
        return str(problem).splitlines()[0]
    return f"{len(waiting)} migrations wait: run titian migrate" if waiting else ""


def _translation_problem() -> str:
    compiled = settings.LOCALE_PATHS[0] / "id" / "LC_MESSAGES" / "django.mo"
    return "" if compiled.exists() else "Indonesian is not compiled: run run.py again"


def _kernel_problem() -> str:
    folder = kept_in()
    if folder is None:
        return "nowhere to keep it: every start compiles it anew; set NUMBA_CACHE_DIR"
    if not is_warm(folder):
        return "not compiled: the first plan of cars waits for it; run titian migrate"
    return ""


def account(words: Sequence[str]) -> int:
    """Give the person with this code an account, or a new password."""
    reader = parser("account")
    reader.add_argument("person", help="the person's code, as in the people's sheet")
    reader.add_argument("--username", required=True)
    chosen = reader.parse_args(words)
    start()
    from titian.people.commands.accounts import give_account
    from titian.people.models import Person

    person = Person.objects.filter(code=chosen.person).first()
    if person is None:
        print(f"Nobody has the code “{chosen.person}”.", file=sys.stderr)
        return 1
    password = os.environ.get("TITIAN_PASSWORD") or getpass("Password: ")
    give_account(person.pk, chosen.username, password)
    print(f"{person.display} may sign in as {chosen.username}.")
    return 0
