"""Stories in which everything that can be owed comes to be owed once."""

from collections.abc import Callable
from datetime import timedelta

from tests.briefing.newsroom import approve_line, cleared, make_newsroom, released
from tests.briefing.told import add_officer, copy_of, do_all
from tests.briefing.told import sent as notice_sent
from tests.crash.bilateral_evenings import BILATERAL_EVENINGS
from tests.crash.dying import Evening
from tests.crash.late_evenings import LATE_EVENINGS
from tests.exchange.files import accepted, csv_file
from tests.loop.drills import alarm, book, fire_book, line, sena, timeline
from tests.loop.relieving import all_accepted, begun, make_relief
from tests.loop.stories import answered, in_hand, passed, said
from tests.people.cast import make_officer
from tests.scene import make_activity, make_arrival
from tests.talks.paper import NOT_SO, make_paper, shown
from tests.world import HOUR, MINUTE, NOON
from titian.briefing.commands import notices, statements
from titian.channels import Trouble
from titian.channels.deliveries import note
from titian.channels.models import Delivery
from titian.exchange.commands import undo
from titian.intake.commands import receive
from titian.intake.message import Media, Message
from titian.kernel.actor import FEED, HOUSE
from titian.kernel.clock import real_time
from titian.kernel.questions import Break
from titian.logistics.commands import custody
from titian.logistics.commands.journeys import expect
from titian.loop.commands import (
    asks,
    commanding,
    confirmations,
    drafts,
    feedback,
    handover_items,
    handovers,
    playbooks,
    promises,
    roll,
    steps,
)
from titian.loop.handing import lines_of
from titian.loop.models import Ask, Playbook
from titian.people.commands.assignments import agree
from titian.people.commands.erasure import erase
from titian.people.models import Assignment, FocalPoint, Person
from titian.people.queries import on_file
from titian.programme.commands.activities import move, relocate
from titian.programme.commands.seating import change_seat
from titian.programme.models import Placing
from titian.talks.commands import keeping

DAY = timedelta(days=1)
FETCHED = "titian.intake.fetching.fetch"


def asks_and_promises(evening: Evening) -> None:
    """Words come by letter, lie, are said back late, paused, promised and broken."""
    world = evening.world
    ingrid = Person.objects.get(display="Ingrid")
    asks.ask(world.arunika.pk, "A boat", actor=on_file(ingrid), at=NOON)
    lies = passed(world, Ask.Weight.EXACT)
    asks.add(lies.pk, "Three boats", actor=world.ingrid, at=NOON)
    in_hand(world)
    waits = in_hand(world)
    hurried = passed(world)
    asks.hurry(hurried.pk, actor=world.ingrid, at=NOON)
    until = NOON + 20 * MINUTE
    asks.pause(waits.pk, until, "The tide", actor=world.bruna, at=NOON)
    ramp, _tent = (
        promises.promise(
            world.arunika.pk,
            words,
            owner_team_id=world.boats.pk,
            due_at=NOON + 10 * MINUTE,
            actor=world.bruna,
            at=NOON,
        )
        for words in ("A ramp", "A tent")
    )
    feedback.give(
        world.arunika.pk, "meal", "unhappy", subject_id=7, actor=world.ingrid, at=NOON
    )
    found = Break(2, NOON + HOUR, "The boat waits.", owner_team_id=world.boats.pk)
    confirmations.ask_for(
        world.event.pk, world.arunika.pk, "j:1", [found], actor=world.wati, at=NOON
    )
    evening.until(NOON + 15 * MINUTE)
    promises.break_off(ramp.pk, "No wood", actor=world.bruna, at=NOON + 15 * MINUTE)
    evening.until(NOON + 6 * HOUR)


