"""What an open page hears of: its own, and only as long as it may."""

import asyncio
import json

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from tests.loop.stories import passed, said
from tests.scene import make_arrival
from tests.web.pressing import seen_by
from tests.world import NOON, World
from titian.kernel import clock
from titian.kernel.models import Entry
from titian.logistics.commands.journeys import mark
from titian.people.models import Assignment, GuestLink, Person
from titian.web.live import listeners, stream
from titian.web.live.hub import WAITING, Subscriber
from titian.web.live.stream import still_hears


def listening(name: str) -> Subscriber:
    return listeners.of_person(Person.objects.get(display=name))


def verbs(subscriber: Subscriber, since: int = 0) -> list[str]:
    """What the subscriber would be sent, by name."""
    sent = listeners.missed(subscriber, since)
    return [json.loads(news.decode().split("data: ")[1])["verb"] for news in sent]


@pytest.mark.parametrize(
    ("verb", "topics", "hears"),
    [
        ("ask.said", {"delegation:1"}, True),
        ("ask.said", {"delegation:2"}, False),
        ("ask.said", {"event:1"}, False),
        ("journey.landed", {"event:1"}, True),
        ("activity.delayed", {"event:1"}, True),
        ("duty.planned", {"event:2"}, False),
        ("journeys.landed", {"event:1"}, False),
        ("ask.said", set(), False),
    ],
)
def test_a_seat_hears_of_movements_and_of_its_own(
    verb: str, topics: set[str], hears: bool
) -> None:
    page = Subscriber(frozenset({"delegation:1"}), seats=frozenset({"event:1"}))

    assert page.may_hear(verb, topics) is hears


@pytest.mark.parametrize(
    ("name", "hears"),
    [
        ("Marco", True),
        ("Wati", True),
        ("Ingrid", True),
        ("Eve", False),
        ("Petra", False),
        ("Bruna", False),
    ],
)
def test_who_hears_that_a_guest_asked(world: World, name: str, hears: bool) -> None:
    said(world)

    assert ("ask.said" in verbs(listening(name))) is hears


def test_the_team_hears_of_what_is_passed_to_it(world: World) -> None:
    passed(world)

    assert verbs(listening("Bruna")) == ["ask.passed_on"]
    assert verbs(listening("Petra")) == []


def test_every_desk_hears_of_a_landing_and_no_other_guest(world: World) -> None:
    journey = make_arrival(world)
    mark(journey.pk, "landed", actor=world.marco, at=NOON)

    heard = {name: bool(verbs(listening(name))) for name in ("Bruna", "Petra", "Eve")}

    assert heard == {"Bruna": True, "Petra": True, "Eve": False}


def test_an_officer_relieved_hears_no_more(world: World) -> None:
    said(world)
    Assignment.objects.update(relieved_at=NOON)

    assert "ask.said" not in verbs(listening("Marco"))


def test_only_what_came_since_is_sent(world: World) -> None:
    said(world)
    newest = Entry.objects.latest("pk").pk
    passed(world)

    assert verbs(listening("Marco"), newest) == ["ask.said", "ask.passed_on"]
    assert verbs(listening("Marco"), Entry.objects.latest("pk").pk) == []


def test_no_words_go_over_the_wire(world: World) -> None:
    passed(world)

    sent = b"".join(listeners.missed(listening("Wati"), 0))

    assert sent.count(b"data: ") == 2
    assert b"boats" not in sent.lower()
    assert b"Ingrid" not in sent


def test_a_link_hears_of_its_own_delegation(world: World) -> None:
    said(world)

    hers, other = listeners.by_link("ingrid"), listeners.by_link("eve")

    assert hers is not None
    assert other is not None
    assert (verbs(hers), verbs(other)) == (["ask.said"], [])


@pytest.mark.parametrize("column", ["revoked_at", "expires_at"])
def test_a_link_that_is_over_hears_nothing(world: World, column: str) -> None:
    GuestLink.objects.update(**{column: clock.real_time()})

    assert listeners.by_link("ingrid") is None
    assert listeners.by_link("guessed") is None


def test_a_session_hears_as_its_person(world: World) -> None:
    key = seen_by("marco").session.session_key

    found = listeners.by_session(key or "")

    assert found is not None
    assert found.topics == listening("Marco").topics


def test_a_session_that_is_over_hears_nothing(world: World) -> None:
    marco, bruna, wati = seen_by("marco"), seen_by("bruna"), seen_by("wati")
    keys = [client.session.session_key or "" for client in (marco, bruna, wati)]
    marco.logout()
    User.objects.filter(username="bruna").update(is_active=False)
    changed = User.objects.get(username="wati")
    changed.set_password("another")
    changed.save()

    assert [listeners.by_session(key) for key in keys] == [None, None, None]
    assert listeners.by_session("guessed") is None


def test_an_open_page_hears_by_what_is_true_now(world: World) -> None:
    page = listening("Marco")
    scope = scope_of("marco")
    Assignment.objects.update(relieved_at=NOON)

    assert still_hears(scope, page)
    said(world)
    assert "ask.said" not in verbs(page)


def test_an_open_page_is_over_with_its_session_or_its_link(world: World) -> None:
    scope, page = scope_of("marco"), listening("Marco")
    User.objects.filter(username="marco").update(is_active=False)
    link = {"path": "/live/g/ingrid", "headers": []}
    GuestLink.objects.update(revoked_at=clock.real_time())

    assert not still_hears(scope, page)
    assert not still_hears(link, page)


def test_even_a_page_that_is_never_left_in_peace_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream, "RECHECK_SECONDS", 0.0)
    sent: list[object] = []

    async def never_quiet() -> None:
        page = Subscriber(frozenset())

        async def send(message: object) -> None:
            sent.append(message)
            assert len(sent) < WAITING
            page.tell(b"data: {}\n\n")

        page.tell(b"data: {}\n\n")
        leaving = asyncio.create_task(asyncio.Event().wait())
        nobody = {"path": "/live", "headers": [], "query_string": b""}
        await stream.tell_all(nobody, page, leaving, send)  # type: ignore[arg-type]
        leaving.cancel()

    asyncio.run(never_quiet())

    assert sent == []


def scope_of(name: str) -> dict[str, object]:
    """The open page of whoever is signed in with this name."""
    cookie = f"{settings.SESSION_COOKIE_NAME}={seen_by(name).session.session_key}"
    return {"path": "/live", "headers": [(b"cookie", cookie.encode())]}
