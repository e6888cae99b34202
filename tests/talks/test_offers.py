"""The ledger: made, answered, accepted once, lapsed honestly, stuck, walked away."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail

from tests.talks.bridge import Table
from tests.talks.paper import work_until
from tests.world import HOUR, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.talks.commands import offers, talking
from titian.talks.commands.offers import Senseless
from titian.talks.ledger import standpoints, versions_of
from titian.talks.models import Issue, Offer, Talk

KEY = UUID(int=62)


def test_a_counter_offer_is_the_next_version_and_says_what_changed(
    table: Table,
) -> None:
    first = table.offered(table.olav, table.terms(2, 0))
    table.offered(table.eve, table.terms(1, 0, answers_id=first.pk))

    newest, older = versions_of(table.talk, NOON)

    assert [older.offer.state, newest.offer.state] == ["countered", "open"]
    assert [term.is_changed for term in newest.terms] == [True, False]


def test_what_is_accepted_is_locked_and_settles_the_talk(table: Table) -> None:
    made = table.offered(table.olav, table.terms(1, 1))

    offers.accept(made.pk, actor=table.eve, at=NOON)

    table.talk.refresh_from_db()
    table.oars.refresh_from_db()
    assert (table.talk.state, table.oars.agreed_on_id) == (
        "settled",
        table.option(table.oars, 1),
    )
    with pytest.raises(IllegalMove):
        table.offered(table.olav, table.terms(0, 0))


def test_an_agreed_point_cannot_be_offered_anew(table: Table) -> None:
    part = offers.Terms([table.option(table.oars, 1)])
    offers.accept(table.offered(table.olav, part).pk, actor=table.eve, at=NOON)

    with pytest.raises(IllegalMove):
        table.offered(table.eve, table.terms(0, 0))


def test_of_two_accepts_at_once_one_agrees_and_the_other_is_told(table: Table) -> None:
    ours = table.offered(table.olav, table.terms(1, 1))
    theirs = table.offered(table.eve, table.terms(0, 0))
    offers.accept(ours.pk, actor=table.eve, at=NOON)

    with pytest.raises(IllegalMove):
        offers.accept(theirs.pk, actor=table.olav, at=NOON)

    theirs.refresh_from_db()
    assert theirs.state == "overtaken"


def test_an_acceptance_heard_too_late_goes_back_as_an_offer(
    table: Table, world: World
) -> None:
    made = table.offered(table.olav, table.terms(1, 1, expires_at=NOON + HOUR))
    world.event.set_clock(reads=NOON + 2 * HOUR, speed=0, real=NOON)
    world.event.save()

    back = offers.accept(made.pk, actor=table.eve, at=NOON + HOUR / 2, key=KEY)
    again = offers.accept(made.pk, actor=table.eve, at=NOON + HOUR / 2, key=KEY)

    made.refresh_from_db()
    assert (made.state, back.state, back.side, back.answers_id) == (
        "lapsed",
        "open",
        "b",
        made.pk,
    )
    assert (again.pk, table.oars.is_agreed) == (back.pk, False)
    assert set(back.options.all()) == set(made.options.all())


def test_an_offer_lapses_at_its_hour(table: Table, world: World) -> None:
    made = table.offered(table.olav, table.terms(1, 1, expires_at=NOON + HOUR))

    work_until(world, NOON + HOUR)

    made.refresh_from_db()
    assert made.state == "lapsed"


def test_a_side_does_not_accept_its_own_offer(table: Table) -> None:
    made = table.offered(table.olav, table.terms(1, 1))

    for actor in (table.olav, table.petra, table.tor):
        with pytest.raises(Forbidden):
            offers.accept(made.pk, actor=actor, at=NOON)


@pytest.mark.parametrize("case", ["none", "two", "past"])
def test_an_offer_that_cannot_be_meant_is_refused(table: Table, case: str) -> None:
    of_oars = list(table.oars.options.values_list("pk", flat=True))
    terms = {
        "none": offers.Terms([]),
        "two": offers.Terms(of_oars[:2]),
        "past": table.terms(0, 0, expires_at=NOON - HOUR),
    }[case]

    with pytest.raises(Senseless):
        table.offered(table.olav, terms)


def test_a_topic_that_lies_still_is_named_with_both_positions(
    table: Table, world: World
) -> None:
    first = table.offered(table.olav, table.terms(2, 0))
    table.offered(table.eve, table.terms(0, 0, answers_id=first.pk))

    work_until(world, NOON + timedelta(hours=48))

    told = Entry.objects.filter(verb="issue.stuck").values_list("subject_id", flat=True)
    sides = [one.words for one in standpoints(Issue.objects.get(pk=table.oars.pk))]
    assert set(told) == {table.oars.pk, table.towels.pk}
    assert sides == ["six", "two"]
    (letter,) = [
        one
        for one in mail.outbox
        if one.to == ["eve@example.org"] and "“Oars”" in one.subject
    ]
    assert "six" in str(letter.body)
    assert "two" in str(letter.body)


def test_who_walks_away_says_why_and_may_come_back(table: Table) -> None:
    talking.walk_away(table.talk.pk, "No oars, no talk", actor=table.eve, at=NOON)

    with pytest.raises(IllegalMove):
        table.offered(table.olav, table.terms(0, 0))
    assert Talk.objects.get().broken_words == "No oars, no talk"

    talking.come_back(table.talk.pk, actor=table.olav, at=NOON)
    assert table.offered(table.olav, table.terms(0, 0)).state == "open"


def test_a_withdrawn_offer_stays_in_the_ledger(table: Table) -> None:
    made = table.offered(table.olav, table.terms(1, 1))

    offers.withdraw(made.pk, actor=table.olav, at=NOON)

    assert Offer.objects.get().state == "withdrawn"
