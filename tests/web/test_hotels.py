"""Hotels on the page: shared out, lost, and more people than planned."""

import pytest

from tests.foresight.test_rooms import town
from tests.web.pressing import form_with, indonesian, seen_by
from tests.world import World
from titian.logistics.models import Block, Stay

__all__ = ["town"]


def test_the_page_shares_the_free_rooms_out(town: World) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get("/hotels/").text, "share")
    page = wati.post(form.action, form.values, follow=True).text
    accept = form_with(page, "accept")

    answer = wati.post(accept.action, accept.values, follow=True).text

    assert "no room is given twice" in page
    assert "The rooms are promised; their LOs are told." in answer
    assert Stay.objects.filter(delegation=town.selaya).count() == 1


def test_a_proposal_that_is_old_is_refused(town: World) -> None:
    wati = seen_by("wati")
    form = form_with(wati.get("/hotels/").text, "share")
    accept = form_with(wati.post(form.action, form.values, follow=True).text, "accept")
    Block.objects.update(rooms=7)

    answer = wati.post(accept.action, accept.values)

    assert (answer.status_code, Stay.objects.count()) == (409, 1)


def test_a_lost_hotel_shows_the_ways_then_one_press(town: World) -> None:
    wati, address = seen_by("wati"), f"/hotels/{town.hotel.pk}/loss/"
    page = wati.get(address).text
    form = form_with(page, "lose")

    answer = wati.post(address, form.values, follow=True).text

    assert "Arunika has no rooms" in page and "The ship" in page
    assert "is out of use; all whom it touches are told." in answer
    assert Stay.objects.get().place.name == "The ship"


def test_seen_too_late_is_said(town: World) -> None:
    wati, address = seen_by("wati"), f"/hotels/{town.hotel.pk}/loss/"
    form = form_with(wati.get(address).text, "lose")
    Block.objects.filter(category="cabin").update(rooms=1)

    assert wati.post(address, form.values).status_code == 409


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ({"people": "30"}, 200, "9 rooms are short where it sleeps"),
        ({"people": "0"}, 422, "Say how many people more"),
        ({"people": "many"}, 422, "Say how many people more"),
    ],
)
def test_more_people_show_what_is_short_and_where_there_is_room(
    town: World, given: dict[str, str], status: int, words: str
) -> None:
    asked = {**given, "delegation": str(town.arunika.pk)}
    answer = seen_by("wati").get("/hotels/demand/", asked)

    assert (answer.status_code, words in answer.text) == (status, True)
    assert ("25 minutes away" in answer.text) == (status == 200)


def test_in_indonesian_as_well(town: World) -> None:
    page = indonesian("wati").get(f"/hotels/{town.hotel.pk}/loss/").text

    assert "Cara terkecil" in page and "tidak punya kamar" in page


def test_who_sleeps_where_is_the_host_teams(town: World) -> None:
    assert seen_by("marco").get("/hotels/").status_code == 403
    assert seen_by("bruna").get("/hotels/").status_code == 200
    assert seen_by("bruna").get(f"/hotels/{town.hotel.pk}/loss/").status_code == 403