def hand_overs(evening: Evening) -> None:
    """The relief signs too late; the one who has just agreed meets nobody."""
    world = evening.world
    relief = make_relief(world)
    ingrid = Person.objects.get(display="Ingrid")
    FocalPoint.objects.create(delegation=world.arunika, person=ingrid)
    custody.take(world.arunika.pk, "key", actor=world.marco, at=NOON)
    said(world)
    lena = make_officer(world, "Lena", "LO-9")
    lena.leader = world.officer
    lena.save()
    new = Assignment.objects.create(officer=lena, delegation=world.selaya)
    landing = make_arrival(world, NOON + 20 * HOUR, delegation=world.selaya)
    agree(new.pk, actor=on_file(lena.person), at=NOON)
    expect(landing.pk, NOON + 21 * HOUR, actor=world.wati, at=NOON)
    row = begun(world, relief)
    evening.until(NOON + 3 * HOUR)
    late = NOON + 3 * HOUR
    all_accepted(row, relief, late)
    handovers.hand_over(row.pk, actor=world.marco, at=late)
    handovers.take_over(row.pk, actor=relief.actor, at=late)
    evening.until(NOON + 12 * HOUR)


def alarms_and_musters(evening: Evening) -> None:
    """It burns: nobody updates, some are silent at the muster, steps fall due."""
    world = evening.world
    fire_book(world)
    world.officer.leader = make_officer(world, "Tuti", "LO-3")
    world.officer.save()
    incident = alarm(world)
    commanding.take_command(incident.pk, actor=sena(world), at=NOON)
    both = [world.arunika.pk, world.selaya.pk]
    add_officer(world, "Lia", world.selaya)
    roll.call_roll(world.event.pk, both, area="Inn", actor=world.wati, at=NOON)
    evening.until(NOON + 61 * MINUTE)


def lists_and_steps(evening: Evening) -> None:
    """What lists are anchored to moves; a step slips and is late again."""
    world = evening.world
    race = make_activity(world, "Race", NOON + 5 * HOUR, who=(world.arunika,))
    landing = make_arrival(world, NOON + 5 * HOUR)
    for subject, anchor in ((race, "activity"), (landing, "arrival")):
        playbook = book(world, Playbook.Kind.CHECKLIST, code=f"for-{anchor}")
        line(playbook, "flags", -0.1, owner=world.boats, anchor=anchor)
        playbooks.run(
            playbook.pk,
            moments={anchor: NOON + 5 * HOUR},
            subject=(subject._meta.label_lower, subject.pk),
            actor=world.wati,
            at=NOON,
        )
    six = NOON + 6 * HOUR
    move(race.pk, six, six + HOUR, actor=FEED, at=NOON)
    expect(landing.pk, six, actor=FEED, at=NOON)
    evening.until(NOON + 8 * HOUR)
    pontoon = timeline(world)["pontoon"]
    later = pontoon.due_at + 3 * DAY
    pushes = [one.code for one in steps.pushes_of(pontoon, later)]
    steps.slip(
        pontoon.pk,
        later,
        "No wood",
        pushing=pushes,
        actor=world.wati,
        at=NOON + 9 * HOUR,
    )
    evening.until(NOON + 9 * DAY)


def moves_and_seats(evening: Evening) -> None:
    """A feed moves an item and a landing; seats change, and a plan is taken back."""
    world = evening.world
    race = make_activity(
        world, "Race", NOON + 2 * HOUR, who=(world.arunika,), place=world.pier
    )
    next_one = make_activity(world, "Lunch", NOON + 3 * HOUR, who=(world.arunika,))
    landing = make_arrival(world, NOON + HOUR)
    plan = csv_file(["item", "party", "seat"], [race.code, "ARN", "Table 1"])
    accepted(world, "placings", plan)
    seat = Placing.objects.get()
    change_seat(seat.pk, "Table 2", actor=world.wati, at=NOON)
    again = csv_file(["item", "party", "seat"], [race.code, "ARN", "Table 3"])
    undo(accepted(world, "placings", again).pk, actor=world.wati, at=NOON)
    start = NOON + 3 * HOUR
    move(race.pk, start, start + HOUR, actor=FEED, at=NOON)
    expect(landing.pk, NOON + 4 * HOUR, actor=FEED, at=NOON)
    assert next_one.starts_at == start
    relocate(next_one.pk, world.hotel.pk, start, actor=world.wati, at=NOON)
    evening.until(NOON)


