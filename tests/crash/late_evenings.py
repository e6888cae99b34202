"""Stories of what runs over, burns again, is replaced, offered and called off."""

from collections.abc import Callable
from uuid import UUID

from tests.crash.dying import Evening
from tests.exchange.files import accepted, csv_file
from tests.foresight.week import make_week
from tests.loop.drills import alarm, fire_book
from tests.loop.relieving import make_relief
from tests.loop.stories import in_hand, passed, said
from tests.people.cast import make_duty, make_officer
from tests.scene import make_car, make_trip
from tests.talks.bridge import make_table
from tests.talks.paper import make_paper
from tests.talks.table import PLAN, called, drafted
from tests.world import HOUR, MINUTE, NOON
from titian.exchange.commands import undo
from titian.foresight.commands.curtailing import curtail
from titian.foresight.commands.searching import look_for_cover
from titian.intake.models import Incoming
from titian.kernel import documents
from titian.kernel.actor import HOUSE
from titian.kernel.commands import wind
from titian.logistics.commands.stays import house
from titian.logistics.commands.transport import change_car
from titian.loop.commands import asks, commanding, drafts, feedback
from titian.loop.models import Ask
from titian.people.commands.duties import stand_in
from titian.people.commands.erasure import erase
from titian.people.commands.leaving import end_duty
from titian.people.models import Assignment, Duty, FocalPoint, Person
from titian.programme.commands.activities import finish, move, start
from titian.rules.commands.permits import Declared, declare
from titian.talks.commands import keeping, meetings, reports, talking, talking_cards
from titian.talks.commands.texts import lay_text

DAY = 24 * HOUR
LINES = ["agreement", "line", "direction", "what", "due"]


def duties_run_over(evening: Evening) -> None:
    """Marco's hours are over; who stands in for his relief has taken nothing over."""
    world = evening.world
    relief = make_relief(world)
    lena = make_officer(world, "Lena", "LO-9")
    Assignment.objects.create(
        officer=lena, delegation=world.arunika, role="relief", consent="agreed"
    )
    hers = Duty.objects.get(officer=relief.officer)
    stand_in(hers.pk, lena.pk, reason="Ill", actor=world.wati, at=NOON)
    said(world)
    evening.until(NOON + 3 * HOUR)


def they_are_let_go(evening: Evening) -> None:
    """Another takes Marco's hours, and her duty is ended as well."""
    world = evening.world
    lena = make_officer(world, "Lena", "LO-9")
    held = make_duty(world.officer, world.arunika, NOON - HOUR, NOON + HOUR)
    wati = world.wati
    hers = stand_in(held.pk, lena.pk, reason="Ill", actor=wati, at=NOON)
    evening.until(NOON)
    end_duty(hers.pk, reason="Ill", actor=wati, at=NOON + MINUTE)
    evening.until(NOON + MINUTE)


def it_gets_worse(evening: Evening) -> None:
    """A matter becomes urgent while it climbs; a fire that was out burns again."""
    world = evening.world
    climbs = in_hand(world)
    assert climbs.due_at is not None
    evening.until(climbs.due_at)
    soon = climbs.due_at + MINUTE
    asks.hurry(climbs.pk, actor=world.ingrid, at=soon)
    evening.until(soon + HOUR)
    fire_book(world)
    fire = alarm(world)
    for act in (commanding.take_command, commanding.stabilise, commanding.close):
        words = () if act is commanding.take_command else ("The fire is out",)
        act(fire.pk, *words, actor=world.wati, at=soon)
    later = soon + 2 * HOUR
    evening.until(later)
    commanding.flare_up(fire.pk, "Smoke", actor=world.wati, at=later)
    evening.until(later)


