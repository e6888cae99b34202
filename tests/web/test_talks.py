"""The pages of a talk: pressed as drawn, and attacked by everybody else."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from tests.talks.bridge import PRO, RED, Table, confided, make_table, spoken_for
from tests.talks.test_packages import lent, wishes
from tests.web.pressing import form_to, form_with, seen_by
from tests.world import HOUR, NOON, World
from titian.kernel.models import Entry
from titian.planning.bargain import SENTENCES
from titian.talks.models import Offer
from titian.web.desk.talks.page import AXIOMS

PAGES = ("", "map/", "preferences/", "packages/")


@pytest.fixture
def table(world: World) -> Table:
    return make_table(world)


def at(table: Table, page: str = "") -> str:
    return f"/talks/{table.talk.pk}/{page}"


def test_an_offer_is_made_and_accepted_by_pressing(table: Table) -> None:
    form = form_with(seen_by("olav").get(at(table)).text, "offer")
    chosen = {
        f"topic-{issue.pk}": table.option(issue, 0)
        for issue in (table.oars, table.towels)
    }
    seen_by("olav").post(form.action, form.values | chosen)
    answer = form_with(seen_by("eve").get(at(table)).text, "accept-1")

    done = seen_by("eve").post(answer.action, answer.values)

    assert (done.status_code, Offer.objects.get().state) == (302, "accepted")


def test_too_late_is_409_with_a_sentence_and_nothing_is_lost(
    table: Table, world: World
) -> None:
    table.offered(table.olav, table.terms(1, 1, expires_at=NOON + HOUR))
    eve = seen_by("eve")
    form = form_with(eve.get(at(table)).text, "accept-1")
    world.event.set_clock(reads=NOON + 2 * HOUR, speed=0, real=NOON)
    world.event.save()

    answer = eve.post(form.action, form.values)

    assert answer.status_code == 409
    assert "It is not lost" in answer.text
    assert Offer.objects.latest("number").side == "b"


def test_the_second_of_two_accepts_is_409(table: Table) -> None:
    table.offered(table.olav, table.terms(1, 1))
    eve = seen_by("eve")
    forms = [form_with(eve.get(at(table)).text, "accept-1") for _time in range(2)]

    codes = [eve.post(form.action, form.values).status_code for form in forms]

    assert codes == [302, 409]


def test_preferences_are_kept_as_said_and_lent_by_pressing(table: Table) -> None:
    olav = seen_by("olav")
    form = form_with(olav.get(at(table, "preferences/")).text, "prefer")
    said = {
        f"bar-{table.oars.pk}": "7",
        f"place-{table.option(table.oars, 2)}": "1",
        f"place-{table.option(table.oars, 0)}": "never",
    }
    kept = {
        name: v for name, v in form.values.items() if name != f"open-{table.oars.pk}"
    }
    olav.post(form.action, kept | said)

    again = form_with(olav.get(at(table, "preferences/")).text, "prefer")

    assert {name: again.values[name] for name in said} == said
    lend = form_with(olav.get(at(table, "preferences/")).text, "lend")
    assert olav.post(lend.action, lend.values).status_code == 302


def test_who_refuses_every_option_is_told_which_topic(table: Table) -> None:
    olav = seen_by("olav")
    form = form_with(olav.get(at(table, "preferences/")).text, "prefer")
    never = {f"place-{table.option(table.towels, place)}": "never" for place in (0, 1)}

    answer = olav.post(form.action, form.values | never)

    assert answer.status_code == 422
    assert "You refuse every option of “Towels”" in answer.text


def test_what_was_told_is_written_and_shown_by_pressing(table: Table) -> None:
    olav = seen_by("olav")
    form = form_with(olav.get(at(table, "map/")).text, "note")
    olav.post(form.action, form.values | {"words": RED})
    assert RED in olav.get(at(table, "map/")).text
    assert RED not in seen_by("petra").get(at(table, "map/")).text
    show = form_to(olav.get(at(table, "map/")).text, "showing/")

    olav.post(show.action, show.values)

    assert RED in seen_by("petra").get(at(table, "map/")).text


def test_what_speaks_for_an_option_is_said_by_pressing_openly_or_to_ones_own_side(
    table: Table,
) -> None:
    olav = seen_by("olav")
    openly = form_with(olav.get(at(table)).text, f"pro-{table.oars.pk}")
    olav.post(openly.action, openly.values | {"words": "The pier is full"})
    own = form_with(olav.get(at(table, "map/")).text, "note-pro")
    olav.post(own.action, own.values | {"words": PRO})

    pages = {
        name: seen_by(name).get(at(table, "map/")).text for name in ("olav", "eve")
    }

    assert "both sides</b>: The pier is full" in seen_by("eve").get(at(table)).text
    assert all("The pier is full" in page for page in pages.values())
    assert [PRO in page for page in pages.values()] == [True, False]
    again = form_with(olav.get(at(table)).text, f"pro-{table.oars.pk}")
    strange = olav.post(again.action, again.values | {"words": "x", "option": "0"})
    assert strange.status_code == 404


def test_who_mediates_sees_the_picture_and_a_side_only_its_own(table: Table) -> None:
    lent(
        table,
        wishes(table, (2, 1, 0), (0, 1), (8, 2)),
        wishes(table, (0, 1, 2), (1, 0), (2, 8)),
    )
    table.offered(table.olav, table.terms(0, 0))

    pages = {
        name: seen_by(name).get(at(table, "packages/")).text
        for name in ("olav", "eve", "petra")
    }

    assert '<svg class="packages' in pages["petra"]
    assert pages["petra"].count("<text") <= 7  # five labels and the names of two axes
    for name, other in (("olav", "Selaya"), ("eve", "Arunika")):
        assert '<svg class="packages' not in pages[name]
        assert f"Worth to {other}" not in pages[name]
        assert f"Left lying by {other}" not in pages[name]
        assert "You give" in pages[name]


def test_nobody_else_finds_the_talk_at_all(table: Table) -> None:
    confided(table)

    for name in ("tor", "wati", "marco", "bruna"):
        client = seen_by(name)
        assert {client.get(at(table, page)).status_code for page in PAGES} == {404}
        assert "Oars for towels" not in client.get("/talks/").text


ELSEWHERE = (
    "/talks/",
    "/room/",
    "/asks/",
    "/programme/",
    "/timeline/",
    "/agreements/",
    "/notices/",
    "/people/",
    "/incidents/",
    "/meetings/",
    "/search/?q=four+boats",
    "/api/feed",
    "/files/",
    "/hand-overs/",
    "/field/",
)


@pytest.mark.parametrize("name", ["eve", "petra", "wati", "marco", "tor", "bruna"])
def test_no_page_feed_or_search_says_what_was_told(table: Table, name: str) -> None:
    confided(table)
    spoken_for(table)
    client = seen_by(name)
    delegations = [
        f"/delegations/{side.pk}/" for side in (table.talk.side_a, table.talk.side_b)
    ]

    said = [
        client.get(address).content.decode(errors="replace")
        for address in (*ELSEWHERE, *delegations, *(at(table, page) for page in PAGES))
    ]

    assert [
        page for page in said if RED in page or "four boats</" in page or PRO in page
    ] == []


def test_the_other_side_cannot_tell_whether_anything_was_told(table: Table) -> None:
    """Every page of the other side's is the same before and after, keys aside."""
    eve = seen_by("eve")
    before = [_bare(eve, at(table, page)) for page in PAGES]

    confided(table)
    confided(table, words="another red line", is_shown=True)
    spoken_for(table, is_shown=True)

    assert [_bare(eve, at(table, page)) for page in PAGES] == before


def test_a_refused_note_leaves_its_words_in_no_log(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    olav = seen_by("olav")
    form = form_with(olav.get(at(table, "map/")).text, "note")

    answer = olav.post(form.action, form.values | {"words": RED, "told_by": "999999"})

    assert answer.status_code == 422
    assert RED not in caplog.text


def test_each_opening_of_the_map_is_in_the_journal(table: Table) -> None:
    seen_by("olav").get(at(table, "map/"))

    assert Entry.objects.latest("pk").verb == "talk.confidence_opened"


def _bare(client: Client, address: str) -> str:
    """The page without what is new in every answer: keys, tokens, the journal's end."""
    text = client.get(address).text
    text = re.sub(r'name="(key|csrfmiddlewaretoken)" value="[^"]*"', "", text)
    return re.sub(r'data-(cursor|now)="[^"]*"|nonce="[^"]*"', "", text)


def test_the_axioms_on_the_page_are_those_of_the_reckoning() -> None:
    with override("en"):
        said = {code: str(words) for code, (_name, words) in AXIOMS.items()}

    assert said == SENTENCES
