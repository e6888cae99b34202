"""Taking an officer off duty on the page: look first, choose, press once."""

import pytest

from tests.foresight.week import Week, make_week, proposal_of
from tests.web.pressing import form_with, indonesian, seen_by
from tests.world import HOUR, NOON, World
from titian.foresight.commands.cover import accept
from titian.people.models import Absence, Duty, Officer

HOURS = {"from": "2027-05-01T12:00", "until": "2027-05-02T12:00"}


@pytest.fixture
def ill(world: World) -> Officer:
    week: Week = make_week(world, officers=22)
    accept(proposal_of(week).pk, actor=world.wati, at=NOON)
    sides = Duty.objects.exclude(delegation__party__code="ARN")  # few speak for them
    running = sides.filter(
        withdrawn_at=None, mode="attached", ends_at__gt=NOON + 2 * HOUR
    )
    return running.order_by("starts_at", "pk")[0].officer


def address(ill: Officer) -> str:
    return f"/officers/{ill.pk}/absence/"


def test_first_what_breaks_and_the_ways_to_mend_it(ill: Officer, world: World) -> None:
    page = seen_by("wati").get(address(ill), HOURS).text

    assert "The smallest ways to mend it" in page
    assert page.count('name="mend"') == 4  # three ways, and to leave it open
    assert Absence.objects.count() == 0


def test_then_one_press(ill: Officer, world: World) -> None:
    client = seen_by("wati")
    form = form_with(client.get(address(ill), HOURS).text, "take-off")

    answer = client.post(address(ill), {**form.values, "words": "fever"}, follow=True)

    assert "is off duty; all whom it touches are told." in answer.text
    assert Absence.objects.get().officer == ill


def test_in_indonesian_as_well(ill: Officer, world: World) -> None:
    page = indonesian("wati").get(address(ill), HOURS).text

    assert "Cara terkecil" in page
    assert "The smallest" not in page


def test_without_a_reason_nothing_is_done(ill: Officer, world: World) -> None:
    client = seen_by("wati")
    form = form_with(client.get(address(ill), HOURS).text, "take-off")

    answer = client.post(address(ill), {**form.values, "words": ""})

    assert (answer.status_code, Absence.objects.count()) == (422, 0)


def test_what_is_seen_too_late_is_said(ill: Officer, world: World) -> None:
    client = seen_by("wati")
    form = form_with(client.get(address(ill), HOURS).text, "take-off")
    Duty.objects.filter(officer=ill).update(withdrawn_at=NOON)

    answer = client.post(address(ill), {**form.values, "words": "fever"})

    assert answer.status_code == 409
    assert "This is how it stands now" in answer.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"from": "yesterday", "until": HOURS["until"]}, "is no day and hour"),
        ({"from": HOURS["until"], "until": HOURS["from"]}, "the end after the start"),
    ],
)
def test_hours_that_mean_nothing_are_told(
    ill: Officer, world: World, given: dict[str, str], sentence: str
) -> None:
    answer = seen_by("wati").get(address(ill), given)

    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(("name", "status"), [("marco", 403), ("bruna", 403)])
def test_it_is_the_coordinators(
    ill: Officer, world: World, name: str, status: int
) -> None:
    assert seen_by(name).get(address(ill), HOURS).status_code == status
