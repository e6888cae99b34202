"""Two coordinators accept two plans of one week at one moment; what came of it.

Run by ``test_cover_at_once`` in a process of its own: two threads need a database in
a file, with the locks of the real one.
"""

import json
import threading

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.foresight.week import make_week, proposal_of  # noqa: E402
from tests.world import NOON, make_world, seated  # noqa: E402
from titian.foresight.commands.cover import accept  # noqa: E402
from titian.foresight.errors import WorldMovedOn  # noqa: E402
from titian.kernel.actor import Actor  # noqa: E402
from titian.people.models import Duty, Seat  # noqa: E402


def main() -> None:
    """Print how each fared, and whether any hour is held twice."""
    call_command("migrate", verbosity=0)
    world = make_world()
    week = make_week(world)
    wayan = seated(world.event, "Wayan", world.press, Seat.Role.COORDINATOR)
    plans = [(proposal_of(week).pk, world.wati)]
    plans.append((proposal_of(week, seed=7, actor=wayan).pk, wayan))
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def press(proposal_id: int, actor: Actor) -> None:
        together.wait()
        try:
            accept(proposal_id, actor=actor, at=NOON)
            outcomes.append("accepted")
        except WorldMovedOn:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=plan) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"outcomes": sorted(outcomes), "twice": held_twice()}))


def held_twice() -> int:
    """Hours of a delegation that begin with two officers at once."""
    held = Duty.objects.filter(withdrawn_at=None)
    starts = list(held.values_list("delegation", "starts_at"))
    return len(starts) - len(set(starts))


if __name__ == "__main__":
    main()
