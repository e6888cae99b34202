"""Notices at the desk: written, shown whom they reach, sent, known; by whom it may."""

from collections.abc import Mapping
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.briefing.told import OFFICERS, copy_of, next_version, sent, written
from tests.web.pressing import buttons_of, form_with, indonesian, seen_by
from tests.world import NOON, World
from titian.briefing.commands import copies
from titian.briefing.models import Notice

HX = {"HX-Request": "true"}
TICKS = {"role", "delegation", "level", "team", "on_duty", "is_exercise"}
SAID = {
    "title_en": "Pier closed",
    "title_id": "Dermaga ditutup",
    "new_en": "The pier is closed",
    "reason_en": "High waves",
    "role": "officer",
    "silence_minutes": "10",
}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text


def given(client: Client, address: str, **more: str) -> Mapping[str, str]:
    """What the form on the page holds, with these words in it; nothing is ticked."""
    drawn = form_with(page(client, address), "keep-draft")
    held = {name: v for name, v in drawn.values.items() if name not in TICKS}
    return {**held, **SAID, **more}


def test_written_seen_sent_and_known(world: World) -> None:
    wati, marco = seen_by("wati"), seen_by("marco")
    answer = wati.post("/notices/new/", given(wati, "/notices/new/"))
    draft = page(wati, answer["Location"])
    assert "It would reach 1 person" in draft

    form = form_with(draft, "move-send")
    wati.post(form.action, form.values)
    notice = Notice.objects.get()
    known = form_with(page(marco, f"/notices/{notice.pk}/"), _known(world, notice))
    marco.post(known.action, known.values)

    assert "everybody knows" in page(wati, "/notices/")


def _known(world: World, notice: Notice) -> str:
    return f"known-{copy_of(notice, world.marco).pk}"


