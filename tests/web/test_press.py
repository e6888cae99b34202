"""The press desk's pages: what came, what is said, by whom, and nothing beside it."""

from collections.abc import Mapping
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.briefing.newsroom import (
    HOLDING,
    approve_line,
    approve_message,
    burning,
    cleared,
    desk_hand,
    drafted,
    make_newsroom,
    released,
    said,
)
from tests.briefing.told import do_all
from tests.loop.stories import answered
from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import NOON, WORDS, World
from titian.briefing.commands import press
from titian.briefing.models import Diversion, KeyMessage, Phrase, Statement
from titian.kernel import journal
from titian.kernel.actor import HOUSE
from titian.loop.models import Ask

HX = {"HX-Request": "true"}
QUESTION = "May a reporter come along?"
WRITTEN = {
    "title_en": "About the pier",
    "words_en": "All is well.",
    "words_id": "Semua baik.",
}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def pressed(
    client: Client, address: str, button: str, **more: str
) -> "tuple[int, str]":
    """Press the button as the page draws it; the status, and the page afterwards."""
    form = form_with(page(client, address), button)
    action = form.action or address
    answer = client.post(action, {**form.values, **more}, follow=True)
    return answer.status_code, answer.text


@pytest.fixture
def petra(world: World) -> Client:
    """The spokesperson's browser."""
    return seen_by("petra")


def test_from_draft_to_release_and_back(world: World, petra: Client) -> None:
    message = approve_message(world)
    status, text = pressed(petra, "/press/statements/new/", "keep-draft", **WRITTEN)
    address = f"/press/statements/{Statement.objects.get().pk}/"
    assert (status, "All is well." in text) == (200, True)
    form = form_with(text, "move-clear")
    unlooked = {"key": form.values["key"]}
    assert petra.post(form.action, unlooked).status_code == 422

    petra.post(form.action, {**unlooked, f"in_line_{message.pk}": "on"})
    pressed(petra, address, "move-release")
    status, text = pressed(petra, address, "move-recall", words="Not so")

    assert (status, "Recalled: Not so" in text) == (200, True)


def test_what_the_event_stands_by_is_no_message_to_the_reader(
    world: World, petra: Client
) -> None:
    approve_message(world)
    statement = drafted(world)

    for address in (f"/press/statements/{statement.pk}/", "/press/messages/"):
        assert 'class="flash"' not in page(petra, address)


def test_an_embargo_names_its_hour(world: World, petra: Client) -> None:
    address = f"/press/statements/{cleared(world).pk}/"

    past, _text = pressed(petra, address, "move-embargo", until="2027-05-01T11:00")
    status, text = pressed(petra, address, "move-embargo", until="2027-05-01T18:30")

    assert (past, status, "embargoed until 18:30" in text) == (422, 200, True)


def test_other_words_are_a_draft_again(world: World, petra: Client) -> None:
    statement = cleared(world)

    pressed(
        petra,
        f"/press/statements/{statement.pk}/revision/",
        "keep-draft",
        words_en="Nearly all is well.",
        words_id="Hampir semua baik.",
    )

    statement.refresh_from_db()
    assert (statement.state, statement.words_en) == ("draft", "Nearly all is well.")


def test_without_both_languages_it_stays_on_the_page(
    world: World, petra: Client
) -> None:
    status, text = pressed(
        petra, "/press/statements/new/", "keep-draft", title_en="Pier", words_en="Well."
    )

    assert (status, "Write it in English and in Indonesian." in text) == (422, True)
    assert "Well." in text


@pytest.mark.parametrize(
    ("state", "spokesperson", "hand"),
    [
        ("draft", {"move-clear"}, set()),
        ("cleared", {"move-release", "move-embargo"}, {"move-embargo"}),
        ("released", {"move-recall"}, set()),
    ],
)
def test_each_has_her_own_buttons(
    world: World, state: str, spokesperson: set[str], hand: set[str]
) -> None:
    desk_hand(world)
    made = {"draft": drafted, "cleared": cleared, "released": released}[state](world)
    address = f"/press/statements/{made.pk}/"

    drawn = [buttons_of(page(seen_by(name), address)) for name in ("petra", "dora")]

    assert drawn == [spokesperson, hand]


def test_released_twice_is_too_late(world: World, petra: Client) -> None:
    statement = cleared(world)
    address = f"/press/statements/{statement.pk}/"
    form = form_with(page(petra, address), "move-release")
    petra.post(form.action, form.values)

    again = petra.post(form.action, form.values)
    other = petra.post(form.action, {"key": uuid4()})

    assert (again.status_code, other.status_code) == (302, 409)


ACTS: Mapping[str, Mapping[str, str]] = {
    "clearance": {},
    "embargo": {"until": "2027-05-01T18:30"},
    "release": {},
    "recall": {"words": "no"},
}


@pytest.mark.parametrize("act", ACTS)
def test_the_coordinator_reads_and_does_not_speak(world: World, act: str) -> None:
    statement = released(world) if act == "recall" else cleared(world)

    answer = seen_by("wati").post(
        f"/press/statements/{statement.pk}/{act}/", {"key": uuid4(), **ACTS[act]}
    )

    expected = {"embargo": 302}.get(act, 403)
    assert answer.status_code == expected