def others_come(evening: Evening) -> None:
    """A guest is unhappy with her soup, and with her LO; another car comes as well."""
    world = evening.world
    nora = make_officer(world, "Nora", "LO-2")
    trip = make_trip(world, make_car(world, "SK 1"), (NOON + HOUR, NOON + 2 * HOUR))
    other = make_car(world, "SK 2", "Eko")
    change_car(trip.pk, other.pk, actor=world.wati, at=NOON)
    for about, words in (("meal", "Cold soup"), ("officer", "Never there")):
        feedback.give(
            world.arunika.pk, about, "unhappy", words=words, actor=world.ingrid, at=NOON
        )
    evening.until(NOON)
    soup = Ask.objects.get(is_recovery=True, complains_of=None)
    asks.look_after(soup.pk, "put_right", "Warm soup", actor=world.marco, at=NOON)
    complaint = Ask.objects.exclude(complains_of=None).get()
    asks.replace_officer(
        complaint.pk, world.assignment.pk, nora.pk, actor=world.wati, at=NOON
    )
    evening.until(NOON)


def at_the_table(evening: Evening) -> None:
    """A text is laid, an offer lapses, a topic lies still, a side walks away."""
    world = evening.world
    table = make_table(world)
    soon = table.terms(1, 1, conditions="By Monday", expires_at=NOON + HOUR)
    table.offered(table.olav, soon)
    lay_text(table.talk.pk, "1. Oars.", answers=0, actor=table.olav, at=NOON)
    evening.until(NOON + 3 * DAY)
    talking.walk_away(table.talk.pk, "No oars", actor=table.eve, at=NOON + 3 * DAY)
    assert table.olav.person_id is not None
    erase(table.olav.person_id, actor=table.olav, at=NOON + 3 * DAY)
    evening.until(NOON + 3 * DAY)


def they_leave_early(evening: Evening) -> None:
    """A visit ends before its meeting, and a list is taken back after its hour."""
    world = evening.world
    for who, delegation in (("Ingrid", world.arunika), ("Eve", world.selaya)):
        person = Person.objects.get(display=who)
        FocalPoint.objects.create(delegation=delegation, person=person)
    meetings.call_off(called(world).pk, "A storm", actor=world.wati, at=NOON)
    paper = make_paper(world)
    keeping.watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    later = ["K-012", "1", "ours", "Two boats", (NOON + 5 * HOUR).isoformat()]
    lines = accepted(world, "deliverables", csv_file(LINES, later))
    evening.until(NOON + 2 * HOUR)
    undo(lines.pk, actor=world.wati, at=NOON + 2 * HOUR)
    curtail(
        world.arunika.pk,
        NOON + 6 * HOUR,
        "Her father has died",
        actor=world.wati,
        at=NOON + 2 * HOUR,
        key=UUID(int=9),
    )
    evening.until(NOON + 2 * HOUR)


def a_voice_is_heard(evening: Evening) -> None:
    """A machine writes down what a guest said."""
    ask = passed(evening.world)
    note = documents.keep(
        b"OggS", name="a.ogg", kind="incoming", media_type="audio/ogg", at=NOON
    )
    incoming = Incoming.objects.create(
        channel="whatsapp", number="wamid.1", came_at=NOON, ask=ask
    )
    incoming.papers.add(note)
    drafts.want(ask.pk, "transcript", actor=evening.world.marco, at=NOON)
    evening.until(NOON)


def nobody_writes_it_down(evening: Evening) -> None:
    """One meeting ends by its hour, one is finished; both reports are late."""
    world = evening.world
    meetings.call(world.arunika.pk, world.selaya.pk, PLAN, actor=world.wati, at=NOON)
    meeting = called(world)
    move(meeting.activity_id, NOON + 2 * HOUR, None, actor=world.wati, at=NOON)
    evening.until(NOON + 2 * HOUR)
    wind(world.event, NOON + 3 * HOUR)
    start(meeting.activity_id, actor=world.wati, at=NOON + 2 * HOUR)
    finish(meeting.activity_id, actor=world.wati, at=NOON + 2 * HOUR + MINUTE)
    evening.until(NOON + 6 * HOUR)
    meetings.minute(meeting.pk, "Oars", actor=world.marco, at=NOON + 6 * HOUR)
    reports.differ(meeting.pk, "Towels", actor=world.eve, at=NOON + 6 * HOUR)
    assert world.eve.person_id is not None
    erase(world.eve.person_id, actor=world.eve, at=NOON + 6 * HOUR)
    evening.until(NOON + 6 * HOUR)