def test_the_people_meant_are_listed_while_it_is_written(world: World) -> None:
    wati = seen_by("wati")

    answer = wati.post("/notices/audience/", {"role": ["officer", "guest"]})

    assert "3 people" in answer.text
    assert [name in answer.text for name in ("Marco", "Ingrid", "Eve", "Bruna")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"place": "{pier}"}, "Say from which hour to which."),
        ({"hotel": "{inn}"}, "Say in which night they sleep there."),
        ({"role": "king"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_said_while_it_is_written(
    world: World, fields: Mapping[str, str], sentence: str
) -> None:
    named = {"pier": world.pier.pk, "inn": world.hotel.pk}
    filled = {name: value.format(**named) for name, value in fields.items()}

    assert sentence in seen_by("wati").post("/notices/audience/", filled).text


def test_every_field_of_the_rule_comes_back_as_it_was(world: World) -> None:
    wati = seen_by("wati")
    hours = {"from": "2027-05-01T12:00", "to": "2027-05-01T13:00"}
    filled = {
        **hours,
        "join": "any",
        "place": str(world.pier.pk),
        "hotel": str(world.hotel.pk),
        "night": "2027-05-01",
        "flight": "GA 402",
        "delegation": str(world.arunika.pk),
        "level": "minister",
    }
    wati.post("/notices/new/", given(wati, "/notices/new/", **filled))
    notice = Notice.objects.get()
    rule = notice.audience

    drawn = page(wati, f"/notices/{notice.pk}/revision/")
    again = form_with(drawn, "keep-draft").values
    answer = wati.post(
        f"/notices/{notice.pk}/revision/",
        {
            **{name: v for name, v in again.items() if name not in TICKS},
            **SAID,
            **filled,
            "key": str(uuid4()),
        },
    )

    assert answer.status_code == 302
    notice.refresh_from_db()
    assert notice.audience == rule
    assert 'value="GA 402"' in drawn
    assert 'value="2027-05-01T12:00"' in drawn


def test_without_a_reason_it_stays_on_the_page(world: World) -> None:
    wati = seen_by("wati")

    answer = wati.post(
        "/notices/new/", given(wati, "/notices/new/", reason_en="", reason_id="")
    )

    assert answer.status_code == 422
    assert "Say why: people follow what they understand." in answer.text
    assert "High waves" not in answer.text
    assert 'value="The pier is closed"' in answer.text


def test_a_rule_for_nobody_is_not_sent(world: World) -> None:
    notice = written(world, {"is": "team", "of": [world.selaya.party_id]})
    wati = seen_by("wati")
    form = form_with(page(wati, f"/notices/{notice.pk}/"), "move-send")

    answer = wati.post(form.action, form.values)

    assert answer.status_code == 422
    assert "This rule means nobody at the moment." in answer.text


def test_sent_twice_is_too_late(world: World) -> None:
    notice, wati = written(world), seen_by("wati")
    form = form_with(page(wati, f"/notices/{notice.pk}/"), "move-send")
    wati.post(form.action, form.values)

    answer = wati.post(form.action, {**form.values, "key": str(uuid4())})

    assert answer.status_code == 409
    assert "this is how it stands now" in answer.text


def test_pressed_twice_it_is_sent_once(world: World) -> None:
    notice, wati = written(world), seen_by("wati")
    form = form_with(page(wati, f"/notices/{notice.pk}/"), "move-send")

    answers = [wati.post(form.action, form.values) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert notice.copies.count() == 1


def test_an_old_form_is_said_to_be_old(world: World) -> None:
    notice = written(world)

    answer = seen_by("wati").post(f"/notices/{notice.pk}/sending/", {"key": "no"})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("name", "buttons"),
    [
        ("wati", {"move-withdraw"}),
        ("petra", set()),
        ("marco", {"known"}),
    ],
)
def test_each_has_her_own_buttons(world: World, name: str, buttons: set[str]) -> None:
    notice = sent(world)

    drawn = buttons_of(page(seen_by(name), f"/notices/{notice.pk}/"))

    assert {
        button.partition("-")[0] if "known" in button else button for button in drawn
    } == buttons


@pytest.mark.parametrize("name", ["marco", "bruna", "petra", "eve"])
def test_only_a_coordinator_writes(world: World, name: str) -> None:
    client, notice = seen_by(name), written(world)

    assert client.get("/notices/new/").status_code == 403
    assert client.post("/notices/audience/", {"role": "officer"}).status_code == 403
    for act in ("sending", "withdrawal"):
        answer = client.post(
            f"/notices/{notice.pk}/{act}/", {"key": uuid4(), "words": "no"}
        )
        assert answer.status_code in {403, 404}
    notice.refresh_from_db()
    assert notice.state == "draft"


def test_whoever_has_no_copy_does_not_see_it(world: World) -> None:
    notice = sent(world)

    assert seen_by("eve").get(f"/notices/{notice.pk}/").status_code == 404
    assert "Nothing has been said to you yet." in page(seen_by("eve"), "/notices/")


def test_who_is_told_does_not_see_who_else_is(world: World) -> None:
    notice = sent(world, {"is": "role", "of": ["officer", "team"]})

    text = page(seen_by("marco"), f"/notices/{notice.pk}/")

    assert "Bruna" not in text


def test_nobody_acknowledges_for_another(world: World) -> None:
    copy = copy_of(sent(world), world.marco)
    address = f"/copies/{copy.pk}/acknowledgement/"

    answers = [
        seen_by(name).post(address, {"key": uuid4()}) for name in ("petra", "eve")
    ]

    assert [answer.status_code for answer in answers] == [403, 404]


def test_too_late_for_the_old_version_says_so(world: World) -> None:
    old = sent(world)
    marco = seen_by("marco")
    form = form_with(page(marco, f"/notices/{old.pk}/"), _known(world, old))
    next_version(world, old)

    answer = marco.post(form.action, form.values)

    assert answer.status_code == 409
    assert "Read the newer version" in answer.text


def test_the_newer_version_begins_with_the_old_words(world: World) -> None:
    notice, wati = sent(world), seen_by("wati")
    drawn = form_with(page(wati, f"/notices/{notice.pk}/revision/"), "keep-draft")

    wati.post(
        f"/notices/{notice.pk}/revision/",
        {
            **{name: v for name, v in drawn.values.items() if name not in TICKS},
            "new_en": "boats leave at seven",
            "role": "officer",
        },
    )

    new = Notice.objects.get(replaces=notice)
    assert (new.version, new.old_en, new.new_en) == (
        2,
        notice.old_en,
        "boats leave at seven",
    )


def test_begun_twice_is_too_late(world: World) -> None:
    notice, wati = sent(world), seen_by("wati")
    address = f"/notices/{notice.pk}/revision/"
    filled = given(wati, address)
    wati.post(address, filled)

    assert wati.post(address, {**filled, "key": str(uuid4())}).status_code == 409


def test_withdrawn_with_a_reason(world: World) -> None:
    notice, wati = sent(world), seen_by("wati")
    form = form_with(page(wati, f"/notices/{notice.pk}/"), "move-withdraw")
    assert wati.post(form.action, form.values).status_code == 422

    wati.post(form.action, {**form.values, "words": "Calm again"})

    assert "Withdrawn: Calm again" in page(seen_by("marco"), f"/notices/{notice.pk}/")


def test_the_silent_alone(world: World) -> None:
    notice = sent(world, {"is": "role", "of": ["officer", "team"]})
    copies.acknowledge(copy_of(notice, world.marco).pk, actor=world.marco, at=NOON)
    wati = seen_by("wati")

    whole = page(wati, f"/notices/{notice.pk}/")
    silent = page(wati, f"/notices/{notice.pk}/?only=silent")

    assert ("Marco" in whole, "Marco" in silent, "Bruna" in silent) == (
        True,
        False,
        True,
    )


def test_the_pages_speak_indonesian(world: World) -> None:
    notice = sent(world)
    wati = indonesian("wati")

    texts = [
        page(wati, a) for a in ("/notices/", f"/notices/{notice.pk}/", "/notices/new/")
    ]

    assert "Pemberitahuan" in texts[0]
    assert "Dermaga ditutup" in texts[1]
    assert "Siapa yang dituju sekarang" in texts[2]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(world: World, count: int) -> None:
    for _each in range(count):
        sent(world)
    wati = seen_by("wati")

    with CaptureQueriesContext(connection) as asked:
        wati.get("/notices/", headers=HX)

    assert len(asked) == 12


@pytest.mark.parametrize("count", [1, 3])
def test_one_notice_costs_the_same_for_one_and_three(world: World, count: int) -> None:
    teams = [world.boats.pk, world.press.pk, world.kitchen.pk][:count]
    notice = sent(world, {"any": [OFFICERS, {"is": "team", "of": teams}]})
    wati = seen_by("wati")

    with CaptureQueriesContext(connection) as asked:
        wati.get(f"/notices/{notice.pk}/", headers=HX)

    assert len(asked) == 15
