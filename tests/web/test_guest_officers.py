"""After a hand-over the guest reads first who is with her now."""

import re

from django.test import Client

from tests.api.test_feed import feed
from tests.loop.relieving import make_relief, taken
from tests.web.pressing import seen_by
from tests.world import World


def test_who_took_over_stands_first_and_the_other_reads_who_it_is(
    world: World,
) -> None:
    taken(world, make_relief(world))

    page = Client(headers={"accept-language": "en"}).get("/g/ingrid/").text

    named = re.findall(r'<p class="b">(Marco|Nora)</p><p class="dim sm">([^<]*)', page)
    assert named == [("Nora", "relief, with you now"), ("Marco", "primary")]
    assert feed(seen_by("marco"))["with_them"] == "Nora"
    assert feed(seen_by("nora"))["with_them"] == ""