def it_is_declared_too_late(evening: Evening) -> None:
    """A drone is declared on the last day, and whoever declared it is erased."""
    world = evening.world
    said = Declared("drone", words="A small one", needed_on=NOON.date())
    declare(world.arunika.pk, said, actor=world.ingrid, at=NOON)
    evening.until(NOON)
    assert world.ingrid.person_id is not None
    erase(world.ingrid.person_id, actor=world.ingrid, at=NOON + MINUTE)
    evening.until(NOON + HOUR)


def a_cover_is_looked_for(evening: Evening) -> None:
    """The coordinator wants a plan that takes its time."""
    week = make_week(evening.world, officers=3, delegations=2)
    look_for_cover(week.world.event.pk, 0.001, actor=week.world.wati, at=NOON)
    evening.until(NOON)


def something_may_be_said(evening: Evening) -> None:
    """A talking card is drafted, and approved by who is named for it."""
    card = drafted(evening.world)
    evening.until(NOON)
    talking_cards.approve(card.pk, actor=evening.world.wati, at=NOON)
    evening.until(NOON)


def they_sleep_elsewhere(evening: Evening) -> None:
    """Arunika is given rooms."""
    world = evening.world
    house(world.arunika.pk, world.hotel.pk, 4, (None, None), actor=world.wati, at=NOON)
    evening.until(NOON)


LATE_EVENINGS: dict[Callable[[Evening], None], tuple[str, ...]] = {
    duties_run_over: (
        "titian.loop.timers.duties_end",
        "titian.reactions.handovers.tell_of_running_over",
        "titian.reactions.handovers.watch_the_ends",
    ),
    they_are_let_go: (
        "titian.reactions.leaving.tell_of_the_end_of_duty",
        "titian.reactions.leaving.tell_of_the_stand_in",
    ),
    it_gets_worse: (
        "titian.loop.timers.climb_on",
        "titian.loop.falls_due.steps_missed",
    ),
    others_come: (
        "titian.reactions.loop.tell_it_is_looked_after",
        "titian.reactions.leaving.tell_of_the_relief",
        "titian.reactions.leaving.tell_who_comes",
        "titian.reactions.loop.tell_of_the_new_officer",
        "titian.reactions.transport.tell_of_the_car",
    ),
    at_the_table: (
        "titian.reactions.offers.forget_words",
        "titian.reactions.offers.tell_of_the_answer",
        "titian.reactions.offers.tell_of_the_break",
        "titian.reactions.offers.tell_of_the_offer",
        "titian.reactions.offers.tell_of_the_stuck_topic",
        "titian.reactions.offers.tell_of_the_text",
        "titian.talks.timers.issues_stuck",
        "titian.talks.timers.offer_lapses",
    ),
    they_leave_early: (
        "titian.reactions.talks.watch_the_hours",
        "titian.reactions.visits.tell_that_it_is_off",
        "titian.reactions.visits.tell_their_officers",
    ),
    nobody_writes_it_down: (
        "titian.reactions.reports.ask_for_the_report",
        "titian.reactions.reports.forget_words",
        "titian.reactions.reports.tell_the_coordinator",
        "titian.reactions.reports.tell_the_officer",
        "titian.reactions.reports.watch_the_new_end",
        "titian.talks.timers.meeting_over",
        "titian.talks.timers.report_due",
        "titian.talks.timers.report_still_unwritten",
    ),
    it_is_declared_too_late: (
        "titian.reactions.rules.forget_words",
        "titian.rules.timers.permit_due",
    ),
    a_cover_is_looked_for: ("titian.reactions.searches.look_for_the_cover",),
    something_may_be_said: (
        "titian.reactions.talking_cards.ask_who_approves",
        "titian.reactions.talking_cards.tell_the_officers",
    ),
    they_sleep_elsewhere: ("titian.reactions.lodging.tell_of_the_hotel",),
    a_voice_is_heard: ("titian.intake.transcripts.hear",),
}
"""Each of these evenings, and the kinds whose worker is killed in it."""
