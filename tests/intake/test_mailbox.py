"""Letters come in from a real mailbox and become words on the right thread."""

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from tests.intake.imap import Box
from tests.intake.letters import letter
from tests.intake.reading import number_of_last_mail_to, read
from tests.loop.stories import all_done, in_hand, passed, said
from tests.world import NOON, World
from titian.intake.commands import give
from titian.intake.mailbox import poll
from titian.intake.models import Incoming, Mailbox
from titian.kernel.models import Entry
from titian.kernel.sealing import unseal
from titian.loop.commands import asks
from titian.loop.history import history_of
from titian.loop.models import Ask
from titian.people.models import Person

pytestmark = pytest.mark.slow

INGRID = "ingrid@example.org"


def added(ask: Ask) -> list[object]:
    """The words that were added to the ask, oldest first."""
    entries = Entry.objects.filter(verb="ask.added", subject_id=ask.pk).order_by("pk")
    return [(unseal(entry) or {}).get("words") for entry in entries]


def test_a_guests_letter_is_an_ask_in_her_words(world: World, box: Box) -> None:
    incoming = read(box, letter("We need two boats at six.\n\nIngrid"))

    ask = Ask.objects.get()
    assert ask.words == "We need two boats at six.\n\nIngrid"
    assert (ask.said_by.display, ask.channel) == ("Ingrid", "email")
    assert ask.said_at == NOON
    assert incoming is not None
    assert (incoming.state, incoming.ask) == ("taken", ask)
    assert incoming.letter == {}


def test_the_journal_knows_that_only_an_address_stands_for_it(
    world: World, box: Box
) -> None:
    read(box, letter())

    entry = Entry.objects.get(verb="ask.said")
    assert (entry.actor_kind, entry.actor_proof) == ("address", "on file")


def test_a_letter_read_twice_is_one(world: World, box: Box) -> None:
    read(box, letter())
    Mailbox.objects.all().delete()
    read(box)

    assert Ask.objects.count() == 1


def test_a_letter_delivered_twice_is_one(world: World, box: Box) -> None:
    read(box, letter(), letter())

    assert Ask.objects.count() == 1


def test_only_what_is_new_is_fetched(world: World, box: Box) -> None:
    read(box, letter())
    read(box, letter(number="<2@ship.example>"))
    box.said.clear()

    read(box)

    assert [line for line in box.said if "FETCH" in line] == []
    assert Mailbox.objects.get().last == 2


def test_the_mailbox_is_not_touched(world: World, box: Box) -> None:
    read(box, letter())

    assert box.seen == set()
    assert any(line.startswith("EXAMINE") for line in box.said)


def test_new_numbers_of_the_server_make_nothing_twice(world: World, box: Box) -> None:
    read(box, letter())
    box.validity = 2
    box.letters = {7: box.letters[1]}

    read(box, letter(number="<2@ship.example>"))

    assert Ask.objects.count() == 2
    assert Mailbox.objects.get().last == 8


def test_a_connection_lost_in_the_middle_goes_on_where_it_was(
    world: World, box: Box
) -> None:
    for number in range(3):
        box.put(letter(number=f"<{number}@ship.example>").as_bytes())
    box.hangs_up_at = 2
    with pytest.raises(OSError):
        read(box)
    assert Mailbox.objects.get().failures == 1
    box.hangs_up_at = 0

    read(box)

    assert Ask.objects.count() == 3
    assert Mailbox.objects.get().failures == 0


def test_a_wrong_password_is_written_down(world: World, box: Box) -> None:
    with pytest.raises(OSError):
        poll(box.url("wrong"), at=NOON)

    kept = Mailbox.objects.get()
    assert kept.failures == 1
    assert "wrong password" in kept.detail
    assert "wrong@" not in kept.detail


def test_an_answer_to_our_letter_is_words_on_that_ask(world: World, box: Box) -> None:
    ask = in_hand(world)
    all_done(world, NOON)
    ours = number_of_last_mail_to(INGRID)

    read(box, letter("Make it three.\n\n> Your request", In_Reply_To=ours))

    assert Ask.objects.count() == 1
    assert added(ask) == ["Make it three."]
    mail.outbox.clear()
    all_done(world, NOON)
    assert [(one.to, one.body) for one in mail.outbox] == [
        (["marco@example.org"], "Make it three."),
        (["bruna@example.org"], "Make it three."),
    ]
    notes = [told.sentence for told in history_of(ask, world.bruna)]
    assert notes[0] == "Ingrid added: “Make it three.”"


def test_an_answer_to_her_own_letter_is_on_the_same_ask(world: World, box: Box) -> None:
    read(box, letter())
    ask = Ask.objects.get()

    read(
        box,
        letter("And life vests.", number="<2@s>", References="<0@s> <1@ship.example>"),
    )

    assert added(ask) == ["And life vests."]


