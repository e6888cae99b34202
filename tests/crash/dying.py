"""A worker that dies at a statement, once for each, and what the next worker leaves."""

import inspect
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core import mail
from django.db import connection, transaction
from django.db.models.functions import Now  # noqa: TID251
from django.utils.module_loading import import_string

import titian
from tests.world import World
from titian.channels.models import Carrier
from titian.kernel.clock import real_time
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Consequence, Entry

LONG_AGO = timedelta(hours=1)
CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
DOTTED = re.compile(r'"(titian(?:\.\w+)+)"')
WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(BaseException):
    """The worker is gone: no handler of an exception runs any further."""


def every_kind() -> set[str]:
    """All that the source names to be owed: functions of ours given a consequence."""
    return {name for name in _named() if _takes_a_consequence(_found(name))}


def _named() -> set[str]:
    """Every dotted name of ours that stands as a string anywhere in the source."""
    [root] = titian.__path__
    sources = [path.read_text("utf-8") for path in Path(root).rglob("*.py")]
    return {name for one in sources for name in DOTTED.findall(one)}


def _found(name: str) -> object:
    try:
        return import_string(name)
    except ImportError:  # a module, an app, a template's name
        return None


def _takes_a_consequence(one: object) -> bool:
    if not inspect.isfunction(one):
        return False
    given = [each.annotation for each in inspect.signature(one).parameters.values()]
    return given == [Consequence]


@dataclass
class Watch:
    """The statements of one worker, and where it is to die."""

    dies_at: int = 0
    seen: int = 0
    writes: int = 0
    tables: set[str] = field(default_factory=set)

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        verb = sql.lstrip().split(" ", 1)[0].upper()
        if verb in CONTROL:  # what ends a transaction is no moment of its own
            return execute(sql, *rest)
        self.seen += 1
        if self.seen == self.dies_at:
            raise Killed
        self.writes += verb in WRITES and Consequence._meta.db_table not in sql
        if verb == "INSERT":
            self.tables.add(sql.split('"')[1])
        return execute(sql, *rest)


@dataclass
class Evening:
    """A story whose every new kind of consequence is played once for each statement."""

    world: World
    kinds: frozenset[str]
    lives: Counter[str] = field(default_factory=Counter)

    def until(self, at: datetime) -> None:
        """All that is due by then is done, and what is new dies first, many times."""
        for event, moment in ((self.world.event, at), (None, real_time())):
            while owed := claim(event, at=moment):
                if owed.handler in self.kinds and not self.lives[owed.handler]:
                    self.lives[owed.handler] = lives_of(owed, moment)
                carry_out(owed)


def lives_of(owed: Consequence, at: datetime) -> int:
    """Kill its worker at each statement; how often that was.

    None for a consequence that finds itself not wanted any more. Each life ends as
    the undisturbed one did.
    """
    calm = Watch()
    with undone():
        wanted = outcome(owed, at, calm, calm.tables)
    if not calm.writes and not wanted.letters:
        return 0
    assert wanted.errors == [], owed
    for statement in range(1, calm.seen + 1):
        with undone():
            found = outcome(owed, at, Watch(dies_at=statement), calm.tables)
        found.must_be_as_good_as(wanted, f"{owed}, killed at statement {statement}")
    return calm.seen


@dataclass(frozen=True)
class Outcome:
    """What came of it: entries, what is owed now, rows of the tables, letters."""

    entries: Counter[tuple[str, str, datetime]]
    owed: Counter[tuple[str, datetime, bool]]
    rows: dict[str, int]
    letters: Counter[tuple[str, str, str]]
    errors: list[str]

    def must_be_as_good_as(self, wanted: "Outcome", when: str) -> None:
        """The same, but that a letter may have gone twice under its one number."""
        assert self.errors == [], when
        assert self.entries == wanted.entries, when
        assert self.owed == wanted.owed, when
        assert self.rows == wanted.rows, when
        assert unnumbered(self.letters) == unnumbered(wanted.letters), when
        assert max(self.letters.values(), default=0) <= 2, when


def outcome(owed: Consequence, at: datetime, watch: Watch, tables: set[str]) -> Outcome:
    """Carry it out under ``watch``, alone; then a new worker does what is left."""
    alone(owed)
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    event = owed.entry.event
    with connection.execute_wrapper(watch), suppress(Killed):
        mine = claim(event, at=at)
        assert mine == owed
        carry_out(mine)
    transaction.set_rollback(False)  # what was one statement of many is not undone
    leases_run_out()
    while left := claim(event, at=at):
        carry_out(left)
    new = Entry.objects.filter(pk__gt=last)
    known = Consequence.objects.values_list("handler", "due_at", "done_at")
    return Outcome(
        Counter(new.values_list("verb", "subject_kind", "said_at")),
        Counter((handler, due, done is None) for handler, due, done in known),
        {name: rows_of(name) for name in tables},
        Counter(map(numbered, mail.outbox)),
        list(Consequence.objects.exclude(error="").values_list("error", flat=True)),
    )


def alone(owed: Consequence) -> None:
    """Nothing else is due, and nothing has been sent."""
    mail.outbox.clear()
    others = Consequence.objects.exclude(pk=owed.pk).filter(done_at=None)
    others.update(done_at=Now())
    Consequence.objects.filter(pk=owed.pk).update(leased_until=None, attempts=0)


def rows_of(table: str) -> int:
    """How many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


def unnumbered(letters: Counter[tuple[str, str, str]]) -> Counter[tuple[str, str]]:
    """To whom of what: the number is of a row, and PostgreSQL gives none twice."""
    return Counter((to, subject) for to, subject, _number in letters)


def numbered(letter: mail.EmailMessage) -> tuple[str, str, str]:
    """To whom, of what, and the number by which a mailbox folds the second one."""
    return letter.to[0], str(letter.subject), letter.extra_headers["Message-ID"]


def leases_run_out() -> None:
    """Every lease and every rest is over."""
    waiting = Consequence.objects.filter(done_at=None)
    waiting.update(leased_until=Now() - LONG_AGO, attempts=0)
    Carrier.objects.update(paused_until=None, free_at=None)


@contextmanager
def undone() -> Iterator[None]:
    """What happens in here did not."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
