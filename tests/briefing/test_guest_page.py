"""What a guest reads of notices and of the press, and the one tap behind her link."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.briefing.newsroom import (
    HOLDING,
    approve_line,
    burning,
    make_newsroom,
    released,
    said,
)
from tests.briefing.told import copy_of, do_all, next_version, sent
from tests.web.pressing import form_with
from tests.world import NOON, World
from titian.briefing.commands import notices, statements
from titian.briefing.wording import Wording
from titian.kernel.models import Entry
from titian.loop.commands import asks

GUESTS = {"is": "role", "of": ["guest"]}
INGRID = "/g/ingrid/"
NILS = "/g/nils/"


@pytest.fixture
def guest() -> Client:
    return Client(headers={"accept-language": "en"})


def page(guest: Client, address: str = INGRID) -> str:
    return guest.get(address).text


def test_she_reads_old_and_new_and_taps_once(world: World, guest: Client) -> None:
    copy = copy_of(sent(world, GUESTS), world.ingrid)
    text = page(guest)
    assert "<del>boats leave from the pier</del>" in text

    form = form_with(text, f"known-{copy.pk}")
    answer = guest.post(form.action, form.values)

    copy.refresh_from_db()
    assert (answer.status_code, copy.state) == (302, "acknowledged")
    assert "Acknowledged 12:00" in page(guest)


def test_a_page_that_was_fetched_has_arrived_and_is_not_read(
    world: World, guest: Client
) -> None:
    copy = copy_of(sent(world, GUESTS), world.ingrid)
    for _bot_and_guest in range(2):
        page(guest)

    copy.refresh_from_db()

    assert (copy.delivered_at, copy.read_at) == (NOON, None)
    assert Entry.objects.filter(verb="copy.delivered").count() == 1


def test_it_is_read_once_her_browser_or_her_button_says_so(
    world: World, guest: Client
) -> None:
    copy = copy_of(sent(world, GUESTS), world.ingrid)
    text = page(guest)
    form = form_with(text, "have-read")
    assert f'data-read="{form.action}"' in text

    for _twice in range(2):
        assert guest.post(form.action, form.values).status_code == 302

    copy.refresh_from_db()
    assert copy.read_at == NOON
    assert Entry.objects.filter(verb="copy.read").count() == 1
    assert "data-read" not in page(guest)
    assert guest.get(form.action).status_code == 405


def test_nobody_elses_copy_is_read_by_it(world: World, guest: Client) -> None:
    copy = copy_of(sent(world, GUESTS), world.eve)

    guest.post(f"{INGRID}notices/reading/", {})

    copy.refresh_from_db()
    assert copy.read_at is None


def test_the_old_copy_says_that_it_is_replaced_and_has_no_button(
    world: World, guest: Client
) -> None:
    old = sent(world, GUESTS)
    next_version(world, old, GUESTS)
    copy = copy_of(old, world.ingrid)

    text = page(guest)
    late = guest.post(f"{INGRID}notices/{copy.pk}/", {"key": uuid4()})

    assert text.count("A newer version has taken its place.") == 1
    assert f"known-{copy.pk}" not in text
    assert late.status_code == 409
    assert "Read and acknowledge that one." in late.text


def test_withdrawn_says_why(world: World, guest: Client) -> None:
    notice = sent(world, GUESTS)
    notices.withdraw(notice.pk, "calm sea", actor=world.wati, at=NOON)

    assert "Withdrawn: calm sea" in page(guest)


def test_anothers_copy_is_404(world: World, guest: Client) -> None:
    copy = copy_of(sent(world, GUESTS), world.eve)

    answer = guest.post(f"{INGRID}notices/{copy.pk}/", {"key": uuid4()})

    assert answer.status_code == 404


def test_a_draft_is_nobodys(world: World, guest: Client) -> None:
    notices.revise(
        sent(world, GUESTS).pk,
        notices.Composed(_other_words(), GUESTS),
        actor=world.wati,
        at=NOON,
    )

    assert "Bridge" not in page(guest)


def test_what_the_desk_has_shows_the_line_meanwhile(
    world: World, guest: Client
) -> None:
    approve_line(world)
    said(world, "May a reporter come along?")
    do_all(world)

    assert HOLDING[0] in page(guest)


def test_while_it_burns_a_media_house_reads_the_line_and_no_answer(
    world: World, guest: Client
) -> None:
    room = make_newsroom(world)
    approve_line(world)
    ask = asks.ask(room.house.pk, "Two chairs", actor=room.nils, at=NOON)
    do_all(world)
    asks.accept(ask.pk, actor=world.petra, at=NOON)
    asks.answer(ask.pk, "At gate three", actor=world.petra, at=NOON)
    assert "At gate three" in page(guest, NILS)

    burning(world)

    text = page(guest, NILS)
    assert ("At gate three" in text, HOLDING[0] in text) == (False, True)


def test_statements_are_for_media_houses_and_a_recall_says_so(
    world: World, guest: Client
) -> None:
    make_newsroom(world)
    statement = released(world)
    assert (
        "Everybody is well." in page(guest),
        "Everybody is well." in page(guest, NILS),
    ) == (
        False,
        True,
    )

    statements.recall(statement.pk, "not so", actor=world.petra, at=NOON)

    text = page(guest, NILS)
    assert ("Everybody is well." in text, "Recalled: not so" in text) == (False, True)


def test_it_costs_the_same_for_one_and_three(world: World, guest: Client) -> None:
    sent(world, GUESTS)
    one = queries(guest)
    sent(world, GUESTS)
    sent(world, GUESTS)

    assert queries(guest) == one


def queries(guest: Client) -> int:
    """What the page costs once everything on it was read."""
    page(guest)
    with CaptureQueriesContext(connection) as asked:
        page(guest)
    return len(asked)


def _other_words() -> Wording:
    return Wording(title_en="Bridge", new_en="closed", reason_en="works")
