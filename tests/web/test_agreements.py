"""The pages of agreements, pressed as they are drawn."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.talks.paper import NOT_SO, WORDS, Paper, make_line, make_paper, shown
from tests.web.pressing import buttons_of, form_with, seen_by
from tests.world import HOUR, NOON, World, make_person, with_account
from titian.talks.commands.keeping import accept, deliver_file
from titian.talks.models import Evidence

HX = {"hx-request": "true"}


@pytest.fixture
def paper(world: World) -> Paper:
    return make_paper(world)


@pytest.fixture
def olav(world: World) -> Client:
    """A guest of Arunika with an account: the other side of the paper."""
    with_account(make_person("Olav", world.arunika.party, world.arunika))
    return seen_by("olav")


def line_page(paper: Paper, number: int = 1) -> str:
    return f"/agreements/{paper.agreement.pk}/lines/{number}/"


def page(client: Client, address: str) -> str:
    return client.get(address).text


def press(client: Client, address: str, button: str, **filled: object) -> Any:
    """Fill in the form around the button and send it as a plain form."""
    form = form_with(page(client, address), button)
    assert set(filled) <= form.names
    return client.post(form.action, form.values | filled)


def file_of(content: bytes, name: str = "receipt.pdf") -> BytesIO:
    brought = BytesIO(content)
    brought.name = name
    return brought


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


def test_what_is_not_theirs_to_do_is_403_with_a_sentence(
    world: World, paper: Paper
) -> None:
    shown(paper, "boats", world.bruna)
    address = f"{line_page(paper)}acceptance/"

    answer = seen_by("bruna").post(address, {"key": str(uuid4())})

    assert answer.status_code == 403
    assert "Only the side that is owed this line may accept it." in answer.text
    assert paper.line("boats").state == "delivered"


@pytest.mark.parametrize("who", ["eve", "petra"])
def test_what_they_may_not_see_is_404_by_every_address(
    world: World, paper: Paper, who: str
) -> None:
    client = seen_by(who)
    shown(paper, "boats", world.bruna)
    evidence = Evidence.objects.get()
    base = f"/agreements/{paper.agreement.pk}/"

    got = [client.get(base), client.get(line_page(paper))]
    got += [client.get(f"{line_page(paper)}evidence/{evidence.pk}/")]
    sent = [
        client.post(f"{line_page(paper)}{noun}/", {"key": str(uuid4()), "words": "x"})
        for noun in ("evidence", "acceptance", "dispute", "waiver")
    ]

    assert {answer.status_code for answer in (*got, *sent)} == {404}
    assert "There is no agreement here" in page(client, "/agreements/")


def test_a_line_that_is_not_there_is_404(world: World, paper: Paper) -> None:
    client = seen_by("bruna")

    answers = [
        client.get(line_page(paper, 9)),
        client.get("/agreements/99999/"),
        client.post(f"{line_page(paper, 9)}acceptance/", {"key": str(uuid4())}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_nobody_who_is_not_signed_in_sees_anything(paper: Paper) -> None:
    answer = Client().get(line_page(paper))

    assert (answer.status_code, answer["location"].startswith("/sign-in/")) == (
        302,
        True,
    )


def test_an_act_is_not_a_page(world: World, paper: Paper) -> None:
    answer = seen_by("bruna").get(f"{line_page(paper)}acceptance/")

    assert answer.status_code == 405


@pytest.mark.parametrize(
    ("filled", "sentence"),
    [
        ({}, "Add a file, or write in a few words what shows that it is done."),
        ({"words": "o" * 301}, "Write at most 300 characters."),
        ({"file": b""}, "The file is empty."),
        ({"file": b"o" * 2000}, "The file is larger than 25 MB."),
        ({"key": "no key", "words": WORDS}, "This page is old."),
    ],
    ids=["nothing", "too many words", "an empty file", "a huge file", "an old page"],
)
def test_bad_evidence_is_a_sentence_and_nothing_is_kept(
    world: World,
    paper: Paper,
    monkeypatch: pytest.MonkeyPatch,
    filled: dict[str, object],
    sentence: str,
) -> None:
    monkeypatch.setattr("titian.web.desk.agreements.forms.LARGEST", 1999)
    client = seen_by("bruna")
    form = form_with(page(client, line_page(paper)), "move-deliver")
    if isinstance(filled.get("file"), bytes):
        filled = {"file": file_of(filled["file"])}  # type: ignore[arg-type]

    answer = client.post(form.action, form.values | filled)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert (paper.line("boats").state, Evidence.objects.count()) == ("open", 0)


def test_the_sentence_is_in_the_readers_language(world: World, paper: Paper) -> None:
    client = seen_by("bruna")
    form = form_with(page(client, line_page(paper)), "move-deliver")

    answer = client.post(form.action, form.values, headers={"accept-language": "id"})

    assert answer.status_code == 422
    assert '<html lang="id"' in answer.text


def test_a_dispute_without_words_is_a_sentence(
    world: World, paper: Paper, olav: Client
) -> None:
    shown(paper, "boats", world.bruna)

    answer = press(olav, line_page(paper), "move-dispute", words="")

    assert answer.status_code == 422
    assert paper.line("boats").state == "delivered"


def test_both_sides_read_the_file_and_no_browser_runs_it(
    world: World, paper: Paper, olav: Client
) -> None:
    deliver_file(
        paper.boats.pk,
        b"<script>",
        name="receipt.html",
        media_type="text/html",
        actor=world.bruna,
        at=NOON,
    )
    address = f"{line_page(paper)}evidence/{Evidence.objects.get().pk}/"

    answer = olav.get(address)

    assert b"".join(answer.streaming_content) == b"<script>"  # type: ignore[attr-defined]
    assert (answer["content-type"], answer["content-disposition"]) == (
        "application/octet-stream",
        'attachment; filename="receipt.html"',
    )


def test_a_file_is_reached_by_its_own_line_only(world: World, paper: Paper) -> None:
    other = make_paper(world, code="K-2")
    shown(paper, "boats", world.bruna)
    deliver_file(
        other.boats.pk,
        b"oars",
        name="r.pdf",
        media_type="a/b",
        actor=world.bruna,
        at=NOON,
    )
    evidence = Evidence.objects.get(document__isnull=False)

    answers = [
        seen_by("bruna").get(f"{line_page(paper)}evidence/{evidence.pk}/"),
        seen_by("bruna").get(f"{line_page(other, 2)}evidence/{evidence.pk}/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_file_the_folder_lost_is_404_not_a_crash(
    world: World, paper: Paper, olav: Client, settings: object, tmp_path: object
) -> None:
    deliver_file(
        paper.boats.pk,
        b"oars",
        name="r.pdf",
        media_type="application/pdf",
        actor=world.bruna,
        at=NOON,
    )
    settings.DOCUMENTS = tmp_path  # type: ignore[attr-defined]

    answer = olav.get(f"{line_page(paper)}evidence/{Evidence.objects.get().pk}/")

    assert answer.status_code == 404


def test_what_would_fail_is_for_the_house_alone(
    world: World, paper: Paper, olav: Client
) -> None:
    sight = [
        "Without it 1 nobody rows" in page(client, line_page(paper))
        for client in (seen_by("bruna"), seen_by("marco"), olav)
    ]

    assert sight == [True, True, False]


def test_red_turns_red_for_both_sides(world: World, paper: Paper, olav: Client) -> None:
    world.event.set_clock(reads=NOON + HOUR + HOUR / 2, speed=0, real=NOON)
    world.event.save()

    pages = [page(client, line_page(paper)) for client in (seen_by("bruna"), olav)]

    assert ["Overdue by 30 min" in text for text in pages] == [True, True]


def test_the_list_has_the_red_ones_first(world: World) -> None:
    calm, red = make_paper(world, "K-1"), make_paper(world, "K-2")
    for line in (calm.boats, calm.names):
        line.due_at = NOON + 90 * HOUR
        line.save()
    world.event.set_clock(reads=NOON + 90 * HOUR / 2, speed=0, real=NOON)
    world.event.save()

    text = page(seen_by("marco"), "/agreements/")

    assert text.index("K-2") < text.index("K-1")
    assert "2 overdue" in text
    assert red.agreement.title_en in text


def test_the_line_that_presses_most_is_open_at_first(
    world: World, paper: Paper
) -> None:
    world.event.set_clock(reads=NOON + HOUR * 3 / 2, speed=0, real=NOON)
    world.event.save()

    text = page(seen_by("marco"), f"/agreements/{paper.agreement.pk}/")

    assert '<h2 class="xl gap-s">Two boats</h2>' in text


def test_an_agreement_without_lines_says_so(world: World, paper: Paper) -> None:
    paper.agreement.lines.all().delete()

    assert "This agreement has no lines yet." in page(
        seen_by("marco"), f"/agreements/{paper.agreement.pk}/"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(world: World, count: int) -> None:
    for number in range(count):
        make_paper(world, code=f"K-{number}")
    client = seen_by("marco")

    with CaptureQueriesContext(connection) as asked:
        client.get("/agreements/", headers=HX)

    assert len(asked) == 7


@pytest.mark.parametrize("count", [1, 3])
def test_the_spine_costs_the_same_for_one_and_three(world: World, count: int) -> None:
    paper = make_paper(world)
    paper.names.delete()
    for number in range(2, count + 1):
        make_line(paper.agreement, number, "ours", "Tea", NOON + HOUR)
    client = seen_by("marco")

    with CaptureQueriesContext(connection) as asked:
        client.get(line_page(paper), headers=HX)

    assert len(asked) == 17
