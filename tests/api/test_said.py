"""What a phone keeps of a word: who said it, where, by what means, and how openly."""

from tests.api.test_acts import act, send
from tests.api.test_feed import feed
from tests.loop.stories import said
from tests.web.pressing import seen_by
from tests.world import HOUR, NOON, WORDS, World, make_person
from titian.loop.commands import promises
from titian.loop.models import Ask
from titian.people.models import FocalPoint, Member


def test_where_it_was_said_is_kept_with_the_words(world: World) -> None:
    word = {"on_word_of": world.ingrid.person_id, "means": "face"}
    given = {"words": WORDS, "channel": "face", "where": "Car 2"}

    kept = act("ask.ask", world.arunika.pk, arguments=given, **word)
    send(seen_by("marco"), kept)

    shown = feed(seen_by("marco"))["asks"][0]
    assert (shown["said_where"], shown["came"]) == ("Car 2", "face to face")


def test_what_is_not_official_is_passed_on_as_that(world: World) -> None:
    ask = said(world)
    topic = {"team_id": world.boats.pk, "is_private": True}

    send(seen_by("marco"), act("ask.pass_on", ask.pk, arguments=topic))

    assert Ask.objects.get().is_private
    assert feed(seen_by("marco"))["asks"][0]["private"]


def test_a_word_may_be_the_heads_or_any_members_not_only_the_liaisons(
    world: World,
) -> None:
    lena = make_person("Lena", world.arunika.party, world.arunika)
    Member.objects.filter(person=lena).update(group="head")
    point = make_person("Pia", world.arunika.party, world.arunika)
    FocalPoint.objects.create(delegation=world.arunika, person=point)

    named = [one["name"] for one in feed(seen_by("marco"))["guests"]]

    assert named == ["Pia", "Lena", "Ingrid"]


def test_of_a_broken_promise_the_phone_says_that_the_guest_has_heard_it(
    world: World,
) -> None:
    promise = promises.promise(
        world.arunika.pk, "A ramp", due_at=NOON + HOUR, actor=world.marco, at=NOON
    )
    phone = seen_by("marco")
    why = {"words": "No wood; a chair instead"}

    send(phone, act("promise.break_off", promise.pk, arguments=why))
    owed = feed(phone)["promises"]
    send(phone, act("promise.give_word", promise.pk))

    assert [(one["broken"], one["why"]) for one in owed] == [(True, why["words"])]
    assert feed(phone)["promises"] == []