@pytest.mark.parametrize("name", ["marco", "bruna", "eve"])
def test_the_pages_are_the_desks(world: World, name: str) -> None:
    statement, client = released(world), seen_by(name)

    for address in ("", "phrases/", "messages/", "statements/new/"):
        assert client.get(f"/press/{address}").status_code == 403
    assert client.get(f"/press/statements/{statement.pk}/").status_code == 404
    assert 'href="/press/"' not in page(client, "/notices/")


def test_the_desk_sees_what_came_and_gives_back_what_is_not_its_own(
    world: World, petra: Client
) -> None:
    approve_line(world)
    said(world, QUESTION)
    do_all(world)
    made = Diversion.objects.get()
    text = page(petra, "/press/")
    assert ("“reporter”" in text, HOLDING[0] in text) == (True, True)

    status, text = pressed(petra, "/press/", f"give-back-{made.pk}", words="A chair")

    assert (status, "Given back: A chair" in text) == (200, True)


def test_giving_back_twice_is_too_late_and_needs_a_reason(
    world: World, petra: Client
) -> None:
    made = press.divert(said(world, WORDS).pk, actor=world.marco, at=NOON)
    form = form_with(page(petra, "/press/"), f"give-back-{made.pk}")
    assert petra.post(form.action, {**form.values, "words": ""}).status_code == 422
    petra.post(form.action, {**form.values, "words": "boats"})

    again = petra.post(form.action, {"key": uuid4(), "words": "boats"})

    assert again.status_code == 409


def test_two_taps_on_the_page_of_a_request(world: World) -> None:
    approve_line(world)
    ask, marco = said(world, WORDS), seen_by("marco")

    _status, text = pressed(marco, f"/asks/{ask.pk}/", "to-press")

    assert f"You may say: {HOLDING[0]}" in text
    assert "to-press" not in text
    late = marco.post(f"/asks/{ask.pk}/diversion/", {"key": uuid4()})
    assert late.status_code == 409


@pytest.mark.parametrize(("name", "status"), [("bruna", 404), ("eve", 404)])
def test_nobody_else_diverts(world: World, name: str, status: int) -> None:
    ask = said(world, WORDS)

    answer = seen_by(name).post(f"/asks/{ask.pk}/diversion/", {"key": uuid4()})

    assert answer.status_code == status


def test_the_team_that_has_it_has_no_such_button(world: World) -> None:
    ask = answered(world)
    Ask.objects.filter(pk=ask.pk).update(state=Ask.State.IN_HAND)

    assert "to-press" not in page(seen_by("bruna"), f"/asks/{ask.pk}/")
    refused = seen_by("bruna").post(f"/asks/{ask.pk}/diversion/", {"key": uuid4()})
    assert refused.status_code == 403


def test_the_first_phrase_takes_the_place_of_the_usual(
    world: World, petra: Client
) -> None:
    assert "wartawan" in page(petra, "/press/phrases/")

    pressed(petra, "/press/phrases/", "add-phrase", words="Scoop")
    phrase = Phrase.objects.get()
    text = page(petra, "/press/phrases/")
    assert ("scoop" in text, "wartawan" in text) == (True, False)
    pressed(petra, "/press/phrases/", f"drop-{phrase.pk}")

    assert not Phrase.objects.exists()


def test_a_phrase_too_short_is_refused_with_a_sentence(
    world: World, petra: Client
) -> None:
    status, text = pressed(petra, "/press/phrases/", "add-phrase", words="ab")

    assert (status, "at least three letters" in text) == (422, True)


def test_a_spokesperson_approves_and_retires(world: World, petra: Client) -> None:
    pressed(
        petra,
        "/press/messages/",
        "approve",
        words_en="Guests are safe.",
        words_id="Para tamu aman.",
    )
    message = KeyMessage.objects.get()

    _status, text = pressed(petra, "/press/messages/", f"retire-{message.pk}")

    assert "Nothing is approved yet." in text


@pytest.mark.parametrize("name", ["dora", "wati"])
def test_nobody_else_approves(world: World, name: str) -> None:
    desk_hand(world)
    client = seen_by(name)

    answer = client.post(
        "/press/messages/",
        {"key": uuid4(), "kind": "message", "words_en": "a", "words_id": "b"},
    )

    assert answer.status_code == 403
    assert 'id="approve"' not in page(client, "/press/messages/")


def test_while_it_burns_the_desk_sees_what_is_held(world: World, petra: Client) -> None:
    make_newsroom(world)
    burning(world)
    journal.write(
        "text.held",
        world.event,
        actor=HOUSE,
        at=NOON,
        person=world.eve.person_id,
        matter="loop.ask:1",
        why="emergency",
    )

    text = page(petra, "/press/")

    assert "1 incident is not over." in text
    assert "an answer to a request to Eve" in text


def test_the_pages_speak_indonesian(world: World) -> None:
    statement, petra = released(world), indonesian("petra")

    texts = [
        page(petra, address)
        for address in (
            "/press/",
            "/press/phrases/",
            "/press/messages/",
            f"/press/statements/{statement.pk}/",
        )
    ]

    heads = ["Meja pers", "Frasa yang mengalihkan", "Pesan kunci", "Tentang dermaga"]
    assert [head in text for head, text in zip(heads, texts, strict=True)] == [True] * 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_for_one_and_three(
    world: World, petra: Client, count: int
) -> None:
    for _each in range(count):
        drafted(world)
        press.divert(said(world, WORDS).pk, actor=world.marco, at=NOON)

    with CaptureQueriesContext(connection) as asked:
        petra.get("/press/", headers=HX)

    assert len(asked) == 13
