"""Eight people at once, against a database that is really shared: run as a script.

Prints one JSON object: what each story came to. The data folder (``TITIAN_HOME``) and
the database (``DATABASE_URL``, else SQLite in a file) are its own and new.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from uuid import uuid4

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402

from tests.loop.stories import passed  # noqa: E402
from tests.talks.bridge import make_table  # noqa: E402
from tests.world import NOON, WORDS, World, make_world  # noqa: E402
from titian.channels import memory  # noqa: E402
from titian.kernel.consequences import carry_out, claim  # noqa: E402
from titian.kernel.machine import IllegalMove  # noqa: E402
from titian.kernel.models import Consequence, Entry  # noqa: E402
from titian.loop.commands import asks  # noqa: E402
from titian.loop.commands.incidents import raise_alarm  # noqa: E402
from titian.loop.models import Ask  # noqa: E402
from titian.talks.commands import offers  # noqa: E402

MANY = 8


def together(act: Callable[[], object], count: int = MANY) -> list[str]:
    """What ``act`` comes to for each of so many people who start at the same moment."""
    start = threading.Barrier(count)

    def one(_number: int) -> str:
        try:
            start.wait()
            return str(act())
        except IllegalMove:
            return "too late"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as people:
        return list(people.map(one, range(count)))


def one_key(world: World) -> dict[str, object]:
    """One act arrives eight times at once."""
    key = uuid4()

    def say() -> object:
        return asks.ask(
            world.arunika.pk, WORDS, actor=world.ingrid, at=NOON, key=key
        ).pk

    found = together(say)
    written = Entry.objects.filter(key=key).count()
    return {"answers": len(set(found)), "entries": written, "asks": Ask.objects.count()}


def numbers(world: World) -> dict[str, object]:
    """Eight guests ask ten times each; one officer raises alarms in between."""
    before = Ask.objects.count()

    def say() -> object:
        for _time in range(9):
            asks.ask(world.arunika.pk, WORDS, actor=world.ingrid, at=NOON)
        return raise_alarm(world.arunika.pk, "fire", actor=world.marco, at=NOON)

    together(say)
    codes = Ask.objects.order_by("pk").values_list("code", flat=True)
    given = sorted(int(code.removeprefix("A-")) for code in codes)
    count = before + MANY * 10
    return {"gapless": given == list(range(1, count + 1))}


def one_taker(world: World) -> dict[str, object]:
    """Eight at the desk take the same ask, each with a key of her own."""
    ask = passed(world)

    def take() -> object:
        return asks.accept(ask.pk, actor=world.bruna, at=NOON, key=uuid4()).state

    return dict(Counter(together(take)))


def one_tap(world: World) -> dict[str, object]:
    """One tap of one phone arrives eight times at once, and everybody is answered."""
    ask, key = passed(world), uuid4()

    def take() -> object:
        return asks.accept(ask.pk, actor=world.bruna, at=NOON, key=key).state

    return dict(Counter(together(take)))


def one_agreement(world: World) -> dict[str, object]:
    """Two offers lie on the table, and each side accepts the other's, four times."""
    table = make_table(world)
    theirs = table.offered(table.eve, table.terms(0, 0))
    ours = table.offered(table.olav, table.terms(1, 1))
    answers = cycle([(ours.pk, table.eve), (theirs.pk, table.olav)])
    turn = threading.Lock()

    def agree() -> object:
        with turn:
            offered, actor = next(answers)
        return offers.accept(offered, actor=actor, at=NOON, key=uuid4()).state

    said: dict[str, object] = dict(Counter(together(agree)))
    states = table.talk.offers.values_list("state", flat=True)
    return said | {"agreed": list(states).count("accepted")}


def in_order(world: World) -> dict[str, object]:
    """A reader who has seen an entry never meets an earlier one later."""
    stop, seen, late = threading.Event(), [0], [0]

    def read() -> None:
        while not stop.is_set():
            new = Entry.objects.filter(pk__gt=seen[0] - 50).values_list("pk", flat=True)
            met = set(new)
            late[0] += len([pk for pk in met if pk <= seen[0] and pk not in known])
            known.update(met)
            seen[0] = max([seen[0], *met])
        connections.close_all()

    known = set(Entry.objects.values_list("pk", flat=True))
    seen[0] = max(known)
    reader = threading.Thread(target=read)
    reader.start()

    def write() -> object:
        for _time in range(10):
            asks.ask(world.arunika.pk, WORDS, actor=world.ingrid, at=NOON)
        return None

    together(write)
    stop.set()
    reader.join()
    return {"late": late[0], "read": len(known) > MANY * 5}


def workers(world: World) -> dict[str, object]:
    """Four workers carry out what is owed, each thing once."""
    memory.sent.clear()

    def work() -> object:
        while owed := claim(world.event, at=NOON):
            carry_out(owed)
        return "done"

    together(work, 4)
    due = Consequence.objects.filter(due_at__lte=NOON)
    return {
        "left": due.filter(done_at=None).count(),
        "twice": due.exclude(attempts=1).count(),
        "some": due.count() > 0,
    }


def main() -> None:
    """Tell every story in the same house, one after the other."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    settings.CHANNELS = {"email": "titian.channels.memory"}
    call_command("migrate", run_syncdb=True, verbosity=0)
    world = make_world()
    stories = (one_key, numbers, one_taker, one_tap, one_agreement, in_order, workers)
    told = {story.__name__: story(world) for story in stories}
    print(json.dumps({"vendor": connection.vendor, **told}))


if __name__ == "__main__":
    main()