def agreements(evening: Evening) -> None:
    """A line is shown and disputed, all hours pass unmet."""
    world = evening.world
    paper = make_paper(world)
    keeping.watch(paper.agreement.pk, actor=HOUSE, at=NOON)
    shown(paper, "boats", world.bruna)
    keeping.dispute(paper.boats.pk, NOT_SO, actor=world.ingrid, at=NOON)
    evening.until(NOON + 4 * HOUR)


def notices_and_press(evening: Evening) -> None:
    """A notice is silent, comes back, arrives; a newsroom asks; a statement waits."""
    world = evening.world
    room = make_newsroom(world)
    approve_line(world)
    asks.ask(room.house.pk, "An interview?", actor=room.nils, at=NOON)
    notice = notice_sent(world, {"is": "role", "of": ["officer", "guest"]})
    statements.embargo(cleared(world).pk, NOON + HOUR, actor=world.petra, at=NOON)
    statements.recall(released(world).pk, "Wrong", actor=world.petra, at=NOON)
    evening.until(NOON)
    arrives, fails = copy_of(notice, world.ingrid), copy_of(notice, world.eve)
    for copy, verb in ((arrives, "deliver"), (fails, "fail")):
        gone = Delivery.objects.get(about=f"briefing.copy:{copy.pk}")
        trouble = Trouble.NO_SUCH_ADDRESS if verb == "fail" else None
        note("email", verb, ref=gone.ref, at=real_time(), trouble=trouble)
    evening.until(NOON + 2 * HOUR)


def strangers_and_replies(evening: Evening) -> None:
    """A stranger writes of press, an officer's OK comes too late, and a picture."""
    world = evening.world
    notice = notice_sent(world)
    do_all(world)
    gone = Delivery.objects.get(
        about=f"briefing.copy:{copy_of(notice, world.marco).pk}"
    )
    notices.withdraw(notice.pk, "Calm sea", actor=world.wati, at=NOON)
    marco = "marco@example.org"
    picture = Media("2754859441498128", "rudder.jpg", "image/jpeg")
    for message in (
        Message("email", "<1@x>", "zoe@nowhere.example", "An interview?", NOON),
        Message("email", "<2@x>", marco, "OK", NOON, answers=[gone.number]),
        Message("email", "<3@x>", marco, "The rudder", NOON, media=[picture]),
    ):
        receive(message, at=NOON)
    evening.until(NOON)


def a_person_is_erased(evening: Evening) -> None:
    """Ingrid has spoken everywhere, and wants it forgotten."""
    world = evening.world
    Person.objects.filter(display="Ingrid").update(code="P1")
    rows = csv_file(["code", "party", "native"], ["P1", "ARN", "Ingríð"])
    accepted(world, "people", rows)
    relief = make_relief(world)
    answered(world)
    paper = make_paper(world)
    shown(paper, "boats", world.bruna)
    keeping.dispute(paper.boats.pk, NOT_SO, actor=world.ingrid, at=NOON)
    feedback.give(
        world.arunika.pk,
        "meal",
        "happy",
        subject_id=7,
        words="Warm soup",
        actor=world.ingrid,
        at=NOON,
    )
    row = begun(world, relief)
    mine = next(one.carried for one in lines_of(row) if one.carried.about_id)
    handover_items.question(
        row.pk, *mine.key, "Which pier?", actor=relief.actor, at=NOON
    )
    receive(Message("email", "<4@x>", "ingrid@example.org", "Hi", NOON), at=NOON)
    do_all(world)
    assert world.ingrid.person_id is not None
    erase(world.ingrid.person_id, actor=world.ingrid, at=NOON)
    evening.until(NOON)


def a_machine_is_asked(evening: Evening) -> None:
    """It proposes a translation."""
    ask = passed(evening.world)
    drafts.want(ask.pk, target="en", actor=evening.world.marco, at=NOON)
    evening.until(NOON)


