"""The phone when it burns: calls, steps, and the way without data."""

from uuid import uuid4

from tests.api.test_acts import act, outcomes, send
from tests.loop.drills import alarm, fire_book
from tests.web.pressing import seen_by
from tests.world import NOON, World
from titian.loop.commands import roll
from titian.loop.models import Contact, Incident, RollAnswer, Step
from titian.people.models import Person
from titian.people.queries import on_file


def feed(who: str = "marco") -> dict[str, object]:
    found: dict[str, object] = seen_by(who).get("/api/feed").json()
    return found


def test_the_feed_brings_the_call_until_it_is_stood_down(world: World) -> None:
    call = roll.call_roll(
        world.event.pk, [world.arunika.pk], area="Inn", actor=world.wati, at=NOON
    )

    asked = feed()["rolls"]
    roll.stand_down(call.pk, actor=world.wati, at=NOON)

    assert asked == [
        {"id": call.pk, "number": 1, "area": "Inn", "word": "", "people": None}
    ]
    assert feed()["rolls"] == []


def test_one_tap_answers_and_the_same_tap_again_changes_nothing(world: World) -> None:
    call = roll.call_roll(world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON)
    tap = act("roll.answer", call.pk, arguments={"word": "safe"})

    found = send(seen_by("marco"), tap, tap)

    assert outcomes(found) == [("kept", 200), ("kept", 200)]
    assert RollAnswer.objects.get().word == "safe"


def test_who_is_not_asked_does_not_answer(world: World) -> None:
    call = roll.call_roll(world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON)
    given = {"arguments": {"word": "safe"}}

    eve = send(seen_by("eve"), act("roll.answer", call.pk, **given))
    bruna = send(seen_by("bruna"), act("roll.answer", call.pk, **given))
    odd = send(
        seen_by("marco"), act("roll.answer", call.pk, arguments={"word": "fine"})
    )

    assert outcomes([*eve, *bruna, *odd]) == [
        ("unseen", 404),
        ("refused", 403),
        ("invalid", 422),
    ]


def test_the_steps_of_an_alarm_are_on_the_officers_phone_and_ticked_there(
    world: World,
) -> None:
    fire_book(world)
    alarm(world)

    steps = feed()["steps"]
    assert isinstance(steps, list)
    assert [one["what"] for one in steps] == ["Out", "Embassy"]
    found = send(seen_by("marco"), act("step.tick", steps[0]["id"]))

    assert outcomes(found) == [("kept", 200)]
    assert Step.objects.get(code="out").state == "done"
    team = Step.objects.get(code="count")
    assert outcomes(send(seen_by("marco"), act("step.tick", team.pk))) == [
        ("refused", 403)
    ]


def test_the_alarm_says_how_grave_and_where(world: World) -> None:
    given = {"kind": "other", "severity": 3, "place": "Lobby", "words": ""}

    found = send(
        seen_by("marco"),
        act("incident.raise_alarm", world.arunika.pk, arguments=given),
    )

    incident = Incident.objects.get()
    assert outcomes(found) == [("kept", 200)]
    assert (incident.severity, incident.place) == (3, "Lobby")


def test_the_phone_knows_where_its_sms_goes(world: World) -> None:
    Contact.objects.create(
        event=world.event, code="sms", kind="team", name_en="SMS", phone="+62 899 1"
    )

    sms = feed()["sms"]

    assert isinstance(sms, dict)
    assert (sms["number"], sms["party"], len(sms["alarms"])) == ("+62 899 1", "ARN", 14)


def test_the_outbox_after_the_sms_tells_of_the_same_alarm(world: World) -> None:
    by_sms = on_file(Person.objects.get(display="Marco"))
    incident = alarm(world, actor=by_sms)
    key = str(uuid4())
    again = act(
        "incident.raise_alarm", world.arunika.pk, arguments={"kind": "fire"}, key=key
    )

    found = send(seen_by("marco"), again, again)

    assert outcomes(found) == [("kept", 200), ("kept", 200)]
    assert {one["subject"] for one in found} == {incident.ask_id}
    assert Incident.objects.count() == 1
