"""Requests, pressed as the page draws them."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.loop.stories import answered, passed, restated, said
from tests.web.pressing import form_to, form_with, forms_of, indonesian, seen_by
from tests.world import DETAILS, HOUR, NOON, WORDS, World, make_party, make_person
from titian.loop.commands import asks
from titian.loop.models import Ask, Promise, Topic
from titian.people.models import Delegation, FocalPoint

HX = {"hx-request": "true"}


def address(ask: Ask) -> str:
    return f"/asks/{ask.pk}/"


def drawn(client: Client, ask: Ask, ending: str) -> tuple[str, dict[str, str]]:
    form = form_to(client.get(address(ask)).text, f"/{ending}/")
    return form.action, form.values


def make_topic(world: World) -> Topic:
    return Topic.objects.create(
        event=world.event, code="boats", name_en="Boats", team=world.boats
    )


def test_the_officer_hands_the_words_to_the_team_of_the_topic(world: World) -> None:
    ask, marco = said(world), seen_by("marco")
    make_topic(world)
    action, values = drawn(marco, ask, "pass_on")

    answer = marco.post(action, values | {"title": "Boats", "field-when": "06:00"})

    assert answer.status_code == 302
    ask.refresh_from_db()
    assert (ask.state, ask.owner, ask.title) == ("passed", world.boats, "Boats")
    assert ask.details == {"when": "06:00"}


def test_a_difference_in_what_was_said_back_is_marked(world: World) -> None:
    ask = restated(world, how_many="3")

    text = seen_by("marco").get(address(ask)).text

    assert "Differs" in text
    assert "<del>2</del>" in text
    assert "<ins>3</ins>" in text


def test_a_field_left_out_is_422_and_named(world: World) -> None:
    ask, bruna = passed(world, Ask.Weight.EXACT), seen_by("bruna")
    form = form_with(bruna.get(address(ask)).text, "restate")

    answer = bruna.post(form.action, form.values | {"field-where": "the pier"})

    assert answer.status_code == 422
    assert "still missing" in answer.text
    assert "how_many" in answer.text
    ask.refresh_from_db()
    assert ask.state == "passed"


def test_every_field_said_back_is_kept(world: World) -> None:
    ask, bruna = passed(world, Ask.Weight.EXACT), seen_by("bruna")
    form = form_with(bruna.get(address(ask)).text, "restate")
    heard = {f"field-{name}": words for name, words in DETAILS.items()}

    answer = bruna.post(form.action, form.values | heard, headers=HX)

    assert (answer.status_code, "<html" in answer.text) == (200, False)
    ask.refresh_from_db()
    assert ask.state == "restated"


@pytest.mark.parametrize("headers", [{}, HX], ids=["plain form", "htmx"])
def test_the_slower_one_is_told_how_it_stands(
    world: World, headers: dict[str, str]
) -> None:
    ask, bruna = passed(world), seen_by("bruna")
    action, values = drawn(bruna, ask, "accept")
    asks.accept(ask.pk, actor=world.bruna, at=NOON)

    answer = bruna.post(action, values, headers=headers)

    assert answer.status_code == 409
    assert "Somebody was faster" in answer.text


def test_a_double_tap_is_one_act(world: World) -> None:
    ask, bruna = passed(world), seen_by("bruna")
    action, values = drawn(bruna, ask, "accept")

    answers = [bruna.post(action, values).status_code for _tap in range(2)]

    assert answers == [302, 302]


@pytest.mark.parametrize("who", ["eve", "petra"])
def test_a_stranger_finds_nothing(world: World, who: str) -> None:
    ask, client = passed(world), seen_by(who)

    shown = client.get(address(ask))
    sent = client.post(f"{address(ask)}moves/accept/", {"key": str(uuid4())})

    assert (shown.status_code, sent.status_code) == (404, 404)
    assert WORDS not in client.get("/asks/").text


def test_the_officer_closes_on_the_guests_word(world: World) -> None:
    ask, marco = answered(world), seen_by("marco")
    action, values = drawn(marco, ask, "close")

    answer = marco.post(action, values)

    assert (answer.status_code, values["on_word"]) == (302, "1")
    ask.refresh_from_db()
    assert ask.state == "closed"


def test_the_officer_does_not_close_on_his_own_word(world: World) -> None:
    ask = answered(world)

    answer = seen_by("marco").post(f"{address(ask)}moves/close/", {"key": str(uuid4())})

    assert answer.status_code == 403
    assert "on the guest" in answer.text
    ask.refresh_from_db()
    assert ask.state == "answered"


def test_an_answer_that_promises_something_notes_the_promise(world: World) -> None:
    ask = asks.accept(passed(world).pk, actor=world.bruna, at=NOON)
    bruna = seen_by("bruna")
    form = form_with(bruna.get(address(ask)).text, "answer")

    bruna.post(
        form.action,
        form.values | {"words": "At six", "promise_due": "2027-05-01T18:00"},
    )

    promise = Promise.objects.get()
    assert (promise.words, promise.due_at) == ("At six", NOON + 6 * HOUR)


def test_an_answer_with_no_hour_for_its_promise_is_not_kept_by_halves(
    world: World,
) -> None:
    ask = asks.accept(passed(world).pk, actor=world.bruna, at=NOON)
    bruna = seen_by("bruna")
    form = form_with(bruna.get(address(ask)).text, "answer")

    answer = bruna.post(
        form.action, form.values | {"words": "At six", "promise_due": "soon"}
    )

    assert answer.status_code == 422
    ask.refresh_from_db()
    assert (ask.state, Promise.objects.count()) == ("in_hand", 0)


def test_a_topic_that_is_not_there_is_422(world: World) -> None:
    ask, marco = said(world), seen_by("marco")

    answers = [
        marco.post(
            f"{address(ask)}moves/pass_on/", {"key": str(uuid4()), "topic": topic}
        ).status_code
        for topic in ("99999", "boats")
    ]

    assert answers == [422, 422]


@pytest.mark.parametrize("name", ["accept", "nonsense"])
def test_a_form_without_a_key_is_422(world: World, name: str) -> None:
    answer = seen_by("bruna").post(f"{address(passed(world))}moves/{name}/", {})

    assert answer.status_code == 422


def test_a_team_that_opens_it_has_heard_it(world: World) -> None:
    ask = passed(world)

    seen_by("bruna").get(address(ask))

    ask.refresh_from_db()
    assert ask.opened_at is not None


def test_the_officer_writes_down_what_a_guest_asks(world: World) -> None:
    asker = make_person("Olga", world.arunika.party, world.arunika)
    FocalPoint.objects.create(delegation=world.arunika, person=asker)
    marco = seen_by("marco")
    forms = forms_of(marco.get("/asks/new/").text)
    (form,) = [one for one in forms if "words" in one.names]

    answer = marco.post(
        "/asks/new/",
        {
            "key": form.values["key"],
            "delegation": world.arunika.pk,
            "said_by": asker.pk,
            "words": "Tea, please",
            "channel": "telephone",
        },
    )

    assert answer.status_code == 302
    ask = Ask.objects.get()
    assert (ask.words, ask.said_by, ask.channel) == ("Tea, please", asker, "telephone")


def test_a_note_without_words_is_422(world: World) -> None:
    answer = seen_by("marco").post("/asks/new/", {"key": str(uuid4())})

    assert (answer.status_code, Ask.objects.count()) == (422, 0)


@pytest.mark.parametrize("who", ["marco", "bruna", "wati"])
def test_every_stage_is_drawn_in_the_houses_own_language(
    world: World, who: str
) -> None:
    client = indonesian(who)
    stages = [said(world)] if who != "bruna" else []
    stages += [passed(world), restated(world, where="pier B"), answered(world)]

    pages = [client.get(address(ask)) for ask in stages]
    pages += [client.get("/asks/"), client.get("/asks/?tab=closed")]
    pages += [client.get("/asks/new/")]

    assert {page.status_code for page in pages} == {200}
    assert all('<html lang="id"' in page.text for page in pages)


def test_the_queue_costs_the_same_for_one_and_three(world: World) -> None:
    client = seen_by("wati")
    said(world)
    client.get("/asks/")

    with CaptureQueriesContext(connection) as for_one:
        one = client.get("/asks/", headers=HX).text
    for number in (2, 3):
        party = make_party(f"XX{number}", f"Side {number}", "state")
        side = Delegation.objects.create(
            party=party, event=world.event, level="minister"
        )
        guest = make_person(f"Guest {number}", party, side)
        Ask.objects.create(
            event=world.event,
            asked_by=side,
            said_by=guest,
            words=WORDS,
            said_at=NOON,
            code=f"A-000{number}",
        )
    with CaptureQueriesContext(connection) as for_three:
        three = client.get("/asks/", headers=HX).text

    assert [text.count("A-000") for text in (one, three)] == [1, 3]
    assert len(for_one) == len(for_three)


def note(delegation: Delegation, said_by: object) -> dict[str, object]:
    return {
        "key": str(uuid4()),
        "delegation": delegation.pk,
        "said_by": said_by,
        "words": "Tea, please",
        "channel": "face",
    }


def test_without_a_focal_point_any_guest_may_have_said_it(world: World) -> None:
    answer = seen_by("marco").post(
        "/asks/new/", note(world.arunika, world.ingrid.person_id)
    )

    assert (answer.status_code, Ask.objects.get().said_by_id) == (
        302,
        world.ingrid.person_id,
    )


def test_a_guest_with_an_account_asks_for_herself(world: World) -> None:
    answer = seen_by("eve").post("/asks/new/", note(world.selaya, world.eve.person_id))

    assert (answer.status_code, Ask.objects.get().asked_by) == (302, world.selaya)


@pytest.mark.parametrize("who", ["eve", "wati", "bruna"])
def test_nobody_else_writes_down_what_ingrid_said(world: World, who: str) -> None:
    answer = seen_by(who).post(
        "/asks/new/", note(world.arunika, world.ingrid.person_id)
    )

    assert (answer.status_code, Ask.objects.count()) == (422, 0)


def test_a_key_used_for_another_act_changes_nothing(world: World) -> None:
    ask, bruna = passed(world), seen_by("bruna")
    key = {"key": str(uuid4())}
    bruna.post(f"{address(ask)}moves/accept/", key)

    answer = bruna.post(f"{address(ask)}moves/answer/", key | {"words": "Yes"})

    assert answer.status_code == 409
    ask.refresh_from_db()
    assert ask.state == "in_hand"
