"""What nobody knows waits for the coordinator; chats are read in beside it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.pressing import form_to, form_with, forms_of, indonesian, seen_by
from tests.world import World
from titian.intake.commands import receive
from titian.intake.message import Message, Paper
from titian.intake.models import Chat, Incoming
from titian.intake.queries import papers_of
from titian.kernel.clock import real_time
from titian.loop.models import Ask

WORDS = "Who meets us at the pier?"
CHAT = """\
01/05/27 11.50 - Marco created group “Boats”
01/05/27 11.55 - Ingrid: Two boats
01/05/27 11.56 - Marco: Noted
01/05/27 11.57 - Ingrid: <Media omitted>
01/05/27 11.58 - Zoe: Who is that?
"""


def strange(number: str = "<1@s>", words: str = WORDS) -> Incoming:
    """A stranger's letter, with a page that a browser would run."""
    at = real_time()
    message = Message(
        channel="email",
        number=number,
        sender="zoe@nowhere.example",
        name="Zoe <b>",
        subject="Boats",
        words=words,
        came_at=at - timedelta(minutes=5),
        papers=[Paper("page.html", "text/html", b"<script>alert(1)</script>")],
    )
    return receive(message, at=at)


def press(client: Client, incoming: Incoming, ending: str, query: str = "") -> str:
    """Press the one button that leads there; the page that answers."""
    page = client.get(f"/incoming/{incoming.pk}/?q={query}").text
    form = form_to(page, ending)
    return client.post(form.action, form.values, follow=True).text


def test_the_coordinator_sees_who_wrote_and_why_it_waits(world: World) -> None:
    strange()

    page = seen_by("wati").get("/incoming/").text

    assert "Zoe &lt;b&gt;" in page
    assert WORDS in page
    assert "Nobody on file has this address." in page


@pytest.mark.parametrize("name", ["marco", "bruna", "petra", "eve"])
def test_nobody_else_sees_it(world: World, name: str) -> None:
    incoming = strange()
    client = seen_by(name)

    assert client.get("/incoming/").status_code == 403
    assert client.get(f"/incoming/{incoming.pk}/").status_code == 404
    for act in ("giving", "setting-aside"):
        key = "00000000-0000-0000-0000-000000000001"
        given = {"key": key, "person": world.ingrid.person_id}
        answer = client.post(f"/incoming/{incoming.pk}/{act}/", given)
        assert answer.status_code in {403, 404}
    assert Incoming.objects.get().state == "waiting"


def test_it_is_given_to_the_guest_who_wrote_it(world: World) -> None:
    page = press(seen_by("wati"), strange(), "/giving/", "ingrid")

    ask = Ask.objects.get()
    assert ask.said_by.display == "Ingrid"
    assert WORDS in page
    assert ask.code in page


def test_who_comes_too_late_reads_how_it_stands(world: World) -> None:
    incoming, wati = strange(), seen_by("wati")
    form = form_to(wati.get(f"/incoming/{incoming.pk}/?q=ingrid").text, "/giving/")
    press(wati, incoming, "/setting-aside/")

    answer = wati.post(form.action, form.values)

    assert answer.status_code == 409
    assert "set aside" in answer.text
    assert Ask.objects.count() == 0


def test_the_requests_say_how_many_wait(world: World) -> None:
    strange()

    counts = {
        name: seen_by(name).get("/asks/").text.count('href="/incoming/"')
        for name in ("wati", "marco", "bruna")
    }

    assert counts == {"wati": 1, "marco": 0, "bruna": 0}


def test_one_of_ours_is_no_guest(world: World) -> None:
    incoming, wati = strange(), seen_by("wati")
    form = form_to(wati.get(f"/incoming/{incoming.pk}/?q=bruna").text, "/giving/")

    answer = wati.post(form.action, form.values)

    assert answer.status_code == 422
    assert Incoming.objects.get().state == "waiting"


def test_nothing_follows_and_it_stays_countable(world: World) -> None:
    page = press(seen_by("wati"), strange(), "/setting-aside/")

    assert "1 message was set aside." in page
    assert "Nothing waits." in page


def test_a_strangers_file_is_never_run(world: World) -> None:
    incoming = strange()

    answer = seen_by("wati").get(
        f"/incoming/{incoming.pk}/papers/{incoming.papers.get().pk}/"
    )

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()


def test_the_list_asks_as_much_for_four_as_for_one(world: World) -> None:
    assert queries_for(1) == queries_for(3)


def queries_for(letters: int) -> int:
    for letter in range(letters):
        strange(f"<{letters}-{letter}@s>")
    wati = seen_by("wati")
    wati.get("/incoming/")
    with CaptureQueriesContext(connection) as seen:
        wati.get("/incoming/")
    return len(seen)


