"""What is brought as evidence: good, bad, foreign, lost."""

import pytest
from django.test import Client

from tests.talks.paper import WORDS, Paper, make_paper, shown
from tests.web.leafing import file_of, line_page, page
from tests.web.pressing import form_with, seen_by
from tests.world import NOON, World
from titian.talks.commands.keeping import deliver_file
from titian.talks.models import Evidence


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
