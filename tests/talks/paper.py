"""One invented agreement with the rowers of Arunika, for the tests of this room."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tests.world import HOUR, NOON, World
from titian.kernel.actor import Actor
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Entry
from titian.talks.commands.keeping import deliver
from titian.talks.models import Agreement, Deliverable

KEY = UUID(int=7)
WORDS = "Both boats lie at the pier"
NOT_SO = "One boat has no oars"


@dataclass(frozen=True)
class Paper:
    """We owe two boats by one; they owe the list of names by two."""

    agreement: Agreement
    boats: Deliverable
    names: Deliverable

    def line(self, name: str) -> Deliverable:
        line = Deliverable.objects.get(pk=getattr(self, name).pk)
        return line


def make_paper(world: World, code: str = "K-012") -> Paper:
    agreement = Agreement.objects.create(
        event=world.event,
        delegation=world.arunika,
        code=code,
        title_en="Boats and rooms",
        title_id="Perahu dan kamar",
        valid_from=NOON.date(),
        valid_to=NOON.date(),
    )
    return Paper(
        agreement,
        boats=make_line(
            agreement, 1, "ours", "Two boats", NOON + HOUR, handled_by=world.boats
        ),
        names=make_line(
            agreement, 2, "theirs", "Names", NOON + 2 * HOUR, handled_by=world.boats
        ),
    )


def make_line(
    agreement: Agreement,
    line: int,
    direction: str,
    what: str,
    due_at: datetime,
    **columns: object,
) -> Deliverable:
    return Deliverable.objects.create(
        agreement=agreement,
        line=line,
        direction=direction,
        what_en=what,
        clause_en=f"Article {line}",
        effect_en=f"Without it {line} nobody rows",
        due_at=due_at,
        **columns,
    )


def shown(paper: Paper, name: str, actor: Actor) -> Deliverable:
    """The line, delivered by ``actor`` on a word."""
    return deliver(getattr(paper, name).pk, words=WORDS, actor=actor, at=NOON)


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def work_until(world: World, at: datetime) -> None:
    """Let the event's clock read ``at`` and carry out all that fell due by then."""
    world.event.set_clock(reads=at, speed=0, real=at)
    world.event.save()
    while owed := claim(world.event, at=at):
        carry_out(owed)
        owed.refresh_from_db()
        assert owed.error == ""
