"""A guest says more on what she has asked: the words stand with the first ones."""

from django.test import Client

from tests.api.test_feed import feed
from tests.loop.stories import passed
from tests.web.pressing import form_with, seen_by
from tests.world import WORDS, World
from titian.loop.models import Ask

INGRID = "/g/ingrid/"


def test_what_she_adds_is_read_with_her_first_words_by_all_who_have_it(
    world: World,
) -> None:
    ask = passed(world)
    guest = Client(headers={"accept-language": "en"})
    form = form_with(guest.get(INGRID).text, f"add-{ask.pk}")

    empty = guest.post(form.action, form.values)
    guest.post(form.action, {**form.values, "more": "And a third boat"})

    assert (empty.status_code, Ask.objects.get().words) == (422, WORDS)
    assert "You added, 12:00: And a third boat" in guest.get(INGRID).text
    assert feed(seen_by("marco"))["asks"][0]["more"][0][0] == "And a third boat"
    assert "And a third boat</q>" in seen_by("bruna").get(f"/asks/{ask.pk}/").text