LOOP, FALLS, TIMERS = (
    "titian.reactions.loop",
    "titian.loop.falls_due",
    "titian.loop.timers",
)
EVENINGS: dict[Callable[[Evening], None], tuple[str, ...]] = {
    asks_and_promises: (
        f"{LOOP}.say_it_is_received",
        f"{LOOP}.tell_the_team",
        f"{LOOP}.tell_of_more_words",
        f"{LOOP}.tell_the_asking_side",
        f"{LOOP}.tell_the_called",
        f"{LOOP}.tell_where_it_stands",
        f"{LOOP}.tell_the_owner",
        f"{LOOP}.tell_the_promised",
        f"{LOOP}.tell_of_the_promise",
        f"{LOOP}.tell_that_it_is_urgent",
        f"{LOOP}.ask_the_owner",
        "titian.reactions.feedback.look_after_it",
        f"{TIMERS}.left_waiting",
        f"{TIMERS}.climb",
        f"{TIMERS}.word_due",
        f"{TIMERS}.pause_over",
        f"{TIMERS}.not_said_back",
        f"{TIMERS}.answer_due",
        f"{TIMERS}.promise_due",
        f"{TIMERS}.promise_climb",
        f"{TIMERS}.word_owed",
        f"{TIMERS}.still_unconfirmed",
    ),
    hand_overs: (
        "titian.reactions.handovers.ask_the_relief",
        "titian.reactions.handovers.tell_the_leaders",
        "titian.reactions.handovers.pass_the_things",
        "titian.reactions.handovers.introduce_to_the_guests",
        "titian.reactions.leaving.tell_who_has_handed_over",
        "titian.reactions.handovers.watch_her_meeting",
        "titian.reactions.handovers.watch_their_meetings",
        "titian.reactions.handovers.tell_of_no_meeting",
        f"{TIMERS}.handover_due",
        "titian.people.timers.meeting_due",
    ),
    alarms_and_musters: (
        f"{LOOP}.tell_the_coordinator",
        f"{LOOP}.tell_the_leader",
        "titian.reactions.incidents.tell_what_is_known",
        "titian.reactions.incidents.tell_who_owes_the_word",
        "titian.reactions.incidents.ask_the_officers",
        "titian.reactions.incidents.name_the_silent",
        f"{FALLS}.tactical_due",
        f"{FALLS}.executive_due",
        f"{FALLS}.roll_silent",
    ),
    lists_and_steps: (
        "titian.reactions.incidents.move_the_steps_of_an_item",
        "titian.reactions.incidents.move_the_steps_of_a_journey",
        f"{FALLS}.steps_due",
        f"{FALLS}.step_due",
    ),
    moves_and_seats: (
        "titian.reactions.programme.ask_the_touched",
        "titian.reactions.programme.tell_of_the_place",
        "titian.reactions.logistics.ask_the_touched",
        "titian.reactions.programme.tell_of_the_seat",
        "titian.reactions.programme.tell_of_the_seats_undone",
    ),
    agreements: (
        "titian.reactions.talks.tell_both_sides",
        "titian.reactions.talks.tell_the_coordinator",
        "titian.reactions.talks.tell_of_the_dispute",
        "titian.talks.timers.line_due",
        "titian.talks.timers.line_still_unmet",
    ),
    notices_and_press: (
        "titian.reactions.briefing.consider_ask",
        "titian.reactions.briefing.tell_of_diversion",
        "titian.reactions.briefing.deliver_copy",
        "titian.reactions.briefing.call_leaders",
        "titian.reactions.briefing.note_arrival",
        "titian.reactions.briefing.tell_the_media",
        "titian.reactions.carriers.take_the_next_way",
        "titian.briefing.timers.nobody_answered",
        "titian.briefing.timers.embargo_over",
    ),
    strangers_and_replies: (
        "titian.reactions.replies.tell_the_press_desk",
        "titian.reactions.replies.ask_back",
        FETCHED,
    ),
    a_machine_is_asked: ("titian.reactions.drafts.ask_the_machine",),
    **LATE_EVENINGS,
    **BILATERAL_EVENINGS,
    a_person_is_erased: (
        f"{LOOP}.forget_words",
        "titian.reactions.feedback.forget_words",
        "titian.reactions.handovers.forget_words",
        "titian.reactions.talks.forget_words",
        "titian.reactions.exchange.forget_words",
        "titian.reactions.briefing.forget_phones",
        "titian.intake.forgetting.forget",
    ),
}
"""Each evening, and the kinds whose worker is killed in it."""
