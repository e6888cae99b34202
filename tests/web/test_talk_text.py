"""The page of the one text: both sides read what changed, others do not find it."""

from tests.talks.bridge import make_table
from tests.talks.test_clauses import FIRST, LATER
from tests.web.pressing import form_with, seen_by
from tests.world import NOON, World
from titian.talks.commands.texts import lay_text


def test_a_side_writes_on_it_and_the_other_reads_what_changed(world: World) -> None:
    table = make_table(world)
    lay_text(table.talk.pk, FIRST, answers=0, actor=table.olav, at=NOON)
    page, eve = f"/talks/{table.talk.pk}/text/", seen_by("eve")
    form = form_with(eve.get(page).text, "lay-text")

    eve.post(page, form.values | {"text": LATER})
    late = eve.post(
        page,
        form.values
        | {"text": "Mine alone", "key": form.values["key"].replace("-", "")[::-1]},
    )

    read = seen_by("olav").get(page).text
    assert "<del>four</del>" in read and "<ins>six</ins>" in read
    assert (late.status_code, "Mine alone" in late.text) == (409, True)


def test_the_coordinator_finds_no_text(world: World) -> None:
    table = make_table(world)

    assert seen_by("wati").get(f"/talks/{table.talk.pk}/text/").status_code == 404


def test_who_mediates_is_led_to_no_preferences_of_her_own(world: World) -> None:
    talk = make_table(world).talk
    petra = seen_by("petra")

    for page in ("", "text/", "map/", "packages/"):
        assert "/preferences/" not in petra.get(f"/talks/{talk.pk}/{page}").text
