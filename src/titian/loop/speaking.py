"""Who speaks in an ask, as the guest knows them, and on whose word."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from titian.kernel.actor import Kind
from titian.kernel.models import Entry
from titian.loop.models import Ask, Feedback
from titian.people.models import Party, Person


@dataclass(frozen=True, slots=True)
class Speaker:
    """``side`` is the guests' own side; ``line`` who says it, and through whom."""

    side: str
    line: str


def who_speaks(asks: Iterable[Ask]) -> dict[int, Speaker]:
    """The speaker of each ask, by its id; three queries, however many asks.

    What the house puts to itself for a guest names the guest; what an officer brought
    on a guest's word names both.
    """
    rows = {ask.pk: ask for ask in asks}
    given = {row.ask_id: row for row in _feedback(rows)}
    through = _through(rows)
    return {
        pk: _speaker(ask, given.get(pk), through.get(pk, ""))
        for pk, ask in rows.items()
    }


def _speaker(ask: Ask, given: Feedback | None, through: str) -> Speaker:
    name = ask.said_by.display
    if ask.asked_by.party.kind == Party.Kind.TEAM:
        if given is None:
            return Speaker(ask.asked_by.name, name)
        named = {"team": ask.asked_by.name, "guest": given.said_by.display}
        line = _("%(team)s, on the word of %(guest)s") % named
        return Speaker(given.delegation.name, line)
    if not through:
        return Speaker(ask.asked_by.name, name)
    line = _("%(guest)s, through %(name)s") % {"guest": name, "name": through}
    return Speaker(ask.asked_by.name, line)


def _feedback(rows: dict[int, Ask]) -> Iterable[Feedback]:
    put = [pk for pk, ask in rows.items() if ask.asked_by.party.kind == Party.Kind.TEAM]
    found = Feedback.objects.filter(ask__in=put)
    return found.select_related("said_by", "delegation__party").order_by("-pk")


def _through(rows: dict[int, Ask]) -> dict[int, str]:
    """Who of ours brought the guest's word, by the ask."""
    entries = Entry.objects.filter(
        verb="ask.said",
        subject_kind=Ask._meta.label_lower,
        subject_id__in=list(rows),
        actor_kind=Kind.PERSON,
        word_of_id__isnull=False,
    )
    brought = dict(entries.values_list("subject_id", "actor_person_id"))
    people = Person.objects.in_bulk([pk for pk in brought.values() if pk])
    return {
        ask: people[pk].display for ask, pk in brought.items() if pk and pk in people
    }
