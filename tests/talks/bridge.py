"""An invented talk between Arunika and Selaya on oars and towels, Petra mediating."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.world import NOON, World, make_person, with_account
from titian.kernel.actor import Actor
from titian.talks import secrecy
from titian.talks.commands import issues, offers
from titian.talks.commands.offers import Terms
from titian.talks.models import Envoy, Issue, Offer, Talk

PRO = "four boats keep the fishers at home"
KEY = UUID(int=61)
RED = "never below four boats"


@dataclass(frozen=True)
class Table:
    """Olav speaks for Arunika, Eve for Selaya; Petra mediates; Tor is Olav's friend."""

    talk: Talk
    oars: Issue
    towels: Issue
    olav: Actor
    eve: Actor
    petra: Actor
    tor: Actor

    def option(self, issue: Issue, place: int) -> int:
        return list(issue.options.values_list("pk", flat=True))[place]

    def terms(self, oars: int, towels: int, **rest: Any) -> Terms:
        chosen = [self.option(self.oars, oars), self.option(self.towels, towels)]
        return Terms(chosen, **rest)

    def offered(self, actor: Actor, terms: Terms, at: datetime = NOON) -> Offer:
        return offers.offer(self.talk.pk, terms, actor=actor, at=at)


def make_table(world: World) -> Table:
    olav = with_account(make_person("Olav", world.arunika.party, world.arunika))
    tor = with_account(make_person("Tor", world.arunika.party, world.arunika))
    talk = Talk.objects.create(
        event=world.event,
        code="T-01",
        title_en="Oars for towels",
        side_a=world.arunika,
        side_b=world.selaya,
        opened_at=NOON,
    )
    seats = [(olav, "a"), (world.eve, "b"), (world.petra, "bridge")]
    for actor, side in seats:
        Envoy.objects.create(
            talk=talk, person_id=actor.person_id or 0, side=side, named_at=NOON
        )
    oars, towels = issues.raise_issues(
        talk.pk, ["Oars", "Towels"], actor=world.petra, at=NOON
    )
    for issue, ideas in ((oars, ("two", "four", "six")), (towels, ("ten", "twenty"))):
        for idea in ideas:
            issues.invent(issue.pk, idea, actor=olav, at=NOON)
        issues.judge(issue.pk, actor=world.eve, at=NOON)
    return Table(talk, oars, towels, olav, world.eve, world.petra, tor)


def confided(table: Table, words: str = RED, **rest: Any) -> None:
    """Olav's side tells its red line on oars, to itself."""
    assert table.olav.person_id is not None
    said: dict[str, Any] = {"kind": "red_line", "words": words, "told_at": NOON}
    told = secrecy.Telling(
        **said | rest,
        told_by_id=table.olav.person_id,
    )
    secrecy.note(table.oars.pk, told, actor=table.olav, at=NOON)


def spoken_for(table: Table, **rest: Any) -> None:
    """Olav's side keeps to itself what speaks for four oars."""
    option = table.option(table.oars, 1)
    confided(table, PRO, option_id=option, kind="pro", **rest)
