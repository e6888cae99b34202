"""What else can be done with a request, pressed as the page draws it."""

import pytest

from tests.loop.stories import answered, in_hand, passed, said
from tests.loop.test_routes import boats
from tests.loop.test_routing import rule
from tests.web.pressing import buttons_of, form_to, form_with, seen_by
from tests.world import DETAILS, HOUR, MINUTE, NOON, World
from titian.loop.commands import asks
from titian.loop.models import Ask, Promise


def page(who: str, ask: Ask) -> str:
    text: str = seen_by(who).get(f"/asks/{ask.pk}/").text
    return text


def press(who: str, ask: Ask, button: str, **typed: str) -> int:
    form = form_with(page(who, ask), button)
    status: int = seen_by(who).post(form.action, form.values | typed).status_code
    ask.refresh_from_db()
    return status


def test_the_page_says_who_is_called_next_by_name(world: World) -> None:
    text = page("marco", passed(world))

    assert "Nothing by 12:10: the team is called, Bruna." in text


def test_a_promise_takes_two_taps(world: World) -> None:
    """One opens “I will…”, one says by when; the words stand there already."""
    ask = in_hand(world)
    form = form_with(page("bruna", ask), "will-1")

    answer = seen_by("bruna").post(
        form.action, form.values | {"promise_due": "2027-05-01T12:30"}
    )

    assert answer.status_code == 302
    promise = Promise.objects.get()
    assert (promise.owner_team, promise.ask) == (world.boats, ask)
    assert (promise.words, promise.due_at) == (ask.words, NOON + 30 * MINUTE)


def test_each_hour_is_a_button(world: World) -> None:
    text = page("bruna", in_hand(world))

    for words in ("by 12:30", "by 13:00", "by 20:00", "tomorrow by 08:00"):
        assert words in text


def test_a_guests_stranger_promises_nothing(world: World) -> None:
    assert "will-1" not in buttons_of(page("petra", diverted(world)))


def diverted(world: World) -> Ask:
    """Petra reads it as one of those informed."""
    ask = passed(world)
    ask.informed.add(world.press)
    return ask


def test_a_team_lets_the_clock_stand_and_go_on(world: World) -> None:
    ask = in_hand(world)
    typed = {"reason": "The tide", "until": "2027-05-01T12:30"}

    assert press("bruna", ask, "pause", **typed) == 302
    assert ask.due_at == NOON + HOUR + 30 * MINUTE
    assert "The clock of the answer stands until 12:30: The tide" in page("marco", ask)

    assert press("bruna", ask, "move-resume") == 302
    assert ask.due_at == NOON + HOUR


def test_a_pause_without_an_hour_is_422(world: World) -> None:
    assert press("bruna", in_hand(world), "pause", reason="The tide") == 422


def test_an_officer_makes_it_exact(world: World) -> None:
    ask = in_hand(world)

    assert press("marco", ask, "make-exact", **{"field-who": "six"}) == 302

    assert (ask.weight, ask.state, ask.details) == (
        "exact",
        "passed",
        DETAILS | {"who": "six"},
    )
    assert "make-exact" not in buttons_of(page("marco", ask))


def test_passing_on_the_officer_may_raise_the_class(world: World) -> None:
    boats(world)
    ask = said(world)
    form = form_to(page("marco", ask), "/pass_on/")

    seen_by("marco").post(
        form.action, form.values | {"weight": "exact", "field-when": "06:00"}
    )

    ask.refresh_from_db()
    assert (ask.state, ask.weight) == ("passed", "exact")


def test_two_requests_become_one_and_two_again(world: World) -> None:
    first, again = passed(world), passed(world)

    assert press("marco", again, "merge", reason="the same boats") == 302
    assert again.merged_into == first
    assert "One matter with" in page("marco", again)
    assert "Speaks for" in page("marco", first)

    assert press("marco", again, "unmerge", reason="other boats") == 302
    assert again.merged_into is None


def test_an_old_page_offers_what_is_gone(world: World) -> None:
    first, again = passed(world), passed(world)
    form = form_with(page("marco", again), "merge")
    asks.withdraw(first.pk, actor=world.ingrid, at=NOON)
    marco = seen_by("marco")

    gone = marco.post(form.action, form.values | {"reason": "x"})
    none = marco.post(form.action, form.values | {"reason": "x", "into": "9999"})

    assert (gone.status_code, none.status_code) == (409, 422)


def test_a_part_becomes_a_request_of_its_own(world: World) -> None:
    boats(world)
    ask = passed(world)

    assert press("marco", ask, "split", title="Lunch on board") == 302

    part = Ask.objects.get(split_from=ask)
    assert (part.title, part.words) == ("Lunch on board", ask.words)
    assert "Another part of the words:" in page("marco", ask)


def test_the_clocks_before_are_on_the_page(world: World) -> None:
    ask = passed(world)
    asks.bounce(
        ask.pk,
        world.kitchen.pk,
        "theirs",
        actor=world.bruna,
        at=NOON + 15 * MINUTE,
    )

    text = page("marco", ask)

    assert "The clocks before" in text
    assert "heard late" in text


def test_what_is_over_has_no_more_buttons(world: World) -> None:
    ask = asks.close(answered(world).pk, actor=world.ingrid, at=NOON)

    buttons = buttons_of(page("bruna", ask)) | buttons_of(page("wati", ask))

    assert not buttons & {"pause", "make-exact", "merge", "split", "unmerge", "will-1"}


def test_the_right_team_is_offered_once_however_many_matters_go_there(
    world: World,
) -> None:
    ask = passed(world)
    for order, name in enumerate(("Breakfast", "Tea", "Water")):
        rule(world, name, world.kitchen, order=order)

    text = page("bruna", ask)

    assert text.count(f'<option value="{world.kitchen.pk}">') == 1


def test_who_hands_it_on_is_led_to_the_list_and_told(world: World) -> None:
    ask = passed(world)
    form = form_to(page("bruna", ask), "/moves/bounce/")
    given = form.values | {"team": str(world.kitchen.pk), "reason": "Theirs"}
    bruna = seen_by("bruna")

    answer = bruna.post(form.action, given, headers={"hx-request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/asks/")
    assert "It is handed on" in bruna.get("/asks/").text


@pytest.mark.parametrize(
    ("who", "loses"), [("bruna", True), ("marco", False), ("wati", False)]
)
def test_only_who_sees_it_no_more_has_the_word_that_it_is_handed_on(
    world: World, who: str, loses: bool
) -> None:
    ask = passed(world)

    assert ('data-gone="ask.bounced"' in page(who, ask)) is loses


def test_a_team_that_is_informed_goes_on_reading(world: World) -> None:
    ask = passed(world)
    ask.informed.add(world.boats)

    assert "data-gone" not in page("bruna", ask)


def test_without_scripts_as_well(world: World) -> None:
    ask = passed(world)
    form = form_to(page("bruna", ask), "/moves/bounce/")
    given = form.values | {"team": str(world.kitchen.pk), "reason": "Theirs"}

    assert seen_by("bruna").post(form.action, given)["location"] == "/asks/"
