"""Contact reports within the hour, a text both agree on, or two views side by side."""

from uuid import UUID

import pytest

from tests.talks.paper import verbs
from tests.talks.table import PLAN, called
from tests.world import HOUR, MINUTE, NOON, World
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Document
from titian.kernel.policy import Forbidden
from titian.people.commands.erasure import erase
from titian.people.models import Delegation
from titian.programme.commands import activities
from titian.talks.commands import decisions, reports
from titian.talks.commands.meetings import approve, call_off, hold, minute
from titian.talks.models import Meeting, Wordless
from titian.talks.models.report import Decision, Handout, Report

END = NOON + 2 * HOUR
TEXT = "We share the pier."


@pytest.fixture
def meeting(world: World) -> Meeting:
    return called(world)


def asked(world: World, meeting: Meeting) -> Report:
    (report,) = reports.ask_for(meeting.pk, at=END)
    return report


def over(meeting: Meeting, end: object = END) -> list[int]:
    """The meetings whose end this is, as the timer of the call finds them."""
    entry = meeting.event.entry_set.get(verb="meeting.called")
    return reports.ending_at(entry, end)  # type: ignore[arg-type]


def test_a_side_with_an_officer_is_asked_for_a_report_within_the_hour(
    world: World, meeting: Meeting
) -> None:
    report = asked(world, meeting)

    assert (report.side, report.due_at) == (world.arunika, END + HOUR)
    assert reports.ask_for(meeting.pk, at=END) == []


def test_after_a_move_the_old_end_asks_nothing(world: World, meeting: Meeting) -> None:
    assert over(meeting) == [meeting.pk]

    activities.move(
        meeting.activity_id, NOON + 4 * HOUR, None, actor=world.wati, at=NOON
    )

    assert over(meeting) == []


def test_of_a_meeting_called_off_nothing_is_asked(
    world: World, meeting: Meeting
) -> None:
    call_off(meeting.pk, "Fog", actor=world.wati, at=NOON)

    assert reports.ask_for(meeting.pk, at=END) == []


def test_a_report_that_is_not_there_goes_up_step_by_step(
    world: World, meeting: Meeting
) -> None:
    report = asked(world, meeting)

    for minute_, step in ((60, reports.mark_late), (75, reports.escalate)):
        step(report.pk, at=END + minute_ * MINUTE, key=UUID(int=minute_))

    assert verbs()[-2:] == ["report.late", "report.escalated"]


def test_a_report_that_is_there_is_nobodys_news(world: World, meeting: Meeting) -> None:
    report = asked(world, meeting)
    reports.write(report.pk, TEXT, actor=world.marco, at=END)

    reports.mark_late(report.pk, at=END + HOUR, key=UUID(int=1))
    reports.escalate(report.pk, at=END + 2 * HOUR, key=UUID(int=2))

    assert verbs()[-1] == "report.written"


@pytest.mark.parametrize("who", ["for_ingrid", "ingrid", "bruna", "eve"])
def test_nobody_but_its_officer_writes_it(
    world: World, meeting: Meeting, who: str
) -> None:
    report = asked(world, meeting)

    with pytest.raises(Forbidden):
        reports.write(report.pk, TEXT, actor=getattr(world, who), at=END)


def test_the_guests_do_not_read_our_reports_but_each_others_views(
    world: World, meeting: Meeting
) -> None:
    reports.write(asked(world, meeting).pk, "They hurry", actor=world.marco, at=END)
    minute(meeting.pk, TEXT, actor=world.marco, at=END)

    reports.differ(meeting.pk, "Not the pier", actor=world.eve, at=END)

    read = Report.objects.visible_to(world.ingrid)
    assert [one.words for one in read] == ["Not the pier"]
    assert Report.objects.visible_to(world.marco).count() == 2


def test_a_side_that_differs_takes_its_word_back_until_it_agrees(
    world: World, meeting: Meeting
) -> None:
    minute(meeting.pk, TEXT, actor=world.marco, at=END)
    approve(meeting.pk, actor=world.eve, at=END)
    reports.differ(meeting.pk, "Not the pier", actor=world.eve, at=END)
    approve(meeting.pk, actor=world.ingrid, at=END)

    assert Meeting.objects.get().state == "minuted"
    approve(meeting.pk, actor=world.eve, at=END)

    views = Report.objects.filter(kind="view")
    assert (Meeting.objects.get().state, views.count()) == ("approved", 0)


def test_without_a_text_nobody_differs(world: World, meeting: Meeting) -> None:
    with pytest.raises(IllegalMove):
        reports.differ(meeting.pk, "No", actor=world.eve, at=END)


