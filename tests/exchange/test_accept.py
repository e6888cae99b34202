"""Accepting lets the good rows in, once, and merges by code; undoing takes it back."""

from uuid import uuid4

import pytest

from tests.exchange.files import accepted, csv_file, previewed
from tests.world import HOUR, NOON, World
from titian.exchange.commands import WorldMovedOn, accept, forget_words_of, undo
from titian.exchange.models import Import
from titian.kernel.fields import opened
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.kernel.taking_back import InUse
from titian.logistics.models import Stay
from titian.people.models import Delegation, Member, Officer, Party, Person
from titian.places.models import Place

PEOPLE = ["code", "party", "role", "display", "native", "phone"]
SITI = ["P1", "ARN", "security", "Siti", "ᬲᬶᬢᬶ", "+62 812"]


def test_the_good_rows_go_in_and_the_others_stay_out(world: World) -> None:
    content = csv_file(PEOPLE, SITI, ["P2", "NOPE", "delegate", "Dewi", "", ""])

    done = accepted(world, "people", content)

    member = Member.objects.get(person__code="P1")
    assert (member.delegation, member.group) == (world.arunika, "security")
    assert (member.person.native, member.person.search) == ("ᬲᬶᬢᬶ", "siti ᬲᬶᬢᬶ")
    assert not Person.objects.filter(code="P2").exists()
    assert done.state == Import.State.ACCEPTED


def test_accepting_twice_is_too_late(world: World) -> None:
    done = accepted(world, "people", csv_file(PEOPLE, SITI))

    with pytest.raises(WorldMovedOn):
        accept(done.pk, actor=world.wati, at=NOON)


def test_a_retry_of_accepting_changes_nothing(world: World) -> None:
    seen, key = previewed(world, "people", csv_file(PEOPLE, SITI)), uuid4()

    first = accept(seen.pk, actor=world.wati, at=NOON, key=key)
    again = accept(seen.pk, actor=world.wati, at=NOON, key=key)

    assert first == again
    assert Entry.objects.filter(verb="import.accepted").count() == 1


def test_a_place_that_is_gone_since_the_preview_stops_everything(world: World) -> None:
    content = csv_file(["party", "place"], ["ARN", "INN"], ["SLY", "PIER"])
    seen = previewed(world, "stays", content)
    Place.objects.filter(code="PIER").update(code="QUAY")

    with pytest.raises(WorldMovedOn):
        accept(seen.pk, actor=world.wati, at=NOON)

    assert not Stay.objects.exists()


def test_the_same_code_updates_the_row_and_doubles_nothing(world: World) -> None:
    accepted(world, "people", csv_file(PEOPLE, SITI))

    accepted(world, "people", csv_file(PEOPLE, ["P1", "ARN", "", "Siti Dewi", "", ""]))

    person = Person.objects.get(code="P1")
    assert (person.display, person.search) == ("Siti Dewi", "siti dewi ᬲᬶᬢᬶ")
    assert opened(person.phone) == "+62 812", "an empty cell erases nothing"
    assert Member.objects.get(person=person).group == "security"


def test_undoing_takes_back_what_was_made(world: World) -> None:
    before = set(Person.objects.values_list("pk", flat=True))
    done = accepted(world, "people", csv_file(PEOPLE, SITI))

    undo(done.pk, actor=world.wati, at=NOON + HOUR)

    assert set(Person.objects.values_list("pk", flat=True)) == before
    assert not Member.objects.filter(person__code="P1").exists()


def test_undoing_sets_what_was_changed_as_it_was(world: World) -> None:
    accepted(world, "people", csv_file(PEOPLE, SITI))
    done = accepted(
        world, "people", csv_file(PEOPLE, ["P1", "ARN", "crew", "Dewi", "", ""])
    )

    undo(done.pk, actor=world.wati, at=NOON + HOUR)

    person = Person.objects.get(code="P1")
    assert (person.display, person.search) == ("Siti", "siti ᬲᬶᬢᬶ")
    assert Member.objects.get(person=person).group == "security"


def test_undoing_twice_is_too_late(world: World) -> None:
    done = accepted(world, "people", csv_file(PEOPLE, SITI))
    undo(done.pk, actor=world.wati, at=NOON)

    with pytest.raises(WorldMovedOn):
        undo(done.pk, actor=world.wati, at=NOON)


def test_what_is_relied_on_is_not_taken_back(world: World) -> None:
    done = accepted(world, "places", csv_file(["code", "name"], ["HILL", "Hill House"]))
    accepted(world, "stays", csv_file(["party", "place"], ["ARN", "HILL"]))

    with pytest.raises(InUse, match="Hill House"):
        undo(done.pk, actor=world.wati, at=NOON)

    assert Place.objects.filter(code="HILL").exists()


def test_what_somebody_acted_on_is_not_taken_back(world: World) -> None:
    content = csv_file(["code", "party", "planned"], ["J1", "ARN", "2027-05-01 13:00"])
    done = accepted(world, "journeys", content)
    journey = world.arunika.journeys.get()
    Entry.objects.create(
        event=world.event,
        verb="journey.marked",
        subject_kind="logistics.journey",
        subject_id=journey.pk,
        actor_kind="person",
        actor_proof="signed in",
        said_at=NOON,
        heard_at=NOON,
    )

    with pytest.raises(InUse):
        undo(done.pk, actor=world.wati, at=NOON)