def bring(client: Client, text: str, delegation: object = "") -> str:
    """Read a chat in by the page's own form; the page that answers."""
    page = client.get("/incoming/chats/").text
    (form,) = [one for one in forms_of(page) if "file" in one.names]
    file = BytesIO(text.encode())
    file.name = "WhatsApp Chat.txt"
    given = form.values | {"delegation": delegation, "file": file}
    return client.post("/incoming/chats/", given, follow=True).text


def test_an_officer_reads_a_chat_in_and_makes_a_request_of_a_line(
    world: World,
) -> None:
    marco = seen_by("marco")

    page = bring(marco, CHAT, world.arunika.pk)

    assert "Two boats" in page
    assert page.count("Make it a request") == 1
    line = Chat.objects.get().lines.get(position=1)
    form = form_with(page, f"ask-{line.pk}")
    for _time in range(2):
        answer = marco.post(form.action, form.values, follow=True)
        assert "Two boats" in answer.text
    assert Ask.objects.get().said_by.display == "Ingrid"


def test_whose_lines_those_of_an_unknown_number_are_is_said_once(
    world: World,
) -> None:
    marco, text = seen_by("marco"), CHAT + "01/05/27 11.58 - +62 811-7: A third\n"
    bring(marco, text, world.arunika.pk)
    chat = Chat.objects.get()
    line = chat.lines.order_by("position").last()
    assert line is not None
    address = f"/incoming/chats/{chat.pk}/"
    form = form_with(marco.get(address).text, f"named-{line.pk}")
    ingrid = {"person": str(world.ingrid.person_id)}

    marco.post(form.action, form.values | {"person": str(world.eve.person_id)})
    line.refresh_from_db()
    assert line.person_id is None
    marco.post(form.action, form.values | ingrid)
    asked = form_with(marco.get(address).text, f"ask-{line.pk}")
    marco.post(asked.action, asked.values)

    ask = Ask.objects.get()
    assert (ask.words, ask.said_by.display) == ("A third", "Ingrid")
    assert f'href="/asks/{ask.pk}/"' in marco.get(address).text


def test_what_is_no_chat_is_told(world: World) -> None:
    page = bring(seen_by("marco"), "Dear all", world.arunika.pk)

    assert "There is no chat in this file." in page
    assert Chat.objects.count() == 0


def test_a_chat_is_read_by_its_officer_and_the_coordinator(world: World) -> None:
    bring(seen_by("marco"), CHAT, world.arunika.pk)
    address = f"/incoming/chats/{Chat.objects.get().pk}/"

    codes = {
        name: seen_by(name).get(address).status_code
        for name in ("marco", "wati", "bruna", "petra", "eve")
    }

    assert codes == {"marco": 200, "wati": 200, "bruna": 404, "petra": 404, "eve": 404}


def test_the_pages_speak_indonesian(world: World) -> None:
    incoming, wati = strange(), indonesian("wati")

    assert "Pesan yang masuk" in wati.get("/incoming/").text
    assert "Siapa yang menulis ini?" in wati.get(f"/incoming/{incoming.pk}/").text
    assert "Obrolan" in wati.get("/incoming/chats/").text


def with_plan() -> Ask:
    """Ingrid's letter with a plan in it."""
    at = real_time()
    message = Message(
        channel="email",
        number="<7@s>",
        sender="ingrid@example.org",
        words="The plan is enclosed.",
        came_at=at,
        papers=[Paper("plan.pdf", "application/pdf", b"%PDF")],
    )
    ask = receive(message, at=at).ask
    assert ask is not None
    return ask


def test_whoever_reads_the_words_reads_what_came_with_them(world: World) -> None:
    ask = with_plan()
    address = f"/asks/{ask.pk}/papers/{papers_of(ask.pk).get().pk}/"

    answers = {
        name: seen_by(name).get(address) for name in ("marco", "wati", "bruna", "eve")
    }

    assert {name: one.status_code for name, one in answers.items()} == {
        "marco": 200,
        "wati": 200,
        "bruna": 404,
        "eve": 404,
    }
    assert b"".join(answers["marco"]) == b"%PDF"
    for answer in answers.values():
        answer.close()


def test_the_page_of_the_request_names_the_file(world: World) -> None:
    ask = with_plan()

    assert "plan.pdf" in seen_by("marco").get(f"/asks/{ask.pk}/").text


def test_no_other_requests_file_is_read_through_it(world: World) -> None:
    ask = with_plan()
    other = receive(
        Message("email", "<8@s>", "ingrid@example.org", "Other", real_time()),
        at=real_time(),
    ).ask
    assert other is not None

    address = f"/asks/{other.pk}/papers/{papers_of(ask.pk).get().pk}/"

    assert seen_by("marco").get(address).status_code == 404