def test_nobody_of_the_house_differs(world: World, meeting: Meeting) -> None:
    minute(meeting.pk, TEXT, actor=world.marco, at=END)

    with pytest.raises(Forbidden):
        reports.differ(meeting.pk, "No", actor=world.marco, at=END)


def test_a_decision_names_the_side_that_answers_for_it(
    world: World, meeting: Meeting
) -> None:
    for _again in range(2):
        made = decisions.decide(
            meeting.pk,
            "Oars by June",
            owner_id=world.selaya.pk,
            actor=world.marco,
            at=END,
            key=UUID(int=3),
        )

    assert (made.owner, made.order, Decision.objects.count()) == (world.selaya, 1, 1)


def test_a_decision_is_of_those_who_sat_there(world: World, meeting: Meeting) -> None:
    with pytest.raises(Delegation.DoesNotExist):
        decisions.decide(meeting.pk, "X", owner_id=0, actor=world.marco, at=END)


@pytest.mark.parametrize("who", ["ingrid", "for_ingrid", "eve", "bruna"])
def test_guests_neither_decide_for_the_record_nor_ask_for_papers(
    world: World, meeting: Meeting, who: str
) -> None:
    actor = getattr(world, who)

    with pytest.raises(Forbidden):
        decisions.decide(meeting.pk, "X", actor=actor, at=END)
    with pytest.raises(Forbidden):
        decisions.ask_for_paper(meeting.pk, "Draft", END, actor=actor, at=NOON)


def paper(world: World, meeting: Meeting, secrecy: str = "open") -> Handout:
    return decisions.ask_for_paper(
        meeting.pk,
        "Draft on oars",
        END,
        owed_by_id=world.selaya.pk,
        secrecy=secrecy,
        actor=world.marco,
        at=NOON,
        key=UUID(int=4),
    )


def test_the_side_that_owes_a_paper_brings_it_and_both_read_it(
    world: World, meeting: Meeting
) -> None:
    made = paper(world, meeting)
    assert made.is_late(END + MINUTE)

    for _again in range(2):
        decisions.bring_paper(
            made.pk,
            b"oars",
            name="oars.txt",
            media_type="text/plain",
            actor=world.eve,
            at=NOON,
            key=UUID(int=5),
        )

    (read,) = Handout.objects.visible_to(world.ingrid)
    assert (read.name, read.is_late(END + MINUTE)) == ("oars.txt", False)


def test_a_paper_of_the_house_is_not_the_guests(world: World, meeting: Meeting) -> None:
    made = paper(world, meeting, Document.Secrecy.HOUSE)

    assert list(Handout.objects.visible_to(world.ingrid)) == []
    assert list(Handout.objects.visible_to(world.marco)) == [made]


@pytest.mark.parametrize(
    ("who", "content", "refusal"),
    [("ingrid", b"x", Forbidden), ("eve", b"", decisions.EmptyFile)],
)
def test_a_paper_is_brought_by_its_side_and_not_empty(
    world: World, meeting: Meeting, who: str, content: bytes, refusal: type[Exception]
) -> None:
    made = paper(world, meeting)

    with pytest.raises(refusal):
        decisions.bring_paper(
            made.pk,
            content,
            name="x",
            media_type="text/plain",
            actor=getattr(world, who),
            at=NOON,
        )


def test_no_paper_for_what_is_off(world: World, meeting: Meeting) -> None:
    call_off(meeting.pk, "Fog", actor=world.wati, at=NOON)

    with pytest.raises(IllegalMove):
        paper(world, meeting)


def test_what_an_erased_person_wrote_is_emptied_and_late_words_too(
    world: World, meeting: Meeting
) -> None:
    minute(meeting.pk, TEXT, actor=world.marco, at=END)
    view = reports.differ(meeting.pk, "Not the pier", actor=world.eve, at=END)
    assert world.eve.person_id is not None
    erase(world.eve.person_id, actor=world.eve, at=END)

    for _again in range(2):
        reports.forget_words_of(world.eve.person_id, at=END)
    late = reports.differ(meeting.pk, "The pier", actor=world.eve, at=END)

    assert (late.pk, late.words) == (view.pk, "")
    assert verbs().count("report.words_forgotten") == 1


def test_a_wordless_report_is_none(world: World, meeting: Meeting) -> None:
    hold(meeting.pk, actor=world.marco, at=PLAN.starts_at)
    report = Report.objects.get()

    with pytest.raises(Wordless):
        reports.write(report.pk, " ", actor=world.marco, at=END)
