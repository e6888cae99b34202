"""A phone is told because its owner asked; nothing private stands on its lock."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from tests.briefing.phones import Phone, push_service
from tests.briefing.told import OFFICERS, copy_of, do_all, sent
from tests.channels.servers import Provider, says
from tests.intake.reading import all_done_everywhere
from tests.loop.stories import restated
from tests.web.pressing import seen_by
from tests.world import MINUTE, NOON, World
from titian.briefing import gate
from titian.briefing.commands import devices, preferences, tidings
from titian.briefing.models import Device, Tiding
from titian.briefing.reaching import addresses_of, order_of
from titian.channels import Words, memory
from titian.channels.envelopes import new_private_key
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import roll
from titian.people.commands.erasure import erase


@pytest.fixture
def service(settings: Settings) -> Iterator[Provider]:
    memory.sent.clear()
    with push_service(settings) as service:
        yield service


@pytest.fixture
def phone(service: Provider) -> Phone:
    return Phone(service, "marcos")


def mailed() -> list[str]:
    return [one.address for one in memory.sent]


def test_a_notice_rings_the_phone_and_says_nothing_of_itself(
    world: World, phone: Phone
) -> None:
    phone.wants(world.marco)

    copy = copy_of(sent(world), world.marco)
    do_all(world)

    [rang] = phone.rang
    assert (rang["kind"], rang["say"]) == ("notice", "A notice is waiting for you.")
    assert "pier" not in str(rang).lower()
    copy.refresh_from_db()
    assert (copy.state, copy.sent_by) == ("sent", "push")
    assert mailed() == []


def test_a_second_run_of_the_worker_rings_no_second_time(
    world: World, phone: Phone
) -> None:
    phone.wants(world.marco)
    sent(world)
    do_all(world)
    do_all(world, NOON + MINUTE)

    assert len(phone.calls) == 1


def test_a_muster_rings_before_all_and_its_words_wait_inside(
    world: World, phone: Phone
) -> None:
    phone.wants(world.marco)
    roll.call_roll(
        world.event.pk, [world.arunika.pk], area="Hall B", actor=world.wati, at=NOON
    )
    do_all(world)

    [call] = phone.calls
    assert call.headers["urgency"] == "high"
    assert phone.rang[0]["say"] == "A roll call: open Titian now."
    assert "Hall B" not in str(phone.rang[0])
    [told] = seen_by("marco").get("/api/feed").json()["told"]
    assert "Hall B" in told["words"]


def test_what_burns_is_read_before_what_came_after_it(world: World) -> None:
    person = world.officer.person
    for kind in ("roll", "notice", "line"):
        given = {"event": world.event, "kind": kind, "about": "", "key": uuid4()}
        tidings.keep(person, (kind, "words"), **given)  # type: ignore[arg-type]

    said = [subject for _tiding, subject, _words in tidings.unseen(person)]

    assert said == ["roll", "line", "notice"]


def test_a_request_rings_and_opens_where_it_is(world: World, phone: Phone) -> None:
    phone.wants(world.marco)

    ask = restated(world)
    do_all(world)

    assert f"loop.ask:{ask.pk}" in [rang["about"] for rang in phone.rang]


def test_silence_calls_the_leader_on_her_phone(world: World, phone: Phone) -> None:
    phone.wants(world.wati)
    sent(world)
    do_all(world, NOON + 10 * MINUTE)

    assert [rang["kind"] for rang in phone.rang] == ["notice"]
    [(_tiding, _subject, words)] = tidings.unseen(Device.objects.get().person)
    assert "Marco" in words


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_left_is_told_no_more_and_the_next_way_taken(
    world: World, phone: Phone, status: int
) -> None:
    device = phone.wants(world.marco)
    phone.service.answer = lambda _call: says(status)

    copy = copy_of(sent(world), world.marco)
    do_all(world)

    device.refresh_from_db()
    assert (device.ended_by, device.address) == ("gone", {})
    copy.refresh_from_db()
    assert copy.sent_by == "email"
    assert mailed() == ["marco@example.org"]


def test_words_that_another_way_took_do_not_wait_on_the_phone(
    world: World, phone: Phone
) -> None:
    phone.wants(world.marco)
    phone.service.answer = lambda _call: says(410)

    roll.call_roll(world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON)
    do_all(world)

    assert mailed() == ["marco@example.org"]
    assert not Tiding.objects.exists()


def test_the_same_words_again_on_one_matter_wait_once_with_the_newest_subject(
    world: World, phone: Phone
) -> None:
    phone.wants(world.marco)
    person = world.officer.person
    for subject in ("Line 4: its hour has passed", "Line 4: still unmet"):
        words = Words("Two electric cars", subject, about="talks.deliverable:4")
        gate.let_out(gate.Text(world.event, words), person, key=uuid4())

    waiting = [(subject, words) for _row, subject, words in tidings.unseen(person)]

    assert waiting == [("Line 4: still unmet", "Two electric cars")]
    assert len(phone.calls) == 2  # it rang for each


def test_the_phone_says_that_it_rang(world: World, phone: Phone) -> None:
    phone.wants(world.marco)
    copy = copy_of(sent(world), world.marco)
    do_all(world)
    said = {"key": phone.rang[0]["key"]}

    for _twice in range(2):
        answer = seen_by("eve").post("/intake/push", said, "application/json")
        assert answer.status_code == 200
    do_all(world)
    all_done_everywhere()

    copy.refresh_from_db()
    assert copy.state == "delivered"
    assert Entry.objects.filter(verb="copy.delivered").count() == 1


@pytest.mark.parametrize("said", [{}, {"key": "x"}, {"key": str(uuid4())}])
def test_a_number_nobody_was_given_changes_nothing(
    world: World, said: dict[str, str]
) -> None:
    answer = seen_by("eve").post("/intake/push", said, "application/json")

    assert answer.status_code in {200, 400}
    assert not Entry.objects.filter(verb="delivery.delivered").exists()


def test_of_two_phones_the_one_told_last_rings(world: World, service: Provider) -> None:
    old, new = Phone(service, "old"), Phone(service, "new")
    old.wants(world.marco)
    new.wants(world.marco)

    sent(world)
    do_all(world)

    assert (len(old.calls), len(new.calls)) == (0, 1)


def test_a_phone_that_is_new_does_not_ring_for_what_the_old_one_rang_for(
    world: World, service: Provider
) -> None:
    old, new = Phone(service, "old"), Phone(service, "new")
    old.wants(world.marco)
    key, text = uuid4(), gate.Text(world.event, Words("Boats at six", "Boats"))
    gate.let_out(text, world.officer.person, key=key)
    new.wants(world.marco)

    carried = gate.let_out(text, world.officer.person, key=key)

    assert carried.by == "push"
    assert (len(old.calls), len(new.calls)) == (1, 0)


def test_she_stops_it_and_is_reached_as_before(world: World, phone: Phone) -> None:
    device = phone.wants(world.marco)

    devices.unsubscribe(device.pk, actor=world.marco, at=NOON)

    assert [one.kind for one in addresses_of(device.person)] == ["email"]
    device.refresh_from_db()
    assert (device.ended_by, device.address) == ("stopped", {})


def test_nobody_asks_for_it_or_stops_it_for_another(world: World, phone: Phone) -> None:
    device = phone.wants(world.marco)

    for actor in (world.wati, world.eve, world.ingrid, world.for_ingrid):
        with pytest.raises(Forbidden):
            devices.unsubscribe(device.pk, actor=actor, at=NOON)
    assert world.ingrid.person_id
    with pytest.raises(Forbidden):  # a link is no signed-in person
        devices.subscribe(
            world.ingrid.person_id,
            endpoint=phone.endpoint,
            p256dh="BA",
            auth="BA",
            actor=world.ingrid,
            at=NOON,
        )


def test_a_browser_has_one_owner(world: World, phone: Phone) -> None:
    before = phone.wants(world.marco)

    phone.wants(world.wati)

    before.refresh_from_db()
    assert before.ended_by == "other"
    assert [one.person_id for one in Device.objects.in_use()] == [world.wati.person_id]


def test_asking_for_it_goes_before_an_older_wish(world: World, phone: Phone) -> None:
    person = world.officer.person
    preferences.prefer(person.pk, ["email"], actor=world.marco, at=NOON)
    phone.wants(world.marco)

    assert order_of(person)[:2] == ["push", "email"]


@pytest.mark.parametrize(
    "endpoint", ["https://evil.example/x", "http://127.0.0.1:1/x", "", "x" * 2000]
)
def test_a_subscription_leads_only_to_services_the_house_knows(
    world: World, phone: Phone, endpoint: str
) -> None:
    phone.endpoint = endpoint

    with pytest.raises(devices.NoDevice):
        phone.wants(world.marco)


def test_without_a_key_no_phone_is_asked(
    world: World, phone: Phone, settings: Settings
) -> None:
    settings.VAPID = {"private": new_private_key(), "subject": ""}

    assert seen_by("marco").get("/api/feed").json()["push"]["key"] == ""
    with pytest.raises(devices.NoDevice):
        phone.wants(world.marco)


def test_another_key_of_the_house_rings_no_old_phone(
    world: World, phone: Phone, settings: Settings
) -> None:
    device = phone.wants(world.marco)
    settings.VAPID = {**settings.VAPID, "private": new_private_key()}

    assert [one.kind for one in addresses_of(device.person)] == ["email"]


def test_words_are_gone_once_they_are_seen(world: World, phone: Phone) -> None:
    phone.wants(world.marco)
    roll.call_roll(world.event.pk, [world.arunika.pk], actor=world.wati, at=NOON)
    do_all(world)
    tiding = Tiding.objects.get()
    with pytest.raises(Forbidden):
        tidings.see(tiding.pk, actor=world.wati, at=NOON)

    for _twice in range(2):
        tidings.see(tiding.pk, actor=world.marco, at=NOON)

    tiding.refresh_from_db()
    assert (bytes(tiding.sealed), tiding.seen_at) == (b"", NOON)
    assert seen_by("marco").get("/api/feed").json()["told"] == []


def test_who_is_forgotten_has_no_phone(world: World, phone: Phone) -> None:
    phone.wants(world.eve)
    person = Device.objects.get().person
    tidings.keep(person, ("A", "B"), event=None, kind="ask", about="", key=uuid4())

    erase(person.pk, actor=world.eve, at=NOON)
    all_done_everywhere()

    assert not Device.objects.exists()
    assert not Tiding.objects.exists()


def test_the_rule_of_a_notice_reaches_no_phone_of_anybody_else(
    world: World, service: Provider, phone: Phone
) -> None:
    phone.wants(world.marco)
    eves = Phone(service, "eves")
    eves.wants(world.eve)

    sent(world, OFFICERS)
    do_all(world)

    assert (len(phone.calls), len(eves.calls)) == (1, 0)
