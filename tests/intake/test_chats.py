"""A chat read in: each line its author's own, under its author's own key."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from tests.world import NOON, World, make_person
from titian.intake.chats import (
    NothingSaid,
    ask_for_line,
    chats_for,
    lines_of,
    read_chat,
)
from titian.intake.exports import NotAChat
from titian.intake.models import Chat, ChatLine
from titian.kernel import documents
from titian.kernel.actor import Actor
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.people.commands.erasure import erase
from titian.people.models import Person

TEXT = """\
01/05/27 11.50 - Marco created group “Boats”
01/05/27 11.55 - Ingrid: Two boats
at the pier
01/05/27 11.56 - Marco: Noted
01/05/27 11.57 - +62 812-0000-1111: And lunch
01/05/27 11.58 - Zoe: Who is that?
"""


def read(world: World, text: str = TEXT, actor: Actor | None = None) -> Chat:
    return read_chat(
        text.encode(),
        world.event.pk,
        world.arunika.pk,
        actor=actor or world.marco,
        at=NOON,
    )


def shown(world: World, chat: Chat) -> list[tuple[str, str, bool]]:
    """Name, words, and whether we know who it is."""
    return [
        (said.name, said.words, said.line.person_id is not None)
        for said in lines_of(chat.pk, world.marco)
    ]


@pytest.fixture
def chat(world: World) -> Chat:
    nils = make_person("Nils", world.arunika.party, world.arunika)
    nils.phone = "081200001111"
    nils.save()
    return read(world)


def test_each_line_is_its_authors(world: World, chat: Chat) -> None:
    assert shown(world, chat) == [
        ("", "Marco created group “Boats”", False),
        ("Ingrid", "Two boats\nat the pier", True),
        ("Marco", "Noted", True),
        ("Nils", "And lunch", True),
        ("Zoe", "Who is that?", False),
    ]


def test_hours_are_those_of_the_place(world: World, chat: Chat) -> None:
    read_chat(
        TEXT.encode(),
        world.event.pk,
        None,
        zone="Asia/Makassar",
        actor=world.wati,
        at=NOON,
    )

    hours = ChatLine.objects.filter(position=1).order_by("pk")
    assert [line.said_at for line in hours] == [
        datetime(2027, 5, 1, 11, 55, tzinfo=UTC),
        datetime(2027, 5, 1, 3, 55, tzinfo=UTC),
    ]


def test_the_same_file_again_is_the_same_chat(world: World, chat: Chat) -> None:
    assert read(world) == chat
    assert ChatLine.objects.count() == 5
    assert Entry.objects.filter(verb="chat.read").count() == 1


def test_a_picture_left_out_of_the_export_is_nothing_to_ask(world: World) -> None:
    chat = read(world, "01/05/27 11.55 - Ingrid: <Media tidak disertakan>")
    [said] = lines_of(chat.pk, world.marco)

    assert not said.says_something
    with pytest.raises(NothingSaid):
        ask_for_line(said.line.pk, actor=world.marco, at=NOON)


def test_two_of_one_name_are_nobody(world: World) -> None:
    make_person("Ingrid", world.arunika.party)

    chat = read(world)

    assert ("Ingrid", "Two boats\nat the pier", False) in shown(world, chat)


def test_the_reader_may_say_who_it_is(world: World) -> None:
    ingrid = Person.objects.get(display="Ingrid")

    chat = read_chat(
        b"01/05/27 11.55 - Mum: Two",
        world.event.pk,
        world.arunika.pk,
        names={"Mum": ingrid.pk},
        actor=world.marco,
        at=NOON,
    )

    assert shown(world, chat) == [("Ingrid", "Two", True)]


def test_an_erased_person_takes_her_lines_with_her(world: World, chat: Chat) -> None:
    ingrid = Person.objects.get(display="Ingrid")

    erase(ingrid.pk, actor=world.ingrid, at=NOON)

    words = [words for _name, words, _known in shown(world, chat)]
    assert "Two boats\nat the pier" not in words
    assert "Noted" in words


def test_no_words_lie_open(world: World, chat: Chat) -> None:
    kept = str([*ChatLine.objects.values_list("sealed", "stranger")])

    assert "Two boats" not in kept
    assert bytes(ChatLine.objects.get(position=1).sealed) != b""


def test_only_its_officer_and_coordinators_read_it(world: World, chat: Chat) -> None:
    readers = [world.marco, world.wati]
    others = [world.ingrid, world.bruna, world.petra, *world.nobodies().values()]

    assert [list(chats_for(actor)) for actor in readers] == [[chat], [chat]]
    for actor in others:
        with pytest.raises(Chat.DoesNotExist):
            lines_of(chat.pk, actor)


def test_nobody_else_reads_one_in(world: World) -> None:
    for actor in (world.ingrid, world.bruna, *world.nobodies().values()):
        with pytest.raises(Forbidden):
            read(world, actor=actor)

    assert Chat.objects.count() == 0


def test_what_is_no_chat_leaves_nothing(world: World) -> None:
    with pytest.raises(NotAChat):
        read(world, "Dear all")

    assert Chat.objects.count() == 0


def test_a_file_of_the_archive_is_kept_with_its_line(world: World) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        text = "[01/05/27 11.55.00] Ingrid: The rudder \u200e<attached: a.jpg>"
        archive.writestr("_chat.txt", text)
        archive.writestr("a.jpg", b"\xff\xd8")
        archive.writestr("b.jpg", b"nobody speaks of it")

    chat = read_chat(
        buffer.getvalue(), world.event.pk, world.arunika.pk, actor=world.marco, at=NOON
    )

    [said] = lines_of(chat.pk, world.marco)
    assert said.words == "The rudder"
    assert said.line.paper is not None
    assert said.line.paper.media_type == "image/jpeg"
    assert documents.content_of(said.line.paper) == b"\xff\xd8"


def test_a_guests_line_becomes_an_ask_on_her_word(world: World, chat: Chat) -> None:
    line = ChatLine.objects.get(position=1)

    ask = ask_for_line(line.pk, actor=world.marco, at=NOON)

    assert (ask.words, ask.said_by.display) == ("Two boats\nat the pier", "Ingrid")
    assert ask.said_at == datetime(2027, 5, 1, 11, 55, tzinfo=UTC)
    entry = Entry.objects.get(verb="ask.said")
    assert (entry.actor_person_id, entry.word_of_id, entry.word_means) == (
        world.marco.person_id,
        world.ingrid.person_id,
        "whatsapp",
    )


@pytest.mark.parametrize("position", [0, 2, 4])
def test_what_no_guest_said_becomes_no_ask(
    world: World, chat: Chat, position: int
) -> None:
    line = ChatLine.objects.get(position=position)

    with pytest.raises(Forbidden):
        ask_for_line(line.pk, actor=world.marco, at=NOON)


def test_nobody_but_her_officer_makes_an_ask_of_it(world: World, chat: Chat) -> None:
    line = ChatLine.objects.get(position=1)

    for actor in (world.wati, world.bruna, world.eve):
        with pytest.raises(Forbidden):
            ask_for_line(line.pk, actor=actor, at=NOON)