def test_what_imports_keep_of_an_erased_person_is_forgotten(world: World) -> None:
    accepted(world, "people", csv_file(PEOPLE, SITI))
    renamed = ["P1", "ARN", "", "Dewi", "", ""]
    accepted(world, "people", csv_file(PEOPLE, renamed))
    accepted(world, "stays", csv_file(["party", "place"], ["ARN", "INN"]))

    forget_words_of(Person.objects.get(code="P1").pk, at=NOON)

    kept = Import.objects.order_by("pk")
    assert [len(one.rows) for one in kept] == [0, 0, 1]
    assert "Siti" not in str([one.made for one in kept])


def test_only_a_coordinator_accepts_or_undoes(world: World) -> None:
    seen = previewed(world, "people", csv_file(PEOPLE, SITI))

    for actor in (world.bruna, world.marco, world.eve):
        with pytest.raises(Forbidden):
            accept(seen.pk, actor=actor, at=NOON)
        with pytest.raises(Forbidden):
            undo(seen.pk, actor=actor, at=NOON)


def test_a_delegation_brings_its_head_and_companion(world: World) -> None:
    Party.objects.create(code="VRN", name_en="Verenna", kind="state")
    header = ["party", "level", "head_name", "head_title", "companion"]
    content = csv_file(header, ["VRN", "minister", "Elio Tamarind", "Minister", "Ada"])

    accepted(world, "delegations", content)

    delegation = Delegation.objects.get(party__code="VRN")
    assert str(delegation.head) == "Elio Tamarind"
    assert sorted(delegation.members.values_list("group", flat=True)) == [
        "head",
        "spouse",
    ]


def test_an_officer_comes_with_languages_home_leader_and_absences(world: World) -> None:
    header = ["code", "display", "languages", "home", "leader", "unavailable"]
    absence = "2027-05-02T08:00+00:00/2027-05-02T20:00+00:00"
    content = csv_file(header, ["LO-2", "Ayu", "en:C1;ja:B2", "INN", "LO-1", absence])

    accepted(world, "officers", content)

    officer = Officer.objects.get(code="LO-2")
    assert officer.person.languages == {"en": "C1", "ja": "B2"}
    assert (officer.home, officer.leader) == (world.hotel, world.officer)
    assert officer.absences.get().starts_at.isoformat() == "2027-05-02T08:00:00+00:00"


def test_a_step_of_participation_moves_the_delegation(world: World) -> None:
    header = ["party", "status", "level", "on", "document"]
    content = csv_file(
        header, ["ARN", "confirmed", "head_of_state", "2027-04-01", "N1"]
    )

    accepted(world, "participation", content)

    world.arunika.refresh_from_db()
    assert (world.arunika.status, world.arunika.level) == ("confirmed", "head_of_state")
    assert world.arunika.participations.get().document == "N1"


def test_a_meeting_stands_in_the_programme_of_both_sides(world: World) -> None:
    header = ["code", "party_a", "party_b", "start", "agenda_en", "agenda_id"]
    content = csv_file(
        header, ["M1", "ARN", "SLY", "2027-05-02 10:00", "boats;tides", "perahu"]
    )

    accepted(world, "meetings", content)

    meeting = world.event.meetings.get()
    sides = set(meeting.activity.delegations.all())
    assert sides == {world.arunika, world.selaya}
    assert [(p.words_en, p.words_id) for p in meeting.agenda.all()] == [
        ("boats", "perahu"),
        ("tides", ""),
    ]


def test_routing_rules_know_whom_to_inform(world: World) -> None:
    header = ["order", "topic", "team", "weight", "informed", "keywords_en"]
    content = csv_file(header, ["10", "boats", "TRN", "exact", "CAT;PRS", "Boat;Thé"])

    accepted(world, "routing", content)

    topic = world.event.ask_topics.get()
    assert (topic.team, topic.keywords) == (world.boats, ["boat", "thé"])
    assert set(topic.informed.all()) == {world.kitchen, world.press}


def test_the_lines_of_an_agreement_are_watched(world: World) -> None:
    accepted(
        world,
        "agreements",
        csv_file(["code", "party", "title_en"], ["A1", "ARN", "Hosting"]),
    )
    header = ["agreement", "line", "direction", "what_en", "due"]

    accepted(
        world,
        "deliverables",
        csv_file(header, ["A1", "1", "ours", "Two boats", "2027-05-02 10:00"]),
    )

    entry = Entry.objects.get(verb="agreement.watched")
    assert [owed.due_at.hour for owed in entry.consequences.all()] == [10]


def test_a_reported_milestone_comes_with_its_journey(world: World) -> None:
    header = ["code", "party", "planned", "status", "landed_at", "airport"]
    content = csv_file(
        header,
        ["J1", "ARN", "2027-05-01 09:00", "landed", "2027-05-01 09:20", "PIER"],
    )

    accepted(world, "journeys", content)

    journey = world.arunika.journeys.get()
    step = journey.milestones.get()
    assert (journey.state, step.state) == ("landed", "landed")
    assert step.happened_at.minute == 20
