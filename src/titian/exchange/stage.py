"""Who and what a scenario's lines mean: codes into people, teams, journeys, asks."""

from datetime import datetime
from typing import Any

from titian.exchange.known import Known
from titian.exchange.reasons import Refused
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.people.models import Person
from titian.people.queries import on_file


class Lost(ValueError):
    """A line of a scenario names what is not there."""


class Stage:
    """One event, seen by the codes in which a scenario speaks of it.

    ``made`` holds what earlier lines made, under the name they gave it.
    """

    def __init__(self, event: Event) -> None:
        self.event = event
        self.made: dict[str, int] = {}
        self._known = Known(event)

    def delegation(self, code: str) -> int:
        """The delegation's id."""
        return self._look(self._known.delegation, code)

    def team(self, code: str) -> int:
        """The inner team's id."""
        return self._look(self._known.team, code)

    def place(self, code: str) -> int:
        """The place's id."""
        return self._look(self._known.place, code)

    def person(self, code: str) -> int:
        """The person's id."""
        return self._look(self._known.person, code)

    def journey(self, code: str) -> int:
        """The journey's id."""
        return self._row("journeys", code=code)

    def activity(self, code: str) -> int:
        """The id of the item on the rundown."""
        return self.made.get(code) or self._row("activities", code=code)

    def meeting(self, code: str) -> int:
        """The id of the meeting whose hour has this code."""
        return self.made.get(code) or self._row("meetings", activity__code=code)

    def topic(self, code: str) -> int:
        """The id of the routing rule."""
        return self._row("ask_topics", code=code)

    def ask(self, name: str) -> int:
        """The id of the ask that an earlier line called ``name``, or with this code."""
        return self.made.get(name) or self._row("asks", code=name)

    def promise(self, name: str) -> int:
        """The id of the promise that an earlier line called ``name``."""
        return self.made.get(name) or self._row("promises", words=name)

    def line(self, name: str) -> int:
        """The id of an agreement's line, named "CODE/3"."""
        code, _, line = name.rpartition("/")
        agreement = self._look(self._known.agreement, code)
        paper = self.event.agreements.get(pk=agreement)
        found = paper.lines.filter(line=line).values_list("pk", flat=True).first()
        if found is None:
            raise Lost(f"line {name}")
        return found

    def actor(self, code: str, args: dict[str, Any]) -> Actor:
        """The person on file, or bringing the word of ``said_by`` by ``means``."""
        actor = on_file(Person.objects.get(pk=self.person(code)))
        guest = args.get("said_by", code)
        if guest == code:
            return actor
        return actor.passing_on(
            self.person(guest), means=args.get("means", "telephone")
        )

    def _look(self, find: Any, code: str) -> int:
        try:
            return int(find(code))
        except Refused:
            raise Lost(f"{find.__name__} {code}") from None

    def _row(self, related: str, **named: str) -> int:
        rows = getattr(self.event, related).filter(**named)
        found = rows.values_list("pk", flat=True).first()
        if found is None:
            raise Lost(f"{related} {named}")
        return int(found)


def instant(text: str | None) -> datetime | None:
    """An instant with its offset, as scenarios write it."""
    return datetime.fromisoformat(text) if text else None
