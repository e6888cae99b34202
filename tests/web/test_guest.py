"""The guest's page behind its link: her own, and nothing of anybody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.loop.stories import answered, restated, said
from tests.scene import make_activity, make_arrival, make_way
from tests.talks.paper import make_paper, shown
from tests.web.pressing import form_to
from tests.world import HOUR, NOON, WORDS, World, make_person
from titian.kernel import clock
from titian.loop.commands import asks
from titian.loop.models import Ask
from titian.people.models import GuestLink
from titian.people.queries import by_link

INGRID = "/g/ingrid/"
EVE = "/g/eve/"


@pytest.fixture
def guest() -> Client:
    return Client(headers={"accept-language": "en"})


def link_of_ingrid() -> GuestLink:
    return GuestLink.objects.get(person__display="Ingrid")


def expire() -> None:
    GuestLink.objects.filter(pk=link_of_ingrid().pk).update(
        expires_at=clock.real_time() - timedelta(minutes=1)
    )


def revoke() -> None:
    GuestLink.objects.filter(pk=link_of_ingrid().pk).update(
        revoked_at=clock.real_time()
    )


def test_expired_revoked_and_guessed_look_the_same(world: World, guest: Client) -> None:
    guessed = guest.get("/g/guessed/")
    expire()
    expired = guest.get(INGRID)
    GuestLink.objects.update(expires_at=clock.real_time() + timedelta(days=1))
    revoke()
    revoked = guest.get(INGRID)

    assert [a.status_code for a in (guessed, expired, revoked)] == [404, 404, 404]
    assert guessed.text == expired.text == revoked.text


@pytest.mark.parametrize(
    "tail", ["asks/", "asks/1/close/", "lines/1/word/", "rules/1/reading/"]
)
def test_nothing_is_done_through_a_link_taken_back(
    world: World, guest: Client, tail: str
) -> None:
    answered(world)
    revoke()

    answer = guest.post(
        f"{INGRID}{tail}", {"key": str(uuid4()), "words": "Tea, please"}
    )

    assert answer.status_code == 404
    assert Ask.objects.get().state == "answered"


def test_nothing_of_another_party_is_behind_it(world: World, guest: Client) -> None:
    said(world)
    make_arrival(world, code="J1")
    make_activity(world, "Rowers' tea", NOON + HOUR, who=(world.arunika,))
    paper = make_paper(world)

    text = guest.get(EVE).text

    assert "Selaya" in text
    for theirs in (WORDS, "Arunika", "Ingrid", "Rowers", "Marco", paper.agreement.code):
        assert theirs not in text


def test_her_own_is_there(world: World, guest: Client) -> None:
    said(world)
    make_activity(world, "Lunch", NOON + HOUR, who=(world.arunika,))

    text = guest.get(INGRID).text

    for hers in (WORDS, "Arunika", "Ingrid", "Lunch", "Marco"):
        assert hers in text


def test_she_asks_in_her_own_words(world: World, guest: Client) -> None:
    form = form_to(guest.get(INGRID).text, "/asks/")

    answers = [
        guest.post(form.action, form.values | {"words": "Un thé"}, follow=True)
        for _tap in range(2)
    ]

    assert "Your LO has it now" in answers[0].text
    ask = Ask.objects.get()
    assert (ask.words, ask.channel, ask.said_by_id) == (
        "Un thé",
        "link",
        world.ingrid.person_id,
    )


@pytest.mark.parametrize("sent", [{"words": "Tea"}, {"words": "  "}, {"key": "old"}])
def test_no_words_and_no_key_are_422(
    world: World, guest: Client, sent: dict[str, str]
) -> None:
    given = {"key": str(uuid4())} | sent if "words" in sent else sent
    if sent.get("words") == "Tea":
        del given["key"]

    answer = guest.post(f"{INGRID}asks/", given)

    assert (answer.status_code, Ask.objects.count()) == (422, 0)


def test_she_closes_what_was_kept(world: World, guest: Client) -> None:
    ask = answered(world)
    form = form_to(guest.get(INGRID).text, "/close/")

    answer = guest.post(form.action, form.values)

    assert answer.status_code == 302
    ask.refresh_from_db()
    assert ask.state == "closed"


def test_she_says_that_the_team_heard_it_right(world: World, guest: Client) -> None:
    ask = restated(world)
    form = form_to(guest.get(INGRID).text, "/confirm/")

    guest.post(form.action, form.values)

    ask.refresh_from_db()
    assert ask.state == "in_hand"


def test_too_late_is_a_word_about_it(world: World, guest: Client) -> None:
    ask = answered(world)
    form = form_to(guest.get(INGRID).text, "/close/")
    asks.close(ask.pk, actor=world.ingrid, at=NOON)

    answer = guest.post(form.action, form.values | {"key": uuid4()}, follow=True)

    assert "It has moved on since" in answer.text


def test_another_partys_ask_is_404(world: World, guest: Client) -> None:
    ask = answered(world)

    answer = guest.post(f"{EVE}asks/{ask.pk}/close/", {"key": str(uuid4())})

    assert answer.status_code == 404
    ask.refresh_from_db()
    assert ask.state == "answered"


def test_another_partys_line_is_404(world: World, guest: Client) -> None:
    paper = make_paper(world)
    shown(paper, "boats", world.bruna)

    answer = guest.post(
        f"{EVE}lines/{paper.boats.pk}/word/", {"key": str(uuid4()), "word": "accept"}
    )

    assert answer.status_code == 404
    assert paper.line("boats").state == "delivered"


def test_she_receives_what_was_promised(world: World, guest: Client) -> None:
    paper = make_paper(world)
    shown(paper, "boats", world.bruna)
    form = form_to(guest.get(INGRID).text, f"/lines/{paper.boats.pk}/word/")

    guest.post(form.action, form.values | {"word": "accept"})

    assert paper.line("boats").state == "accepted"


def test_a_rule_that_is_not_hers_is_404(world: World, guest: Client) -> None:
    answer = guest.post(f"{INGRID}rules/99999/reading/", {"key": str(uuid4())})

    assert answer.status_code == 404


def test_another_guest_of_her_party_asks_for_herself(
    world: World, guest: Client
) -> None:
    olga = make_person("Olga", world.arunika.party, world.arunika)

    guest.post("/g/olga/asks/", {"key": str(uuid4()), "words": "Oars"})

    assert Ask.objects.get().said_by == olga
    assert by_link("olga").person_id == olga.pk


def test_the_page_is_in_the_houses_language_until_she_chooses(world: World) -> None:
    browser = Client()

    before = browser.get(INGRID).text
    browser.post("/language/", {"language": "en", "next": INGRID})
    after = browser.get(INGRID).text

    assert ('<html lang="id"' in before, '<html lang="en"' in after) == (True, True)


def test_no_cache_and_no_search_engine_keeps_it(world: World, guest: Client) -> None:
    answer = guest.get(INGRID)

    assert "no-store" in answer["cache-control"]
    assert 'content="noindex"' in answer.text


def test_a_browser_that_is_asked_for_proof_may_ask(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    form = form_to(strict.get(INGRID).text, "/asks/")

    hers = strict.post(form.action, form.values | {"words": "Tea"})
    forged = Client(enforce_csrf_checks=True).post(
        form.action, {"key": str(uuid4()), "words": "Tea"}
    )

    assert (hers.status_code, forged.status_code) == (302, 403)


def test_she_reads_when_to_leave_what_to_wear_and_who_is_in_charge(
    world: World, guest: Client
) -> None:
    make_way(world)
    make_activity(
        world,
        "Regatta",
        NOON + 5 * HOUR,
        who=(world.arunika,),
        place=world.pier,
        dress_en="Informal",
        contact=world.boats,
    )

    text = guest.get(INGRID).text

    assert "Leave at 16:30" in text
    assert "Dress: Informal" in text
    assert f"In charge there: {world.boats.name}" in text


def test_what_is_late_stays_on_her_page_until_it_is_over(
    world: World, guest: Client
) -> None:
    make_activity(
        world,
        "Regatta",
        NOON - 2 * HOUR,
        who=(world.arunika,),
        expected_starts_at=NOON + HOUR,
        expected_ends_at=NOON + 2 * HOUR,
    )

    text = guest.get(INGRID).text

    assert "Regatta" in text
    assert "planned 10:00" in text
