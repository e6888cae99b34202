"""The codes a file may refer to, looked up once a reading."""

from collections.abc import Mapping
from functools import cached_property

from titian.exchange.reasons import Refused
from titian.kernel import clock
from titian.kernel.models import Event
from titian.loop.models import PlaybookLine
from titian.people.models import Member, Party, Person
from titian.places.models import Place
from titian.programme.models import Placing
from titian.programme.models.seating import same_words
from titian.rules.models import Article


class Known:
    """Codes to ids, as they are when first asked."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.now = clock.time_at(event)

    def party(self, code: str) -> int:
        """The party; ``Refused`` if there is none."""
        return _found(self._parties, code, "unknown_party")

    def team(self, code: str) -> int:
        """The inner team; ``Refused`` if the code is no team's."""
        return _found(self._teams, code, "unknown_team")

    def delegation(self, code: str) -> int:
        """The delegation of this party at the event; ``Refused`` if it is not here."""
        return _found(self._delegations, code, "unknown_delegation")

    def person(self, code: str) -> int:
        """The person with this code; ``Refused`` if nobody has it."""
        return _found(self._people, code, "unknown_person")

    def place(self, code: str) -> int:
        """The place; ``Refused`` if it is not known."""
        return _found(self._places, code, "unknown_place")

    def officer(self, code: str) -> int:
        """The officer of the event; ``Refused`` if there is none."""
        return _found(self._officers, code, "unknown_officer")

    def agreement(self, code: str) -> int:
        """The agreement of the event; ``Refused`` if there is none."""
        return _found(self._agreements, code, "unknown_agreement")

    def activity(self, code: str) -> int:
        """The item of the programme; ``Refused`` if there is none."""
        return _found(self._activities, code, "unknown_activity")

    def vehicle(self, plate: str) -> int:
        """The car with this plate; ``Refused`` if there is none."""
        return _found(self._vehicles, plate, "unknown_vehicle")

    def journey(self, code: str) -> int:
        """The arrival or departure; ``Refused`` if there is none."""
        return _found(self._journeys, code, "unknown_journey")

    def party_code(self, party_id: int) -> str:
        """The code of a party that was just read."""
        return self._party_codes[party_id]

    def name_of(self, delegation_id: int, language: str) -> str:
        """The delegation's name in "en" or "id"."""
        english, indonesian = self._delegation_names[delegation_id]
        return english if language == "en" else indonesian or english

    @cached_property
    def rules(self) -> set[str]:
        """The topics of the office's rules, and of those read so far."""
        return set(Article.objects.values_list("topic", flat=True))

    @cached_property
    def playbooks(self) -> frozenset[str]:
        """The codes of the event's templates."""
        return frozenset(self.event.playbooks.values_list("code", flat=True))

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """By template and code, what each line that is there waits for."""
        rows = PlaybookLine.objects.filter(playbook__event=self.event)
        found = rows.values_list("playbook__code", "code", "depends_on")
        return {(playbook, code): tuple(waits) for playbook, code, waits in found}

    @cached_property
    def waits(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The same; the checks of one reading move it on."""
        return dict(self.lines)

    @cached_property
    def _party_codes(self) -> Mapping[int, str]:
        return {pk: code for code, pk in self._parties.items()}

    @cached_property
    def _delegation_names(self) -> Mapping[int, tuple[str, str]]:
        rows = self.event.delegations.values_list(
            "pk", "party__name_en", "party__name_id"
        )
        return {pk: (english, indonesian) for pk, english, indonesian in rows}

    @cached_property
    def delegation_codes(self) -> Mapping[int, str]:
        """Each delegation's party code."""
        return {pk: code for code, pk in self._delegations.items()}

    @cached_property
    def delegation_names(self) -> Mapping[int, str]:
        """Each delegation's name in the reader's language."""
        rows = self.event.delegations.select_related("party")
        return {row.pk: row.name for row in rows}

    @cached_property
    def invited(self) -> Mapping[int, frozenset[int] | None]:
        """Who takes part in each item of the programme; none named is everybody."""
        rows = self.event.activities.prefetch_related("delegations")
        return {
            row.pk: None
            if row.is_for_all and not row.is_private
            else frozenset(one.pk for one in row.delegations.all())
            for row in rows
        }

    @cached_property
    def members(self) -> Mapping[tuple[int, int], int]:
        """The member whom a delegation and a person make."""
        rows = Member.objects.filter(delegation__event=self.event)
        found = rows.values_list("delegation", "person", "pk")
        return {(delegation, person): pk for delegation, person, pk in found}

    @cached_property
    def seats(self) -> dict[tuple[int, str], tuple[int, int | None]]:
        """Who sits where at each item; the checks of one reading move them on."""
        rows = Placing.objects.given().filter(activity__event=self.event)
        found = rows.values_list("activity", "seat", "delegation", "member__person")
        return {
            (item, same_words(seat)): (delegation, person)
            for item, seat, delegation, person in found
        }

    @cached_property
    def primaries(self) -> Mapping[int, tuple[int, str]]:
        """Officers who are primary now: the delegation's id and code."""
        held = self.event.delegations.filter(
            assignments__role="primary", assignments__relieved_at=None
        ).exclude(assignments__consent="declined")
        rows = held.values_list("assignments__officer", "pk", "party__code")
        return {officer: (pk, code) for officer, pk, code in rows}

    def code_of(self, party_id: int, name: str) -> str:
        """The code of the party's person with this name; empty if there is none."""
        return self._names.get((party_id, name), "")

    @cached_property
    def _names(self) -> Mapping[tuple[int, str], str]:
        """The code of the person with this party and name."""
        rows = Person.objects.filter(code__isnull=False).values_list(
            "party", "display", "code"
        )
        return {(party, display): str(code) for party, display, code in rows}

    @cached_property
    def _parties(self) -> Mapping[str, int]:
        return dict(Party.objects.values_list("code", "pk"))

    @cached_property
    def _teams(self) -> Mapping[str, int]:
        teams = Party.objects.filter(kind=Party.Kind.TEAM)
        return dict(teams.values_list("code", "pk"))

    @cached_property
    def _delegations(self) -> Mapping[str, int]:
        return dict(self.event.delegations.values_list("party__code", "pk"))

    @cached_property
    def _people(self) -> Mapping[str, int]:
        rows = Person.objects.filter(code__isnull=False).values_list("code", "pk")
        return {str(code): pk for code, pk in rows}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return dict(Place.objects.values_list("code", "pk"))

    @cached_property
    def _officers(self) -> Mapping[str, int]:
        return dict(self.event.officers.values_list("code", "pk"))

    @cached_property
    def _activities(self) -> Mapping[str, int]:
        return dict(self.event.activities.values_list("code", "pk"))

    @cached_property
    def _vehicles(self) -> Mapping[str, int]:
        return dict(self.event.vehicles.values_list("plate", "pk"))

    @cached_property
    def _journeys(self) -> Mapping[str, int]:
        return dict(self.event.journeys.values_list("code", "pk"))

    @cached_property
    def _agreements(self) -> Mapping[str, int]:
        return dict(self.event.agreements.values_list("code", "pk"))


def _found(among: Mapping[str, int], code: str, otherwise: str) -> int:
    found = among.get(code)
    if found is None:
        raise Refused(otherwise)
    return found