def test_the_code_in_the_subject_is_enough(world: World, box: Box) -> None:
    ask = said(world)

    read(box, letter("Three.", Subject=f"about {ask.code}"))

    assert added(ask) == ["Three."]


def test_somebody_elses_code_is_not(world: World, box: Box) -> None:
    ask = said(world)

    read(
        box, letter("Mine.", sender="Eve <eve@example.org>", Subject=f"Re: {ask.code}")
    )

    assert added(ask) == []
    assert Ask.objects.order_by("-pk")[0].asked_by == world.selaya


def test_after_the_end_it_is_a_new_ask(world: World, box: Box) -> None:
    ask = said(world)
    asks.withdraw(ask.pk, actor=world.ingrid, at=NOON)

    read(box, letter("Two after all.", Subject=ask.code))

    assert Ask.objects.count() == 2
    assert added(ask) == []


def test_the_teams_answer_to_our_letter_is_its_word_to_the_guest(
    world: World, box: Box
) -> None:
    ask = passed(world)
    all_done(world, NOON)
    ours = number_of_last_mail_to("bruna@example.org")

    read(
        box,
        letter("At six.", sender="Bruna <bruna@example.org>", In_Reply_To=ours),
    )

    entry = Entry.objects.get(verb="ask.told", subject_id=ask.pk)
    assert unseal(entry) == {"words": "At six."}


def test_a_from_line_alone_is_not_the_teams_word(world: World, box: Box) -> None:
    ask = passed(world)

    incoming = read(
        box,
        letter(
            "At midnight.",
            sender="Bruna <bruna@example.org>",
            Subject=f"Re: {ask.code}",
        ),
    )

    assert not Entry.objects.filter(verb="ask.told").exists()
    assert incoming is not None
    assert (incoming.state, incoming.why) == ("waiting", "inside")


def test_the_number_that_went_to_another_is_not_the_teams_word(
    world: World, box: Box
) -> None:
    """Eve has read Ingrid's letter, and writes in Bruna's name."""
    in_hand(world)
    all_done(world, NOON)
    ours = number_of_last_mail_to(INGRID)

    read(box, letter("No.", sender="Bruna <bruna@example.org>", In_Reply_To=ours))

    assert not Entry.objects.filter(verb="ask.told").exists()


def test_an_unknown_senders_words_are_kept_for_a_coordinator(
    world: World, box: Box
) -> None:
    incoming = read(box, letter("Who meets us?", sender="Zoe <zoe@nowhere.example>"))

    assert Ask.objects.count() == 0
    assert incoming is not None
    assert (incoming.state, incoming.why) == ("waiting", "unknown")
    assert incoming.letter["words"] == "Who meets us?"
    assert incoming.letter["sender"] == "zoe@nowhere.example"
    assert list(Incoming.objects.visible_to(world.wati)) == [incoming]
    for actor in (world.ingrid, world.marco, world.bruna, *world.nobodies().values()):
        assert list(Incoming.objects.visible_to(actor)) == []


def test_of_two_people_with_one_address_nobody_knows_who_wrote(
    world: World, box: Box
) -> None:
    Person.objects.create(display="Ingrid's twin", email=INGRID, party=world.boats)

    incoming = read(box, letter())

    assert incoming is not None
    assert incoming.why == "several"


def test_an_officers_letter_of_her_own_waits(world: World, box: Box) -> None:
    incoming = read(box, letter(sender="Marco <marco@example.org>"))

    assert Ask.objects.count() == 0
    assert incoming is not None
    assert (incoming.why, incoming.event) == ("inside", world.event)


def test_a_letter_that_our_server_doubts_waits(
    world: World, box: Box, settings: Settings
) -> None:
    settings.MAIL_AUTHSERV = "mx.titian.example"
    doubted = letter(
        number="<2@s>",
        Authentication_Results="mx.titian.example; dmarc=fail header.from=example.org",
    )
    forged = letter(number="<3@s>", Authentication_Results="mx.eve.example; dmarc=pass")
    believed = letter(
        number="<4@s>",
        Authentication_Results="mx.titian.example; dkim=pass; dmarc=pass",
    )

    read(box, doubted, forged, letter(), believed)

    whys = Incoming.objects.order_by("pk").values_list("why", flat=True)
    assert list(whys) == ["unvouched", "unvouched", "unvouched", ""]


def test_a_coordinator_says_whose_words_they_are(world: World, box: Box) -> None:
    incoming = read(box, letter(sender="Ing <ing@private.example>"))
    assert incoming is not None
    person = Person.objects.get(display="Ingrid")

    give(incoming.pk, person.pk, actor=world.wati, at=NOON)

    ask = Ask.objects.get()
    assert (ask.words, ask.said_by) == ("We need two boats at six.", person)
    incoming.refresh_from_db()
    assert (incoming.state, incoming.ask, incoming.letter) == ("taken", ask, {})
