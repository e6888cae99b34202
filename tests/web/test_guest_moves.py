"""What a guest presses on her page: wanted no more, not yet, I have read it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.loop.drills import alarm
from tests.loop.stories import answered, in_hand, passed, restated, said
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import HOUR, NOON, World
from titian.kernel.models import Entry
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.rules.models import Acknowledgement, Article
from titian.web.guest.remembered import shelf

INGRID = "/g/ingrid/"


@pytest.fixture(params=["en", "id"])
def guest(request: pytest.FixtureRequest) -> Client:
    return Client(headers={"accept-language": request.param})


@pytest.fixture
def rule(db: None) -> Article:
    return Article.objects.create(topic="oars", text_en="Oars stay on the pier.")


def test_an_alarm_of_her_officer_is_not_hers_to_call_off(world: World) -> None:
    ask = alarm(world).ask

    page = Client(headers={"accept-language": "en"}).get(INGRID).text

    assert (ask.code in page, f"withdraw-{ask.pk}" in page) == (True, False)


@pytest.mark.parametrize("come", [said, passed, restated, in_hand])
def test_she_wants_it_no_more(
    world: World, guest: Client, come: Callable[[World], Ask]
) -> None:
    ask = come(world)
    form = form_with(guest.get(INGRID).text, f"withdraw-{ask.pk}")

    answers = [guest.post(form.action, form.values) for _tap in range(2)]

    ask.refresh_from_db()
    assert ([one.status_code for one in answers], ask.state) == (
        [302, 302],
        "withdrawn",
    )
    assert Entry.objects.filter(verb="ask.withdrawn").count() == 1


def test_what_was_misheard_is_marked_on_her_page(world: World) -> None:
    ask = restated(world, how_many="3")

    page = Client(headers={"accept-language": "en"}).get(INGRID).text

    heard = page.split(f'id="heard-{ask.pk}"')[1]
    assert "How many" in heard
    assert f"You asked: {ask.details['how_many']}" in heard


def test_what_was_heard_right_is_not_marked(world: World) -> None:
    restated(world)

    page = Client(headers={"accept-language": "en"}).get(INGRID).text

    assert "You asked:" not in page


def test_she_corrects_what_was_misheard(world: World, guest: Client) -> None:
    ask = restated(world, how_many="3")
    form = form_with(guest.get(INGRID).text, f"correct-{ask.pk}")

    answer = guest.post(form.action, form.values | {"field-how_many": "6"})

    ask.refresh_from_db()
    assert (answer.status_code, ask.state) == (302, "passed")
    assert (ask.details["how_many"], ask.owner) == ("6", world.boats)


def test_a_correction_without_a_word_is_asked_for(world: World, guest: Client) -> None:
    ask = restated(world, how_many="3")
    form = form_with(guest.get(INGRID).text, f"correct-{ask.pk}")
    empty = {name: "" for name in form.values if name.startswith("field-")}

    answer = guest.post(form.action, form.values | empty)

    ask.refresh_from_db()
    assert (answer.status_code, ask.state) == (422, "restated")


def test_it_was_answered_badly_and_goes_back(world: World, guest: Client) -> None:
    ask = answered(world)
    form = form_with(guest.get(INGRID).text, f"reopen-{ask.pk}")

    answer = guest.post(form.action, form.values | {"reason": "Boat 7 leaks"})

    ask.refresh_from_db()
    assert (answer.status_code, ask.state) == (302, "passed")
    assert ask.owner == world.boats


def test_what_she_closed_she_may_ask_again(world: World, guest: Client) -> None:
    ask = answered(world)
    asks.close(ask.pk, actor=world.ingrid, at=NOON)
    form = form_with(guest.get(INGRID).text, f"reopen-{ask.pk}")

    guest.post(form.action, form.values | {"reason": "The boats are gone"})

    ask.refresh_from_db()
    assert ask.state == "passed"


def test_without_a_word_nothing_goes_back(world: World) -> None:
    guest = Client(headers={"accept-language": "en"})
    ask = answered(world)

    answer = guest.post(
        f"{INGRID}asks/{ask.pk}/reopen/", {"key": str(uuid4()), "reason": "  "}
    )

    ask.refresh_from_db()
    assert (answer.status_code, ask.state) == (422, "answered")
    assert "Say what is missing; a few words are enough." in answer.text


@pytest.mark.parametrize("name", ["withdraw", "confirm", "close"])
def test_what_does_not_follow_is_409_with_how_it_stands(
    world: World, name: str
) -> None:
    guest = Client(headers={"accept-language": "en"})
    ask = answered(world)
    asks.close(ask.pk, actor=world.ingrid, at=NOON)

    answer = guest.post(f"{INGRID}asks/{ask.pk}/{name}/", {"key": str(uuid4())})

    ask.refresh_from_db()
    assert (answer.status_code, ask.state) == (409, "closed")
    assert "It has moved on since. This is how it stands." in answer.text
    assert f"reopen-{ask.pk}" in buttons_of(answer.text)


def test_too_late_to_ask_again_is_409(world: World, guest: Client) -> None:
    ask = answered(world)
    asks.reopen(ask.pk, "They leak", actor=world.ingrid, at=NOON)

    answer = guest.post(
        f"{INGRID}asks/{ask.pk}/reopen/", {"key": str(uuid4()), "reason": "Leaks"}
    )

    assert answer.status_code == 409


def test_only_the_moves_that_follow_are_drawn(world: World, guest: Client) -> None:
    ask = answered(world)

    drawn = buttons_of(guest.get(INGRID).text)

    assert f"reopen-{ask.pk}" in drawn
    assert f"withdraw-{ask.pk}" not in drawn


def test_she_has_read_the_rule_and_it_says_so(
    world: World, guest: Client, rule: Article
) -> None:
    before = guest.get(INGRID).text
    form = form_with(before, f"read-{rule.pk}")

    answers = [guest.post(form.action, form.values) for _tap in range(2)]

    read = Acknowledgement.objects.get()
    assert [one.status_code for one in answers] == [302, 302]
    assert (read.article, read.person_id) == (rule, world.ingrid.person_id)
    assert f"read-{rule.pk}" not in buttons_of(guest.get(INGRID).text)


def test_one_key_for_two_rules_is_refused(world: World, rule: Article) -> None:
    guest = Client(headers={"accept-language": "en"})
    other = Article.objects.create(topic="quay", text_en="No swimming at the quay.")
    key = {"key": str(uuid4())}
    guest.post(f"{INGRID}rules/{rule.pk}/reading/", key)

    guest.post(f"{INGRID}rules/{other.pk}/reading/", key)

    assert list(Acknowledgement.objects.values_list("article", flat=True)) == [rule.pk]


def test_the_officer_sees_who_has_not_read(world: World, rule: Article) -> None:
    page = f"/delegations/{world.arunika.pk}/"
    before = seen_by("marco").get(page).text
    form = form_with(Client().get(INGRID).text, f"read-{rule.pk}")
    Client().post(form.action, form.values)

    after = seen_by("marco").get(page).text

    assert "1 person has not read every rule" in before
    assert "Everybody has read the rules that hold." in after
    assert "has not read every rule" not in seen_by("bruna").get(page).text


def test_the_page_asks_as_often_for_three_asks_as_for_one(
    world: World,
) -> None:
    guest = Client(headers={"accept-language": "en"})
    answered(world)
    guest.get(INGRID)  # the first time it is noted whose number was read
    few = _queries(guest)
    for _more in range(2):
        asks.ask(world.arunika.pk, "Oars", actor=world.ingrid, at=NOON + HOUR)

    assert _queries(guest) == few


def _queries(guest: Client) -> int:
    shelf.clear()  # a page that has to be drawn
    with CaptureQueriesContext(connection) as caught:
        assert guest.get(INGRID).status_code == 200
    return len(caught)


@pytest.mark.parametrize("come", [said, passed, in_hand])
def test_she_says_that_it_is_urgent(
    world: World, guest: Client, come: Callable[[World], Ask]
) -> None:
    ask = come(world)
    form = form_with(guest.get(INGRID).text, f"hurry-{ask.pk}")

    answer = guest.post(form.action, form.values)

    ask.refresh_from_db()
    assert (answer.status_code, ask.urgency) == (302, "urgent")
    assert f"hurry-{ask.pk}" not in guest.get(INGRID).text
