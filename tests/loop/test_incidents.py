"""An incident: who commands, what is known, when the next word is due, when it ends."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.loop.drills import alarm, fire_book, sena, steps_of
from tests.loop.stories import all_done
from tests.world import HOUR, MINUTE, NOON, World, make_party
from titian.kernel.compartments import open_note
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.codes import Report, Unread, write_report
from titian.loop.commands import commanding, incident_words
from titian.loop.commands.incidents import report
from titian.loop.incidents import journal_of, moves_open_to
from titian.loop.models import Ask, Incident
from titian.loop.saying import Unknown
from titian.people.models import Delegation, Member

CODE = write_report(Report("ARN", "fire", 3, "LOBBY", 1, 11, 58))


def commanded(world: World) -> Incident:
    """Wati has taken command."""
    return commanding.take_command(alarm(world).pk, actor=world.wati, at=NOON)


def test_the_alarm_opens_an_incident_that_nobody_commands_yet(world: World) -> None:
    incident = alarm(world, severity=3, place="Lobby")

    assert (incident.state, incident.severity, incident.place) == ("raised", 3, "Lobby")
    assert incident.tactical_due_at is None


def test_an_unknown_severity_is_refused(world: World) -> None:
    with pytest.raises(Unknown):
        alarm(world, severity=9)


def test_who_takes_command_starts_both_clocks(world: World) -> None:
    incident = commanded(world)

    assert incident.commander_id == world.wati.person_id
    assert incident.tactical_due_at == NOON + 15 * MINUTE
    assert incident.executive_due_at == NOON + 60 * MINUTE


def test_the_team_that_has_it_may_command(world: World) -> None:
    incident = alarm(world)

    taken = commanding.take_command(incident.pk, actor=sena(world), at=NOON)

    assert taken.state == "active"


@pytest.mark.parametrize("who", ["ingrid", "marco", "bruna", "petra", "eve"])
def test_nobody_else_commands(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        commanding.take_command(alarm(world).pk, actor=getattr(world, who), at=NOON)


def test_command_is_taken_over_without_starting_the_clocks_anew(world: World) -> None:
    incident = commanded(world)

    relieved = commanding.take_command(
        incident.pk, actor=sena(world), at=NOON + 5 * MINUTE
    )

    assert relieved.commander_id != world.wati.person_id
    assert relieved.tactical_due_at == incident.tactical_due_at


def test_the_commanders_steps_are_whoever_commands_steps(world: World) -> None:
    fire_book(world)

    incident = commanded(world)

    assert incident.run is not None
    assert steps_of(incident.run)["embassy"].owner_person_id == world.wati.person_id


def test_an_update_in_time_rings_no_alarm(world: World) -> None:
    incident = commanded(world)
    commanding.update(incident.pk, "All out", actor=world.wati, at=NOON + 10 * MINUTE)

    verbs = all_done(world, NOON + 20 * MINUTE)

    assert "incident.update_missed" not in verbs


def test_an_update_that_does_not_come_rings_and_rings_again(world: World) -> None:
    commanded(world)

    verbs = all_done(world, NOON + 31 * MINUTE)

    assert verbs.count("incident.update_missed") == 2


def test_the_executive_clock_is_its_own(world: World) -> None:
    incident = commanded(world)

    told = commanding.update(
        incident.pk,
        "Contained",
        level="executive",
        actor=world.wati,
        at=NOON + 10 * MINUTE,
    )

    assert told.executive_due_at == NOON + 70 * MINUTE
    assert told.tactical_due_at == NOON + 15 * MINUTE


@pytest.mark.parametrize("who", ["ingrid", "marco", "bruna", "petra", "eve"])
def test_only_who_commands_says_how_it_stands(world: World, who: str) -> None:
    incident = commanded(world)

    with pytest.raises(Forbidden):
        commanding.update(incident.pk, "Mine", actor=getattr(world, who), at=NOON)


def test_before_anybody_commands_there_is_nothing_to_update(world: World) -> None:
    with pytest.raises(IllegalMove):
        commanding.update(alarm(world).pk, "Well", actor=world.wati, at=NOON)


def test_a_third_level_of_update_is_not_known(world: World) -> None:
    with pytest.raises(Unknown):
        commanding.update(
            commanded(world).pk, "Well", level="royal", actor=world.wati, at=NOON
        )


def test_stable_then_closed_stops_the_clocks_and_leaves_the_ask_open(
    world: World,
) -> None:
    incident = commanded(world)
    commanding.stabilise(incident.pk, "Fire is out", actor=world.wati, at=NOON)

    closed = commanding.close(incident.pk, "All back", actor=world.wati, at=NOON)

    assert (closed.state, closed.tactical_due_at) == ("closed", None)
    assert closed.ask.state == Ask.State.PASSED
    assert "incident.update_missed" not in all_done(world, NOON + 90 * MINUTE)


def test_what_burns_again_has_its_clocks_again(world: World) -> None:
    incident = commanded(world)
    commanding.stabilise(incident.pk, "Fire is out", actor=world.wati, at=NOON)
    commanding.close(incident.pk, "All back", actor=world.wati, at=NOON)

    again = commanding.flare_up(incident.pk, "Smoke", actor=world.wati, at=NOON)

    assert (again.state, again.closed_at) == ("active", None)
    assert again.tactical_due_at == NOON + 15 * MINUTE


def test_what_burns_again_has_the_steps_late_whose_hour_struck_meanwhile(
    world: World,
) -> None:
    fire_book(world)
    incident = commanded(world)
    commanding.stabilise(incident.pk, "Fire is out", actor=world.wati, at=NOON)
    commanding.close(incident.pk, "All back", actor=world.wati, at=NOON)
    assert "step.late" not in all_done(world, NOON + HOUR)

    commanding.flare_up(incident.pk, "Smoke", actor=world.wati, at=NOON + HOUR)

    assert "step.late" in all_done(world, NOON + HOUR)


def test_an_active_incident_is_not_closed_before_it_is_stable(world: World) -> None:
    with pytest.raises(IllegalMove):
        commanding.close(commanded(world).pk, "Over", actor=world.wati, at=NOON)


def test_a_role_has_one_person_and_the_last_one_named(world: World) -> None:
    incident = commanded(world)
    for actor in (world.bruna, world.marco):
        assert actor.person_id is not None
        commanding.give_role(
            incident.pk, "transport", actor.person_id, actor=world.wati, at=NOON
        )

    assert [role.person_id for role in incident.roles.all()] == [world.marco.person_id]


def test_a_guest_gets_no_role(world: World) -> None:
    assert world.ingrid.person_id is not None
    with pytest.raises(Unknown):
        commanding.give_role(
            commanded(world).pk,
            "log",
            world.ingrid.person_id,
            actor=world.wati,
            at=NOON,
        )


def test_only_who_speaks_for_the_event_is_its_spokesperson(world: World) -> None:
    incident = commanded(world)
    bruna, petra = world.bruna.person_id or 0, world.petra.person_id or 0
    with pytest.raises(Unknown):
        commanding.give_role(
            incident.pk, "spokesperson", bruna, actor=world.wati, at=NOON
        )

    given = commanding.give_role(
        incident.pk, "spokesperson", petra, actor=world.wati, at=NOON
    )
    assert given.person_id == petra


@pytest.mark.parametrize("who", ["wati", "marco", "bruna"])
def test_only_a_spokesperson_says_what_may_be_said(world: World, who: str) -> None:
    incident = alarm(world)

    with pytest.raises(Forbidden):
        incident_words.clear_words(
            incident.pk, say_en="A fire", actor=getattr(world, who), at=NOON
        )
    cleared = incident_words.clear_words(
        incident.pk, say_en="An exercise", actor=world.petra, at=NOON
    )
    assert cleared.say == "An exercise"


def test_a_medical_note_lies_in_its_compartment_and_nowhere_else(world: World) -> None:
    incident = commanded(world)
    medics = make_party("MED", "Medics", "team")
    person = Member.objects.get(delegation=world.arunika).person_id
    seat = {"event": world.event, "person_id": world.bruna.person_id, "team": medics}
    medics.seats.create(**seat)

    note = incident_words.put_note(
        incident.pk,
        "Broken wrist",
        compartment="medical",
        about=person,
        actor=world.bruna,
        at=NOON,
    )

    assert list(incident.notes.all()) == [note]
    written = "".join(str(line) for line in journal_of(incident))
    assert "wrist" not in written + incident.known
    assert open_note(note.pk, "to treat", actor=world.bruna, at=NOON) == "Broken wrist"
    with pytest.raises(Forbidden):
        open_note(note.pk, "to know", actor=world.wati, at=NOON)


def test_a_note_about_somebody_else_is_refused(world: World) -> None:
    assert world.eve.person_id is not None
    with pytest.raises(Unknown):
        incident_words.put_note(
            commanded(world).pk,
            "?",
            compartment="medical",
            about=world.eve.person_id,
            actor=world.wati,
            at=NOON,
        )


def test_particulars_are_those_of_the_form(world: World) -> None:
    incident = commanded(world)

    incident_words.note_particulars(
        incident.pk, {"police_report": "LP/7"}, actor=world.wati, at=NOON
    )

    incident.refresh_from_db()
    assert incident.particulars == {"police_report": "LP/7"}
    with pytest.raises(Unknown):
        incident_words.note_particulars(
            incident.pk, {"diagnosis": "Flu"}, actor=world.wati, at=NOON
        )


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("wati", True),
        ("marco", True),
        ("petra", True),
        ("bruna", False),
        ("ingrid", False),
        ("eve", False),
    ],
)
def test_who_has_a_part_in_it_sees_it(world: World, who: str, sees: bool) -> None:
    alarm(world)

    assert Incident.objects.visible_to(getattr(world, who)).exists() is sees


def test_the_commander_has_the_buttons(world: World) -> None:
    incident = commanded(world)

    assert moves_open_to(world.wati, incident) == ["stabilise"]
    assert moves_open_to(world.marco, incident) == []


def test_the_journal_tells_it_in_sentences_newest_first(world: World) -> None:
    incident = commanded(world)
    commanding.update(incident.pk, "All out", actor=world.wati, at=NOON + MINUTE)

    told = [(line.sentence, line.words) for line in journal_of(incident)]

    assert told[0] == ("Wati said how it stands", "All out")
    assert told[-1][0] == "Marco raised the alarm"


def test_two_taps_take_command_once(world: World) -> None:
    incident, key = alarm(world), uuid4()

    for _tap in range(2):
        commanding.take_command(incident.pk, actor=world.wati, at=NOON, key=key)

    assert Entry.objects.filter(verb="incident.commanded").count() == 1


def test_a_short_text_raises_the_alarm_at_its_own_hour(world: World) -> None:
    make_party("SEC", "Security", "team")

    ask = report(world.event.pk, f"{CODE} thanks", actor=world.marco, at=NOON)

    assert (ask.incident.alarm, ask.incident.severity) == ("fire", 3)
    assert ask.said_at == NOON - timedelta(minutes=2)


def test_a_text_sent_twice_is_one_alarm(world: World) -> None:
    make_party("SEC", "Security", "team")
    key = uuid4()

    for _sent in range(2):
        report(world.event.pk, CODE, actor=world.marco, at=NOON, key=key)

    assert Incident.objects.count() == 1


def test_a_garbled_text_raises_nothing(world: World) -> None:
    with pytest.raises(Unread):
        report(world.event.pk, CODE.replace("ARN", "ARM"), actor=world.marco, at=NOON)


def test_a_text_of_a_stranger_raises_nothing(world: World) -> None:
    make_party("SEC", "Security", "team")

    with pytest.raises(Forbidden):
        report(world.event.pk, CODE, actor=world.bruna, at=NOON)


def test_a_text_about_a_party_that_is_not_here_raises_nothing(world: World) -> None:
    text = write_report(Report("XYZ", "fire", 3, "", 1, 11, 58))

    with pytest.raises(Delegation.DoesNotExist):
        report(world.event.pk, text, actor=world.marco, at=NOON)
