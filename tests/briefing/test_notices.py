"""Wati tells who is touched; each has a copy, and each version a yes of its own."""

from uuid import uuid4

import pytest

from tests.briefing.told import (
    OFFICERS,
    WORDS,
    add_officer,
    copy_of,
    do_all,
    names,
    next_version,
    sent,
    written,
)
from tests.world import MINUTE, NOON, World
from titian.briefing.audience import BadRule
from titian.briefing.commands import copies, notices
from titian.briefing.models import Copy, Notice, Preference
from titian.briefing.wording import Unsaid, Wording
from titian.channels import memory
from titian.kernel import journal
from titian.kernel.actor import HOUSE
from titian.kernel.consequences import claim
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence, Entry, Priority
from titian.kernel.policy import Forbidden

SELAYA_TOO = {"is": "role", "of": ["officer", "guest"]}


@pytest.fixture(autouse=True)
def by_memory(settings: object) -> None:
    """Nothing leaves: what would have been sent is remembered."""
    settings.CHANNELS = {"email": "titian.channels.memory"}  # type: ignore[attr-defined]
    memory.sent.clear()


def addressees() -> list[str]:
    return [letter.address for letter in memory.sent]


def test_what_the_author_leaves_out_is_put_together(world: World) -> None:
    notice = written(world)

    assert notice.brief_en == (
        "Pier closed: boats leave from the pier → boats leave from the beach. "
        "meet at the beach gate."
    )
    assert notice.formal_id.splitlines()[-1] == (
        "Mohon konfirmasi bahwa Anda sudah membaca pemberitahuan ini. Terima kasih."
    )


@pytest.mark.parametrize(
    "words",
    [
        Wording(new_en="b", reason_en="c"),
        Wording(title_en="a", reason_en="c"),
        Wording(title_en="a", new_en="b"),
    ],
)
def test_title_news_and_reason_must_be_said(world: World, words: Wording) -> None:
    with pytest.raises(Unsaid):
        notices.compose(
            world.event.pk,
            notices.Composed(words, OFFICERS),
            actor=world.wati,
            at=NOON,
        )


def test_a_draft_reaches_nobody(world: World) -> None:
    written(world)
    do_all(world)

    assert (Copy.objects.count(), addressees()) == (0, [])


def test_sending_freezes_who_is_meant(world: World) -> None:
    notice = sent(world)
    add_officer(world, "Sinta", world.selaya)

    assert names(notice) == ["Marco"]


def test_each_copy_goes_once(world: World) -> None:
    notice = sent(world, SELAYA_TOO)
    do_all(world)
    do_all(world)

    assert sorted(addressees()) == [
        "eve@example.org",
        "ingrid@example.org",
        "marco@example.org",
    ]
    assert {copy.state for copy in notice.copies.all()} == {"sent"}


def test_the_same_copy_handled_twice_is_one_letter(world: World) -> None:
    sent(world)
    do_all(world)
    Consequence.objects.update(done_at=None, leased_until=None)
    Copy.objects.update(sent_at=None)

    do_all(world)

    assert addressees() == ["marco@example.org"]


def test_each_reads_it_in_her_language(world: World) -> None:
    world.officer.person.languages = {"en": "C1"}
    world.officer.person.save()
    sent(world, SELAYA_TOO)
    do_all(world)

    subjects = {one.address: one.words.subject for one in memory.sent}

    assert subjects["marco@example.org"] == "N-0001 Pier closed"
    assert subjects["ingrid@example.org"] == "N-0001 Dermaga ditutup"


def test_by_telephone_it_is_brief(world: World, settings: object) -> None:
    settings.CHANNELS = {  # type: ignore[attr-defined]
        "email": "titian.channels.memory",
        "sms": "titian.channels.memory",
    }
    world.officer.person.phone = "+62 899 0000 1001"
    world.officer.person.save()
    Preference.objects.create(person=world.officer.person, channels=["sms"])
    notice = sent(world)
    do_all(world)

    assert [one.words.text for one in memory.sent] == [notice.brief_id]
    assert copy_of(notice, world.marco).sent_by == "sms"


def test_nobody_meant_is_nothing_sent(world: World) -> None:
    draft = written(world, {"is": "team", "of": [world.selaya.party_id]})

    with pytest.raises(notices.Nobody):
        notices.send(draft.pk, actor=world.wati, at=NOON)


def test_without_an_address_it_failed_and_waits_inside(world: World) -> None:
    world.officer.person.email = ""
    world.officer.person.save()
    notice = sent(world)
    do_all(world)

    copy = copy_of(notice, world.marco)

    assert (copy.state, copy.trouble) == ("failed", "no_address")


