"""A line of an agreement, pressed as it is drawn."""

import pytest
from django.test import Client

from tests.talks.paper import NOT_SO, WORDS, Paper, shown
from tests.web.leafing import HX, file_of, line_page, page, press
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import NOON, World
from titian.talks.commands.keeping import accept
from titian.talks.models import Evidence


def test_the_desk_shows_a_line_with_a_file_and_the_guest_accepts_it(
    world: World, paper: Paper, olav: Client
) -> None:
    bruna = seen_by("bruna")

    first = press(
        bruna, line_page(paper), "move-deliver", file=file_of(b"oars"), words=WORDS
    )
    second = press(olav, line_page(paper), "move-accept")

    assert [answer.status_code for answer in (first, second)] == [302, 302]
    assert paper.line("boats").state == "accepted"
    evidence = Evidence.objects.get()
    assert (evidence.name, evidence.words) == ("receipt.pdf", WORDS)


def test_the_officer_accepts_on_the_guests_word(world: World, paper: Paper) -> None:
    shown(paper, "boats", world.bruna)

    press(seen_by("marco"), line_page(paper), "move-accept")

    assert paper.line("boats").state == "accepted"


def test_a_word_is_enough(world: World, paper: Paper) -> None:
    press(seen_by("bruna"), line_page(paper), "move-deliver", words=WORDS)

    assert paper.line("boats").state == "delivered"


def test_a_dispute_is_read_by_the_side_that_owes(
    world: World, paper: Paper, olav: Client
) -> None:
    shown(paper, "boats", world.bruna)

    press(olav, line_page(paper), "move-dispute", words=NOT_SO)

    assert NOT_SO in page(seen_by("bruna"), line_page(paper))


def test_a_dispute_without_words_is_a_sentence(
    world: World, paper: Paper, olav: Client
) -> None:
    shown(paper, "boats", world.bruna)

    answer = press(olav, line_page(paper), "move-dispute", words="")

    assert answer.status_code == 422
    assert paper.line("boats").state == "delivered"


def test_a_line_is_let_go_with_a_reason(
    world: World, paper: Paper, olav: Client
) -> None:
    press(olav, line_page(paper), "move-waive", words="We swim")

    assert paper.line("boats").state == "waived"
    assert "We swim" in page(olav, line_page(paper))


def test_each_reader_is_drawn_the_buttons_that_are_theirs(
    world: World, paper: Paper, olav: Client
) -> None:
    ours, theirs = line_page(paper), line_page(paper, 2)

    drawn = {
        who: (buttons_of(page(client, ours)), buttons_of(page(client, theirs)))
        for who, client in {
            "bruna": seen_by("bruna"),
            "marco": seen_by("marco"),
            "olav": olav,
        }.items()
    }

    assert drawn == {
        "bruna": ({"move-deliver"}, {"move-waive"}),
        "marco": ({"move-deliver", "move-waive"}, {"move-deliver"}),
        "olav": ({"move-waive"}, {"move-deliver"}),
    }


def test_htmx_gets_the_part_that_changed(world: World, paper: Paper) -> None:
    client = seen_by("bruna")
    form = form_with(page(client, line_page(paper)), "move-deliver")

    answer = client.post(form.action, form.values | {"words": WORDS}, headers=HX)

    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert "Shown, not yet accepted" in answer.text


@pytest.mark.parametrize("headers", [{}, HX], ids=["plain form", "htmx"])
def test_somebody_was_faster(
    world: World, paper: Paper, olav: Client, headers: dict[str, str]
) -> None:
    shown(paper, "boats", world.bruna)
    form = form_with(page(olav, line_page(paper)), "move-accept")
    accept(paper.boats.pk, actor=world.ingrid, at=NOON)

    answer = olav.post(form.action, form.values, headers=headers)

    assert answer.status_code == 409
    assert "Somebody was faster" in answer.text
    assert "Accepted" in answer.text


def test_a_double_tap_is_one_act(world: World, paper: Paper) -> None:
    client = seen_by("bruna")
    form = form_with(page(client, line_page(paper)), "move-deliver")

    answers = [
        client.post(form.action, form.values | {"words": WORDS}) for _tap in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Evidence.objects.count() == 1
