"""``titian load SCENARIO``: an event from a folder of lists, all or nothing."""

import sys
import time
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from titian.cli import parser
from titian.cli.keeping import start

if TYPE_CHECKING:
    from titian.kernel.models import Event
    from titian.people.models import Person

DEMO_SEATS = {
    "coordinator": ("LOC", "coordinator"),
    "transport": ("TRN", ""),
    "protocol": ("PRO", ""),
    "press": ("PRS", ""),
    "spokesperson": ("PRS", "spokesperson"),
}
"""Account name to the team, and the role there if only one will do."""
DEMO_OFFICER_OF = {"officer": "JPN", "officer-arn": "ARN"}
"""Account name to the delegation whose primary officer has it."""


def main(words: Sequence[str]) -> int:
    """Load a shipped scenario by its code, or a folder of one's own."""
    reader = parser("load")
    reader.add_argument("scenario", help="its code, or the folder of a scenario.toml")
    reader.add_argument(
        "--at", type=datetime.fromisoformat, help="let the clock read this instead"
    )
    chosen = reader.parse_args(words)
    start()
    from titian.exchange.history import Stumbled
    from titian.exchange.loading import Spoiled
    from titian.exchange.scenario import NoScenario

    try:
        load_scenario(chosen.scenario, reads=chosen.at)
    except (Spoiled, Stumbled, NoScenario) as error:
        print(f"Nothing was loaded. {error}", file=sys.stderr)
        return 1
    return 0


def load_scenario(code_or_path: str, *, reads: datetime | None = None) -> "Event":
    """Load it and print what came of it; a second time it says it is there already.

    Raises ``Spoiled``, ``Stumbled`` or ``NoScenario``; then nothing was loaded.
    """
    from titian.exchange.loading import load
    from titian.exchange.scenario import find

    began = time.monotonic()
    loaded = load(find(code_or_path), reads=reads)
    name = loaded.event.name_en
    if loaded.was_there:
        print(f"{name} is loaded already; nothing was changed.", flush=True)
    else:
        spent = f"{time.monotonic() - began:.1f} s"
        print(f"{name}: {loaded.rows} rows, {loaded.acts} acts, {spent}.", flush=True)
    return loaded.event


def ensure_demo_accounts(event: "Event") -> list[str]:
    """Accounts without a password for the people of the demo's door; the new names.

    Who has an account keeps it. The focal point needs none: a link lets guests in.
    Refuses an event on the real clock: ``ValueError``.
    """
    from titian.kernel import clock
    from titian.people.commands.accounts import give_account

    if not event.is_rehearsal:
        raise ValueError("Demo accounts are for rehearsals only.")
    made = []
    for name, person in _demo_people(event):
        if person is not None and person.user_id is None:
            give_account(person.pk, name, None, at=clock.time_at(event))
            made.append(name)
    return made


def _demo_people(event: "Event") -> "list[tuple[str, Person | None]]":
    from titian.people.models import Assignment

    found: list[tuple[str, Person | None]] = []
    for name, (team, role) in DEMO_SEATS.items():
        seats = event.seats.filter(team__code=team).select_related("person")
        seat = (seats.filter(role=role) if role else seats).order_by("pk").first()
        found.append((name, seat.person if seat else None))
    for name, party in DEMO_OFFICER_OF.items():
        held = Assignment.objects.filter(
            delegation__event=event, delegation__party__code=party, relieved_at=None
        ).exclude(consent=Assignment.Consent.DECLINED)
        first = held.select_related("officer__person").order_by("role", "pk").first()
        found.append((name, first.officer.person if first else None))
    return found