@pytest.mark.parametrize("who", ["marco", "ingrid", "bruna", "petra", "eve"])
def test_only_a_coordinator_writes_sends_and_withdraws(world: World, who: str) -> None:
    draft, actor = written(world), getattr(world, who)
    composed = notices.Composed(WORDS, OFFICERS)

    with pytest.raises(Forbidden):
        notices.compose(world.event.pk, composed, actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        notices.revise(draft.pk, composed, actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        notices.send(draft.pk, actor=actor, at=NOON)
    with pytest.raises(Forbidden):
        notices.withdraw(draft.pk, "no", actor=actor, at=NOON)


def test_a_retry_changes_nothing(world: World) -> None:
    keys = [uuid4() for _ in range(3)]
    composed = notices.Composed(WORDS, OFFICERS)
    for _twice in range(2):
        draft = notices.compose(
            world.event.pk, composed, actor=world.wati, at=NOON, key=keys[0]
        )
        notices.send(draft.pk, actor=world.wati, at=NOON, key=keys[1])
        copy = copy_of(draft, world.marco)
        copies.acknowledge(copy.pk, actor=world.marco, at=NOON, key=keys[2])

    verbs = ["notice.composed", "notice.sent", "copy.acknowledged"]
    assert list(Entry.objects.values_list("verb", flat=True)) == verbs


def test_it_is_sent_once(world: World) -> None:
    notice = sent(world)

    with pytest.raises(IllegalMove):
        notices.send(notice.pk, actor=world.wati, at=NOON)


def test_the_newer_version_replaces_and_the_old_yes_counts_for_nothing(
    world: World,
) -> None:
    old = sent(world)
    copies.acknowledge(copy_of(old, world.marco).pk, actor=world.marco, at=NOON)

    new = next_version(world, old)

    old.refresh_from_db()
    assert (old.state, new.version, new.code) == ("superseded", 2, old.code)
    assert copy_of(new, world.marco).acknowledged_at is None


def test_an_old_copy_cannot_be_acknowledged(world: World) -> None:
    old = sent(world)
    next_version(world, old)

    with pytest.raises(copies.Outdated, match="newer version"):
        copies.acknowledge(copy_of(old, world.marco).pk, actor=world.marco, at=NOON)


def test_whoever_had_the_old_one_gets_the_new_one(world: World) -> None:
    old = sent(world)

    new = next_version(world, old, {"is": "team", "of": [world.boats.pk]})

    assert names(new) == ["Bruna", "Marco"]
    assert copy_of(new, world.marco).why == [
        ["had the version before", "sudah menerima versi sebelumnya"]
    ]


def test_what_was_replaced_while_it_queued_does_not_go(world: World) -> None:
    next_version(world, sent(world))
    do_all(world)

    assert len(memory.sent) == 1


def test_the_next_version_is_begun_once(world: World) -> None:
    notice, composed = sent(world), notices.Composed(WORDS, OFFICERS)
    notices.revise(notice.pk, composed, actor=world.wati, at=NOON)

    with pytest.raises(notices.AlreadyRevised):
        notices.revise(notice.pk, composed, actor=world.wati, at=NOON)


def test_withdrawn_is_told_to_whoever_had_it_and_stops_the_rest(world: World) -> None:
    notice = sent(world)
    do_all(world)
    notices.withdraw(notice.pk, "the waves are gone", actor=world.wati, at=NOON)
    do_all(world)

    words = [letter.words.text for letter in memory.sent]

    assert len(words) == 2
    assert "Alasannya: the waves are gone\n" in words[1]


def test_withdrawn_before_it_left_tells_nobody(world: World) -> None:
    notices.withdraw(sent(world).pk, "an error", actor=world.wati, at=NOON)
    do_all(world)

    assert addressees() == []


def test_a_rule_is_checked_before_it_is_kept(world: World) -> None:
    with pytest.raises(BadRule):
        written(world, {"is": "weather"})
    assert Notice.objects.count() == 0


def test_an_exercise_says_so(world: World) -> None:
    sent(world, is_exercise=True)
    do_all(world)

    assert memory.sent[0].words.subject.startswith("LATIHAN: ")


def test_the_muster_goes_before_two_thousand_copies(world: World) -> None:
    sent(world)
    handler = "titian.loop.timers.answer_due"
    journal.write(
        "roll.rung",
        world.arunika,
        actor=HOUSE,
        at=NOON,
        owe=[(handler, NOON + MINUTE)],
    )

    first = claim(world.event, at=NOON + MINUTE)

    assert first is not None
    assert (first.handler, first.priority) == (handler, Priority.FIRST)


def test_its_news_reaches_whoever_has_a_copy_or_all_if_those_are_many(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = sent(world)
    assert notice.topics == [f"person:{world.marco.person_id}"]

    monkeypatch.setattr("titian.briefing.models.notice.MANY", 0)

    assert notice.topics == [f"programme:{world.event.pk}"]
