"""What the phone offers beside the next step, and that each of it is kept."""

from typing import Any

from tests.api.test_acts import act, outcomes, send
from tests.loop.drills import alarm
from tests.loop.stories import answered, in_hand, passed, said
from tests.web.pressing import seen_by
from tests.world import MINUTE, NOON, World
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.people.models import Seat


def offered(world: World, ask: Ask) -> Any:
    """What Marco's phone offers for the ask."""
    rows = seen_by("marco").get(f"/api/feed?delegation={world.arunika.pk}").json()
    return next(one for one in rows["asks"] if one["id"] == ask.pk)


def test_the_officer_is_offered_what_he_may_do(world: World) -> None:
    assert offered(world, said(world))["may"] == ["hurry", "withdraw"]
    first = passed(world)
    everything = ["hurry", "make_exact", "merge", "split", "withdraw"]
    assert offered(world, passed(world))["may"] == everything
    assert offered(world, answered(world))["may"] == []
    assert first.pk in offered(world, passed(world))["others"]


def test_an_alarm_is_called_off_on_the_officers_own_word(world: World) -> None:
    ask = alarm(world).ask
    assert {"call_off", "withdraw"} & set(offered(world, ask)["may"]) == {"call_off"}

    kept = send(seen_by("marco"), act("ask.withdraw", ask.pk))

    assert outcomes(kept) == [("kept", 200)]


def test_a_clock_is_offered_only_at_the_owning_team(world: World) -> None:
    ask = in_hand(world)
    assert not {"pause", "answer"} & set(offered(world, ask)["may"])

    Seat.objects.create(
        event=world.event, team=world.boats, person_id=world.marco.person_id or 0 or 0
    )

    assert {"pause", "answer"} <= set(offered(world, ask)["may"])
    until = (NOON + 30 * MINUTE).isoformat()
    why = {"until": until, "reason": "The tide"}
    found = send(seen_by("marco"), act("ask.pause", ask.pk, arguments=why))
    assert outcomes(found) == [("kept", 200)]
    shown = offered(world, ask)
    assert ("resume" in shown["may"], shown["paused_why"]) == (True, "The tide")
    assert outcomes(send(seen_by("marco"), act("ask.resume", ask.pk))) == [
        ("kept", 200)
    ]


def test_merged_made_exact_and_made_urgent_from_the_outbox(world: World) -> None:
    one, two, three = passed(world), passed(world), passed(world)
    into = {"into_id": two.pk, "reason": "The same boats"}
    fields = {"details": {"who": "Ingrid"}}

    found = send(
        seen_by("marco"),
        act("ask.merge", one.pk, arguments=into),
        act("ask.make_exact", three.pk, arguments=fields),
        act("ask.hurry", two.pk),
    )

    assert outcomes(found) == [("kept", 200)] * 3
    assert offered(world, one)["may"] == ["unmerge"]
    assert offered(world, one)["merged_into"] == two.code
    assert Ask.objects.get(pk=three.pk).weight == "exact"


def test_what_is_exact_is_offered_only_where_it_says_the_same(world: World) -> None:
    exact, routine = passed(world, Ask.Weight.EXACT), passed(world)
    twin = passed(world, Ask.Weight.EXACT)

    assert offered(world, exact)["others"] == [twin.pk]
    assert set(offered(world, routine)["others"]) == {exact.pk, twin.pk}
    page = seen_by("marco").get(f"/asks/{exact.pk}/").text
    assert f'<option value="{twin.pk}">' in page
    assert f'<option value="{routine.pk}">' not in page


def test_split_from_the_outbox_is_one_ask_however_often_sent(world: World) -> None:
    whole = passed(world)
    topic = world.event.ask_topics.create(
        code="boats", name_en="Boats", team=world.boats
    )
    given = {"title": "The second boat", "topic_id": topic.pk}
    split = act("ask.split", whole.pk, arguments=given)

    for _time in range(2):
        send(seen_by("marco"), split)

    assert Ask.objects.filter(split_from=whole).count() == 1


def test_a_wrong_hour_of_a_pause_is_a_sentence(world: World) -> None:
    ask = in_hand(world)
    why = {"until": "soon", "reason": "The tide"}

    found = send(seen_by("bruna"), act("ask.pause", ask.pk, arguments=why))

    assert found[0]["outcome"] == "invalid"


def test_withdrawn_on_the_guests_word_only(world: World) -> None:
    ask = passed(world)
    alone = send(seen_by("marco"), act("ask.withdraw", ask.pk))
    word = {"on_word_of": world.ingrid.person_id, "means": "face"}

    kept = send(seen_by("marco"), act("ask.withdraw", ask.pk, **word))

    assert (outcomes(alone), outcomes(kept)) == ([("refused", 403)], [("kept", 200)])


def test_what_is_merged_is_urged_where_it_went(world: World) -> None:
    one, two = passed(world), passed(world)
    asks.merge(one.pk, two.pk, "same", actor=world.marco, at=NOON)

    found = send(seen_by("marco"), act("ask.hurry", one.pk))

    assert found[0]["outcome"] == "too_late"
