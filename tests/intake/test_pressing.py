"""What a stranger writes of press matters is shown to the press desk as well."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.briefing.newsroom import make_newsroom
from tests.briefing.told import do_all
from tests.web.pressing import form_to, seen_by
from tests.world import NOON, World
from titian.briefing.commands import press
from titian.briefing.models import Diversion
from titian.channels import memory
from titian.intake.commands import hand_back, receive, set_aside
from titian.intake.message import Message
from titian.intake.models import Incoming
from titian.kernel.clock import real_time
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry, Event
from titian.kernel.policy import Forbidden
from titian.loop.models import Ask
from titian.people.models import Person, Seat

ASKED = "May I have an interview with the rowers?"


@pytest.fixture(autouse=True)
def by_memory(settings: object) -> None:
    settings.CHANNELS = {"email": "titian.channels.memory"}  # type: ignore[attr-defined]
    memory.sent.clear()


@pytest.fixture(autouse=True)
def desk(world: World) -> None:
    """Petra keeps the press desk's page."""
    assert Seat.objects.filter(person=world.petra.person_id, team=world.press).exists()


def strange(words: str = ASKED, sender: str = "zoe@nowhere.example") -> Incoming:
    at = real_time()
    message = Message(
        "email", f"<{uuid4()}@s>", sender, words, at - timedelta(minutes=5)
    )
    return receive(message, at=at)


def test_the_desk_sees_it_and_hears_of_it_and_the_log_says_why(world: World) -> None:
    incoming = strange()
    do_all(world)

    assert ASKED in seen_by("petra").get("/press/").text
    assert "petra@example.org" in [one.address for one in memory.sent]
    entry = Entry.objects.get(verb="incoming.for_press")
    assert (entry.subject_id, entry.facts["phrase"]) == (incoming.pk, "interview")
    assert ASKED in seen_by("wati").get("/incoming/").text


@pytest.mark.parametrize(
    "words", ["Who meets us at the pier?", "No press, please: we come for the boats"]
)
def test_what_says_nothing_of_the_press_is_the_coordinators_alone(
    world: World, words: str
) -> None:
    strange(words)

    assert words not in seen_by("petra").get("/press/").text
    assert not Entry.objects.filter(verb="incoming.for_press").exists()


def test_the_desks_own_phrases_count(world: World) -> None:
    press.add_phrase(
        world.event.pk, "podcast", language="en", actor=world.petra, at=NOON
    )

    assert strange("We make a podcast about boats").phrase == "podcast"


def test_who_is_no_desk_sees_none_of_it(world: World) -> None:
    incoming = strange()

    for name in ("marco", "bruna", "eve"):
        assert seen_by(name).get(f"/incoming/{incoming.pk}/").status_code == 404


def test_the_desk_sees_nothing_else_that_came_in(world: World) -> None:
    other = strange("Who meets us at the pier?")

    petra = seen_by("petra")
    assert petra.get(f"/incoming/{other.pk}/").status_code == 404
    assert petra.get("/incoming/").status_code == 403


def test_the_desk_finds_who_wrote_and_the_question_is_its_own(world: World) -> None:
    make_newsroom(world)
    incoming = strange()
    petra = seen_by("petra")
    page = petra.get(f"/incoming/{incoming.pk}/?q=Nils").text
    form = form_to(page, "giving/")

    petra.post(form.action, form.values)
    do_all(world)

    ask = Ask.objects.get()
    assert ask.said_by == Person.objects.get(display="Nils")
    assert Diversion.objects.get().ask == ask


def test_what_is_not_its_matter_goes_back_with_a_reason(world: World) -> None:
    incoming = strange()
    petra = seen_by("petra")
    form = form_to(petra.get(f"/incoming/{incoming.pk}/").text, "handing-back/")

    petra.post(form.action, {**form.values, "words": "a fan"})

    incoming.refresh_from_db()
    assert (incoming.state, incoming.phrase) == ("waiting", "")
    assert ASKED not in petra.get("/press/").text
    with pytest.raises(Incoming.DoesNotExist):
        hand_back(incoming.pk, "again", actor=world.petra, at=NOON)


def test_only_a_coordinator_sets_it_aside_and_then_it_is_nobodys_to_give_back(
    world: World,
) -> None:
    incoming = strange()

    with pytest.raises(Forbidden):
        set_aside(incoming.pk, actor=world.petra, at=NOON)
    with pytest.raises(Incoming.DoesNotExist):
        hand_back(incoming.pk, "no", actor=world.bruna, at=NOON)
    set_aside(incoming.pk, actor=world.wati, at=NOON)
    with pytest.raises(IllegalMove):
        hand_back(incoming.pk, "no", actor=world.petra, at=NOON)


def test_of_several_events_every_desk_sees_it(world: World) -> None:
    event = Event(code="two", name_en="Two", kind=Event.Kind.GAMES, zone="UTC")
    event.set_clock(reads=NOON, speed=0, real=NOON)
    event.save()
    Seat.objects.create(
        event=event,
        person=Person.objects.get(display="Bruna"),
        team=world.press,
        role=Seat.Role.DESK,
    )

    incoming = strange()

    assert incoming.event is None
    for actor in (world.petra, world.bruna):
        assert incoming in Incoming.objects.visible_to(actor)


def test_a_known_guests_words_go_the_usual_way(world: World) -> None:
    incoming = strange(sender="ingrid@example.org")
    do_all(world)

    assert (incoming.state, incoming.phrase) == ("taken", "")
    assert Diversion.objects.get().ask == Ask.objects.get()
