"""A machine's proposal: marked, taken over by a person, never given what is shut."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.api.test_acts import act, outcomes, send
from tests.channels.servers import Answer, Call, Provider, provider, says
from tests.loop.drills import alarm
from tests.loop.stories import all_done, in_hand, passed, said
from tests.web.pressing import form_with, seen_by
from tests.world import NOON, WORDS, World, make_party
from titian.intake.examining import examine
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Entry
from titian.kernel.policy import Forbidden
from titian.loop.commands import asks, drafts
from titian.loop.drafting import may_leave
from titian.loop.history import history_of
from titian.loop.models import Ask, Draft
from titian.people.models import Party

SAID = "Six boats at noon"


def answers(call: Call) -> Answer:
    return says(200, {"choices": [{"message": {"content": SAID}}]})


@pytest.fixture
def machine(settings: Settings) -> Iterator[Provider]:
    with provider(answers) as one:
        settings.CONNECTOR = {
            "url": one.address,
            "kind": "openai",
            "key": "",
            "model": "small",
        }
        yield one


def made(world: World, ask: Ask, wish: str = "translation") -> Draft:
    """Marco wished for it and the machine has answered."""
    draft = drafts.want(ask.pk, wish, "en", actor=world.marco, at=NOON)
    all_done(world, NOON)
    draft.refresh_from_db()
    return draft


def test_the_machine_gets_the_words_and_no_name(
    world: World, machine: Provider
) -> None:
    draft = made(world, passed(world))

    [call] = machine.calls
    assert (draft.words, call.json["messages"][1]["content"]) == (SAID, WORDS)
    sent = call.body.decode()
    assert not any(one in sent for one in ("Ingrid", "Marco", "Arunika", "A-0001"))


def test_a_proposal_moves_nothing_until_somebody_takes_it_over(
    world: World, machine: Provider
) -> None:
    ask = passed(world)
    draft = made(world, ask)
    ask.refresh_from_db()
    assert (ask.gloss, ask.state) == ("", "passed")

    drafts.take_over(ask.pk, draft.pk, actor=world.marco, at=NOON)

    ask.refresh_from_db()
    assert (ask.gloss, ask.gloss_is_machine) == (SAID, False)
    assert ask.gloss_by_id == world.marco.person_id
    verbs = [line.verb for line in history_of(ask, world.marco)][:3]
    assert verbs == ["ask.draft_taken", "ask.draft_made", "ask.draft_wanted"]


def test_a_draft_of_an_answer_is_only_put_into_the_form(
    world: World, machine: Provider
) -> None:
    ask = in_hand(world)
    draft = made(world, ask, "draft")
    drafts.take_over(ask.pk, draft.pk, actor=world.bruna, at=NOON)

    ask.refresh_from_db()
    assert (ask.state, ask.answer_words) == ("in_hand", "")
    page = seen_by("bruna").get(f"/asks/{ask.pk}/").text
    assert f'name="words" required>{SAID}</textarea>' in page


def test_the_guest_never_sees_a_proposal(world: World, machine: Provider) -> None:
    ask = in_hand(world)
    made(world, ask, "draft")

    assert SAID not in seen_by("marco").get("/g/ingrid/").text
    assert Draft.objects.visible_to(world.ingrid).count() == 0


def shut(world: World, how: str) -> Ask:
    """An ask whose words must stay, each for another reason."""
    if how == "alarm":
        return alarm(world).ask
    ask = passed(world)
    code = {"medical": "MED", "security": "SEC", "political": "PRO", "press": "PRS"}
    if how == "private":
        ask.is_private = True
    elif how == "emergency":
        ask.urgency = Ask.Urgency.EMERGENCY
    elif how == "by its words":
        team = make_party("MED", "Medical", Party.Kind.TEAM)
        world.event.ask_topics.create(
            code="ill", name_en="Illness", team=team, keywords=[WORDS.split()[0]]
        )
    elif how.startswith("informed"):
        ask.informed.add(make_party("MED", "Medical", Party.Kind.TEAM))
    else:
        ask.owner = Party.objects.filter(code=code[how]).first() or make_party(
            code[how], how, Party.Kind.TEAM
        )
    ask.save()
    return ask


SHUT = [
    "medical",
    "security",
    "political",
    "press",
    "private",
    "emergency",
    "alarm",
    "by its words",
    "informed medical",
]


@pytest.mark.parametrize("how", SHUT)
def test_what_is_shut_never_leaves(world: World, machine: Provider, how: str) -> None:
    ask = shut(world, how)
    assert not may_leave(ask)

    with pytest.raises(Forbidden):
        drafts.want(ask.pk, actor=world.marco, at=NOON)
    all_done(world, NOON)

    assert machine.calls == []
    assert "propose-" not in seen_by("marco").get(f"/asks/{ask.pk}/").text


def test_what_is_shut_meanwhile_does_not_leave_either(
    world: World, machine: Provider
) -> None:
    ask = passed(world)
    drafts.want(ask.pk, actor=world.marco, at=NOON)
    Ask.objects.filter(pk=ask.pk).update(is_private=True)

    all_done(world, NOON)

    assert machine.calls == []


@pytest.mark.parametrize("who", ["ingrid", "petra", "eve", "wati"])
def test_nobody_but_the_hosts_asks_the_machine(
    world: World, machine: Provider, who: str
) -> None:
    with pytest.raises(Forbidden):
        drafts.want(passed(world).pk, actor=getattr(world, who), at=NOON)
    assert machine.calls == []


def test_without_a_machine_there_is_a_sentence_and_no_button(world: World) -> None:
    ask = passed(world)

    with pytest.raises(drafts.NotConnected, match="No machine is connected"):
        drafts.want(ask.pk, actor=world.marco, at=NOON)
    assert "propose-" not in seen_by("marco").get(f"/asks/{ask.pk}/").text


def test_a_machine_that_is_silent_leaves_a_sentence(
    world: World, settings: Settings
) -> None:
    with provider(answers) as gone:
        settings.CONNECTOR = {
            "url": gone.address,
            "kind": "openai",
            "key": "",
            "model": "small",
        }
    ask = passed(world)

    draft = made(world, ask)

    assert (draft.words, draft.problem) == ("", "silent")
    page = seen_by("marco").get(f"/asks/{ask.pk}/").text
    assert "The machine does not answer." in page
    with pytest.raises(IllegalMove):
        drafts.take_over(ask.pk, draft.pk, actor=world.marco, at=NOON)


def test_the_desk_asks_and_takes_over_by_two_buttons(
    world: World, machine: Provider
) -> None:
    ask, marco = passed(world), seen_by("marco")
    form = form_with(marco.get(f"/asks/{ask.pk}/").text, "propose-translation")
    assert marco.post(form.action, form.values).status_code == 302
    all_done(world, NOON)
    page = marco.get(f"/asks/{ask.pk}/").text
    draft = Draft.objects.get()
    assert "draft-" in page
    take = form_with(page, f"take-{draft.pk}")

    answers = [marco.post(take.action, take.values).status_code for _tap in range(2)]

    ask.refresh_from_db()
    assert (answers, ask.gloss) == ([302, 302], SAID)
    assert Entry.objects.filter(verb="ask.draft_taken").count() == 1


def test_the_phone_asks_and_puts_away(world: World, machine: Provider) -> None:
    ask, marco = passed(world), seen_by("marco")
    wish = {"wish": "translation", "target": "en"}
    assert outcomes(send(marco, act("ask.propose", ask.pk, arguments=wish))) == [
        ("kept", 200)
    ]
    all_done(world, NOON)
    [row] = marco.get("/api/feed").json()["asks"]
    [shown] = row["drafts"]

    given = {"draft_id": shown["id"]}
    found = send(marco, act("ask.dismiss", ask.pk, arguments=given))

    assert (shown["words"], outcomes(found)) == (SAID, [("kept", 200)])
    assert marco.get("/api/feed").json()["asks"][0]["drafts"] == []


def test_a_draft_of_another_request_is_not_taken_over(
    world: World, machine: Provider
) -> None:
    mine, other = passed(world), said(world)
    draft = made(world, mine)

    with pytest.raises(Draft.DoesNotExist):
        drafts.take_over(other.pk, draft.pk, actor=world.marco, at=NOON)


def test_the_words_of_a_machine_are_forgotten_with_the_guest(
    world: World, machine: Provider
) -> None:
    draft = made(world, passed(world))

    asks.forget_words_of(world.ingrid.person_id or 0, at=NOON)

    draft.refresh_from_db()
    assert draft.words == ""


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        ({"url": ""}, ""),
        ({"url": "http://machine.example"}, "TITIAN_CONNECTOR_URL is not https"),
        ({"kind": "oracle"}, "TITIAN_CONNECTOR_KIND is not openai or libretranslate"),
        ({"model": ""}, "TITIAN_CONNECTOR_MODEL is not set"),
        ({}, ""),
    ],
)
def test_the_doctor_says_how_it_is_set_up(
    world: World, settings: Settings, named: dict[str, str], problem: str
) -> None:
    whole = {"url": "https://m.example", "kind": "openai", "key": "", "model": "small"}
    settings.CONNECTOR = whole | named

    [found] = [one for one in examine() if one[0].startswith("connector")]

    assert found[1].startswith(problem)
    assert bool(found[1]) == bool(problem)
