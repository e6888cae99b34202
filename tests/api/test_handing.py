"""The phone hands over: the list, the hours as they were said, what is still left."""

from uuid import UUID, uuid4

import pytest

from tests.loop.relieving import Relief, all_accepted, begun, make_relief
from tests.loop.stories import passed, said
from tests.world import HOUR, NOON, World
from titian.api.acts import Act, Answer, Outcome, perform
from titian.api.feed import for_officer
from titian.kernel.actor import Actor
from titian.loop.models import Ask, HandOver, HandOverItem
from titian.people.models import Assignment, Duty


@pytest.fixture
def relief(world: World) -> Relief:
    return make_relief(world)


def sent(
    actor: Actor,
    command: str,
    subject: int,
    *,
    key: UUID | None = None,
    late: bool = False,
    **arguments: object,
) -> Answer:
    at = NOON if not late else NOON - HOUR
    act = Act(key or uuid4(), command, subject, at, arguments)
    return perform(act, actor=actor)


def shown(actor: Actor) -> dict[str, object]:
    return for_officer(actor, since=-1)


def test_who_holds_them_is_offered_the_relief_by_name(
    world: World, relief: Relief
) -> None:
    feed = shown(world.marco)
    assert feed["reliefs"] == [{"id": relief.officer.pk, "name": "Nora"}]
    assert shown(relief.actor)["reliefs"] == []

    answer = sent(
        world.marco, "handover.begin", world.arunika.pk, incoming_id=relief.officer.pk
    )

    assert answer.outcome == Outcome.KEPT
    row = shown(relief.actor)["handover"]
    assert isinstance(row, dict)
    assert (row["mine"], row["outgoing"], row["left"]) == ("incoming", "Marco", 0)


def test_he_cannot_leave_and_reads_what_is_open(world: World, relief: Relief) -> None:
    said(world)
    duty = shown(world.marco)["duty"]
    assert isinstance(duty, dict)

    answer = sent(world.marco, "duty.end", duty["id"])

    assert answer.outcome == Outcome.TOO_LATE
    assert "A-0001" in answer.sentence


def test_what_was_accepted_without_a_signal_counts_from_then(
    world: World, relief: Relief
) -> None:
    said(world)
    begun(world, relief, at=NOON - 2 * HOUR)
    row = shown(relief.actor)["handover"]
    assert isinstance(row, dict)
    (one,) = row["items"]
    named = {name: one[name] for name in ("subject_kind", "subject_id", "mark")}

    key = uuid4()
    for _time in range(2):
        answer = sent(
            relief.actor, "handover.accept", row["id"], key=key, late=True, **named
        )

    assert answer.outcome == Outcome.KEPT
    assert HandOverItem.objects.get().accepted_at == NOON - HOUR


def test_what_changed_meanwhile_is_told_on_the_phone(
    world: World, relief: Relief
) -> None:
    ask = passed(world, Ask.Weight.EXACT)
    begun(world, relief)
    row = shown(relief.actor)["handover"]
    assert isinstance(row, dict)
    (one,) = row["items"]
    Ask.objects.filter(pk=ask.pk).update(details={"where": "the hotel"})

    answer = sent(
        relief.actor,
        "handover.accept",
        row["id"],
        subject_kind=one["subject_kind"],
        subject_id=one["subject_id"],
        mark=one["mark"],
        heard_as=one["fields"],
    )

    assert answer.outcome == Outcome.TOO_LATE
    assert "changed meanwhile" in answer.sentence


def test_both_sign_on_their_phones(world: World, relief: Relief) -> None:
    said(world)
    row = begun(world, relief)
    refused = sent(world.marco, "handover.hand_over", row.pk)
    assert (refused.outcome, "A-0001" in refused.sentence) == (Outcome.TOO_LATE, True)
    all_accepted(row, relief)

    assert sent(world.marco, "handover.hand_over", row.pk).outcome == Outcome.KEPT
    assert sent(relief.actor, "handover.take_over", row.pk).outcome == Outcome.KEPT
    assert HandOver.objects.get().state == HandOver.State.TAKEN
    duty = shown(relief.actor)["duty"]
    assert duty is None or isinstance(duty, dict)
    assert Duty.objects.filter(officer=relief.officer, starts_at=NOON).exists()


def test_strangers_do_not_see_it(world: World, relief: Relief) -> None:
    row = begun(world, relief)

    for stranger in (world.eve, world.bruna, world.ingrid):
        answer = sent(stranger, "handover.call_off", row.pk)
        assert answer.outcome == Outcome.UNSEEN


def test_the_phone_asks_once_whether_they_have_met(world: World) -> None:
    unmet = shown(world.marco)["unmet"]
    assert unmet == {"assignment": world.assignment.pk, "late": False}

    sent(world.marco, "assignment.introduce", world.assignment.pk)

    assert shown(world.marco)["unmet"] is None
    assert Assignment.objects.get().introduced_at == NOON


def test_things_are_taken_and_given_back(world: World) -> None:
    taken = sent(
        world.marco, "holding.take", world.arunika.pk, kind="key", label="gate", count=2
    )
    things = shown(world.marco)["things"]
    assert isinstance(things, list)
    (thing,) = things
    assert thing["what"] == "2 × key gate"

    sent(world.marco, "holding.give_back", taken.subject_id or 0)

    assert shown(world.marco)["things"] == []


def test_what_was_scanned_shows_its_receipt_in_and_out(
    world: World, relief: Relief
) -> None:
    here = world.arunika.pk
    sent(world.marco, "holding.take", here, kind="luggage", tag="BAG7")
    held = shown(world.marco)["things"]
    assert isinstance(held, list)

    sent(world.marco, "holding.give_back_scanned", here, tag="bag7")

    returned = shown(world.marco)["returned"]
    assert isinstance(returned, list)
    assert (held[0]["tag"], held[0]["code"]) == ("BAG7", returned[0]["code"])
    assert shown(world.marco)["things"] == []
