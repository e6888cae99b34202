"""A timer is not cancelled: when it falls due, it looks whether it is still wanted."""

from uuid import UUID, uuid4, uuid5

from tests.loop.steps import exact
from tests.loop.stories import all_done, answered, in_hand, passed, restated, said
from tests.world import HOUR, MINUTE, NOON, World, make_party, seated
from titian.kernel.consequences import carry_out, claim
from titian.kernel.models import Consequence, Entry
from titian.loop.commands import asks, confirmations, promises
from titian.loop.commands.incidents import raise_alarm
from titian.loop.models import Confirmation


def test_what_is_not_passed_on_is_left_waiting(world: World) -> None:
    said(world)

    assert all_done(world, NOON + 9 * MINUTE) == []
    assert all_done(world, NOON + 10 * MINUTE) == ["ask.left_waiting"]


def test_a_new_owner_has_the_whole_time(world: World) -> None:
    asks.bounce(
        passed(world).pk,
        world.kitchen.pk,
        "theirs",
        actor=world.bruna,
        at=NOON + MINUTE,
    )

    assert all_done(world, NOON + 10 * MINUTE) == []
    assert all_done(world, NOON + 11 * MINUTE) == ["ask.left_waiting"]


def test_an_exact_ask_that_is_not_said_back_is_noted(world: World) -> None:
    exact(world)

    assert all_done(world, NOON + 10 * MINUTE) == ["ask.left_waiting"]
    assert "ask.not_said_back" in all_done(world, NOON + 20 * MINUTE)


def test_said_back_and_confirmed_only_the_answer_is_awaited(world: World) -> None:
    asks.confirm(restated(world).pk, actor=world.ingrid, at=NOON)

    assert all_done(world, NOON + 20 * MINUTE) == []
    assert "ask.overdue" in all_done(world, NOON + HOUR)


def test_an_answer_in_time_is_not_overdue(world: World) -> None:
    answered(world)

    assert all_done(world, NOON + 2 * HOUR) == []


def test_the_promised_hour_passes_once_however_often_it_is_handed_on(
    world: World,
) -> None:
    ask = passed(world)
    cook = seated(world.event, "Citra", world.kitchen)
    asks.bounce(ask.pk, world.kitchen.pk, "theirs", actor=world.bruna, at=NOON)
    asks.bounce(ask.pk, world.boats.pk, "no, yours", actor=cook, at=NOON)

    assert all_done(world, NOON + 2 * HOUR).count("ask.overdue") == 1


def test_asked_again_too_late_a_new_hour_runs(world: World) -> None:
    ask = asks.reopen(
        answered(world).pk, "No boat", actor=world.ingrid, at=NOON + 2 * HOUR
    )

    assert ask.due_at == NOON + 3 * HOUR
    assert "ask.overdue" not in all_done(world, NOON + 2 * HOUR)
    assert "ask.overdue" in all_done(world, NOON + 3 * HOUR)


def test_asked_again_in_time_the_promised_hour_holds(world: World) -> None:
    ask = asks.reopen(answered(world).pk, "No boat", actor=world.ingrid, at=NOON)

    assert ask.due_at == NOON + HOUR
    assert all_done(world, NOON + HOUR).count("ask.overdue") == 1


def test_an_alarm_waits_two_minutes(world: World) -> None:
    make_party("SEC", "Guards", "team")
    raise_alarm(world.arunika.pk, "fire", actor=world.marco, at=NOON)

    assert all_done(world, NOON + MINUTE) == []
    assert all_done(world, NOON + 2 * MINUTE) == ["ask.left_waiting"]


def test_an_alarm_is_answered_within_ten(world: World) -> None:
    raise_alarm(world.arunika.pk, "other", actor=world.marco, at=NOON)

    assert "ask.overdue" in all_done(world, NOON + 10 * MINUTE)


def test_a_worker_killed_in_the_middle_doubles_nothing(world: World) -> None:
    """The first worker wrote the entry and died; the second one carries on."""
    passed(world)
    owed = claim_timer(world)
    asks.escalate(owed.entry.subject_id, at=owed.due_at, key=owed.key)  # and no more

    Consequence.objects.update(leased_until=None)  # the lease ran out

    assert all_done(world, NOON + 10 * MINUTE) == ["ask.left_waiting"]
    owed.refresh_from_db()
    assert owed.done_at is not None


def test_a_handler_run_twice_writes_once(world: World) -> None:
    in_hand(world)
    for owed in Consequence.objects.filter(handler__contains="timers"):
        for _worker in range(2):
            Consequence.objects.filter(pk=owed.pk).update(done_at=None)
            carry_out(owed)

    by_the_house = Entry.objects.filter(actor_kind="house").values_list(
        "verb", flat=True
    )
    assert sorted(by_the_house) == ["ask.overdue", "ask.still_in_hand"]


def test_a_confirmed_change_gets_no_louder(world: World) -> None:
    asked = Confirmation.objects.create(
        event=world.event,
        delegation=world.arunika,
        owner_team=world.boats,
        asked_at=NOON,
        by=NOON + HOUR,
        subject_id=1,
        confirmed_at=NOON,
    )

    confirmations.louder(asked.pk, at=NOON, key=uuid4())

    asked.refresh_from_db()
    assert asked.loudness == 0


def claim_timer(world: World) -> Consequence:
    """The timer of the ten minutes, leased as a worker does."""
    at = NOON + 10 * MINUTE
    while owed := claim(world.event, at=at):
        if owed.handler == asks.LEFT_WAITING and owed.entry.verb == "ask.passed_on":
            return owed
        carry_out(owed)
    raise LookupError


def test_what_the_house_notes_twice_is_noted_once(world: World) -> None:
    ask, key = passed(world), uuid4()
    for note in (asks.escalate, asks.miss_the_hour, asks.miss_the_read_back):
        for _time in range(2):
            note(ask.pk, at=NOON, key=(own := uuid5(key, note.__name__)))

        assert Entry.objects.filter(key=own).count() == 1


def test_a_promise_is_overdue_once(world: World) -> None:
    promise = promises.promise(
        world.arunika.pk, "A ramp", due_at=NOON + HOUR, actor=world.marco, at=NOON
    )
    for _time in range(2):
        promises.miss_the_hour(promise.pk, at=NOON, key=UUID(int=7))

    assert Entry.objects.filter(verb="promise.overdue").count() == 1
