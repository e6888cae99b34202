"""What no page of ours sends: each answered as what it is, and none of it a crash."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.scene import make_arrival
from tests.web.pressing import seen_by
from tests.world import World, make_party
from titian.loop.models import Ask
from titian.people.models import Delegation
from titian.web.live.stream import BEAT_SECONDS, beat_of, cursor_of

TOO_FAR = 2**63
"""One more than both databases count."""
NUMBERS = ["²", "9" * 19, "9" * 5000, "-1", "", "abc"]


@pytest.mark.parametrize(
    "address",
    [
        "/asks/{n}/",
        "/agreements/{n}/lines/1/",
        "/agreements/{n}/lines/1/evidence/1/",
        "/delegations/{n}/",
        "/delegations/{n}/aside/",
        "/journeys/{n}/expectation/",
        "/room/lines/{n}/",
    ],
)
def test_a_row_further_than_anybody_counts_is_404(world: World, address: str) -> None:
    assert seen_by("wati").get(address.format(n=TOO_FAR)).status_code == 404


@pytest.mark.parametrize("address", ["/room/lines/{n}/", "/delegations/{n}/aside/"])
def test_who_has_no_row_on_the_board_is_404_beside_it(
    world: World, address: str
) -> None:
    daily = make_party("DAY", "The Lagoon Daily", "media")
    media = Delegation.objects.create(party=daily, event=world.event)

    assert seen_by("wati").get(address.format(n=media.pk)).status_code == 404


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "address", ["/delegations/{pk}/people/?after={n}", "/notices/new/?closure={n}"]
)
def test_what_is_no_number_in_an_address_is_as_if_it_were_not_there(
    world: World, address: str, number: str
) -> None:
    answer = seen_by("wati").get(address.format(pk=world.arunika.pk, n=number))

    assert answer.status_code == 200


@pytest.mark.parametrize("year", ["0001", "0022", "9999"])
@pytest.mark.parametrize("far", ["-01-01T00:00", "-12-31T23:59"])
def test_a_year_nobody_means_is_a_sentence(world: World, year: str, far: str) -> None:
    journey = make_arrival(world)

    answer = seen_by("wati").post(
        f"/journeys/{journey.pk}/expectation/", {"expected_at": year + far}
    )

    assert (answer.status_code, "is no day and hour" in answer.text) == (422, True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "today"])
def test_the_programme_of_no_day_is_a_page_all_the_same(world: World, day: str) -> None:
    assert seen_by("wati").get(f"/programme/?day={day}").status_code == 200


@pytest.mark.parametrize("number", NUMBERS)
def test_a_link_for_nobody_is_a_sentence(world: World, number: str) -> None:
    answer = seen_by("wati").post(
        f"/delegations/{world.arunika.pk}/links/", {"person": number}, follow=True
    )

    assert (answer.status_code, "Choose for whom the link is." in answer.text) == (
        200,
        True,
    )


@pytest.mark.parametrize(
    ("since", "cursor"),
    [(b"41", 41), ("²".encode(), None), (b"9" * 5000, None), (b"%ff\xff", None)],
)
def test_a_stream_begins_where_the_page_says_or_now(
    since: bytes, cursor: int | None
) -> None:
    scope = {"query_string": b"since=" + since, "headers": []}

    assert cursor_of(scope) == cursor


@pytest.mark.parametrize("beat", [b"", "²".encode(), b"9" * 5000, b"-3", b"nan"])
def test_a_beat_that_is_no_number_is_the_slow_one(beat: bytes) -> None:
    assert beat_of({"query_string": b"beat=" + beat}) == BEAT_SECONDS[1]


@pytest.mark.parametrize(
    ("who", "method", "address", "words"),
    [
        ("", "post", "/g/ingrid/asks/", {"words": "two\0boats"}),
        ("wati", "get", "/search/", {"q": "Ing\0rid"}),
        ("wati", "get", "/incidents/affected/", {"near": "\0"}),
        ("marco", "post", "/asks/new/", {"words": "two\0boats"}),
    ],
)
def test_a_sign_no_keyboard_has_is_a_sentence_and_nothing_is_kept(
    world: World, who: str, method: str, address: str, words: dict[str, str]
) -> None:
    client = seen_by(who) if who else Client(headers={"accept-language": "en"})

    answer = getattr(client, method)(address, words | {"key": str(uuid4())})

    assert (answer.status_code, Ask.objects.count()) == (400, 0)
    assert "Nothing was kept of it." in answer.text
