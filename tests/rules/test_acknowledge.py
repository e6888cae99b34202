"""Reading a rule, and knowing who has not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.talks.paper import KEY
from tests.world import NOON, World, make_person
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.rules.commands.acknowledging import acknowledge
from titian.rules.models import Acknowledgement, Article
from titian.rules.queries import for_guest, for_officer, out_of_date, who_has_not_read

TODAY = NOON.date()


@pytest.fixture
def dress(db: None) -> Article:
    return Article.objects.create(topic="dress", text_en="Dress politely.")


def topics(found: object) -> list[str]:
    return [told.article.topic for told in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid"])
def test_the_guest_says_it_or_the_officer_on_her_word(
    world: World, dress: Article, who: str
) -> None:
    acknowledge(dress.pk, world.arunika.pk, actor=getattr(world, who), at=NOON)

    read = Acknowledgement.objects.get()
    assert (read.person_id, read.read_at) == (world.ingrid.person_id, NOON)
    (told,) = for_guest(world.arunika, TODAY, person_id=world.ingrid.person_id)
    assert told.read_at == NOON


@pytest.mark.parametrize("who", ["marco", "bruna", "wati", "eve"])
def test_nobody_reads_for_her(world: World, dress: Article, who: str) -> None:
    with pytest.raises(Forbidden):
        acknowledge(dress.pk, world.arunika.pk, actor=getattr(world, who), at=NOON)

    assert Acknowledgement.objects.count() == 0


def test_eve_reads_for_arunika_in_no_disguise(world: World, dress: Article) -> None:
    for actor in world.nobodies().values():
        with pytest.raises(Forbidden):
            acknowledge(dress.pk, world.arunika.pk, actor=actor, at=NOON)


@pytest.mark.parametrize("key", [KEY, None])
def test_read_twice_is_read_once(world: World, dress: Article, key: object) -> None:
    for _again in range(2):
        acknowledge(
            dress.pk,
            world.arunika.pk,
            actor=world.ingrid,
            at=NOON,
            key=key,  # type: ignore[arg-type]
        )

    assert list(Entry.objects.values_list("verb", flat=True)) == ["rule.acknowledged"]


def test_a_rule_of_the_hosts_is_not_the_guests_to_read(world: World) -> None:
    duty = Article.objects.create(topic="radio", text_en="Licence.", side="host")

    with pytest.raises(Article.DoesNotExist):
        acknowledge(duty.pk, world.arunika.pk, actor=world.ingrid, at=NOON)


def test_the_officer_sees_who_has_not(world: World, dress: Article) -> None:
    make_person("Olav", world.arunika.party, world.arunika)
    before = [left.person.display for left in who_has_not_read(world.arunika, TODAY)]

    acknowledge(dress.pk, world.arunika.pk, actor=world.ingrid, at=NOON)

    after = who_has_not_read(world.arunika, TODAY)
    assert before == ["Ingrid", "Olav"]
    assert [(left.person.display, left.read, left.of) for left in after] == [
        ("Olav", 0, 1)
    ]


def test_what_was_read_elsewhere_is_not_read_here(world: World, dress: Article) -> None:
    other = world.event
    acknowledge(dress.pk, world.arunika.pk, actor=world.ingrid, at=NOON)
    other.pk, other.code = None, "other-games"
    other.save()
    Acknowledgement.objects.update(event=other)

    (left,) = who_has_not_read(world.arunika, TODAY)
    assert left.person.display == "Ingrid"


def test_the_guest_reads_what_concerns_her_and_the_officer_more(
    world: World, dress: Article
) -> None:
    Article.objects.create(topic="asean", text_en="No visa.", audience="asean")
    Article.objects.create(topic="radio", text_en="Licence.", side="host")

    assert topics(for_guest(world.arunika, TODAY)) == ["dress"]
    assert topics(for_officer(world.arunika, TODAY)) == ["dress", "radio"]


def test_what_is_past_is_flagged_for_whoever_keeps_the_base(world: World) -> None:
    yesterday = TODAY - timedelta(days=1)
    past = Article.objects.create(topic="ferry", text_en="Ferry.", valid_to=yesterday)

    assert (out_of_date(TODAY), out_of_date(yesterday)) == ([past], [])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_rules_costs_two_queries(world: World, count: int) -> None:
    for number in range(count):
        Article.objects.create(topic=f"rule-{number}", text_en="Rule.")

    with CaptureQueriesContext(connection) as asked:
        found = for_guest(world.arunika, TODAY, person_id=world.ingrid.person_id)

    assert (len(found), len(asked)) == (count, 2)
