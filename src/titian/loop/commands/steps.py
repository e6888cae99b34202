"""What is done to one step: ticked, taken back, slipped, dropped; and late, an ask."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import documents, journal
from titian.kernel.actor import HOUSE, Actor
from titian.kernel.bilingual import in_both
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Document, Entry
from titian.kernel.policy import require
from titian.loop import routing, saying
from titian.loop.clocks import answer_time
from titian.loop.commands import answering, asking
from titian.loop.commands.thread import (
    answer_timers,
    keep,
    next_code,
    take_number,
    waiting_timers,
)
from titian.loop.late import title_of, words_of
from titian.loop.models import Ask, Showing, Step
from titian.loop.policy import is_asking_side, is_team
from titian.loop.steps import may_slip, may_tick, node_of
from titian.loop.timeline import Push, pushed_by
from titian.people.commands.delegations import own_side
from titian.people.models import Party, Person, Seat
from titian.people.policy import coordinates
from titian.people.queries import speaker

STEP_DUE = "titian.loop.falls_due.step_due"


class NotShown(ValueError):
    """The step asks to be shown done and it is not; its argument is a sentence."""


@transaction.atomic
def tick(
    step_id: int,
    words: str = "",
    *,
    document: Document | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Step:
    """Say that it is done, with what the step asks to be shown.

    If it was late, its ask is answered. Raises ``Forbidden`` unless the actor is of
    the owner, ``NotShown``, ``IllegalMove`` if it is not open.
    """
    step = _locked(step_id)
    if journal.replayed(key, "step.ticked", step_id, actor=actor):
        return step
    require(may_tick(actor, step), _("Only its owner ticks it, or a coordinator."))
    step.move("tick")
    _require_shown(step, words, document)
    step.done_at, step.done_by = at, speaker(actor)
    step.words, step.shown = saying.at_most(words)[:300], document
    _keep(step, "step.ticked", actor=actor, at=at, key=key, words=step.words)
    _answer(step, actor=actor, at=at, key=key)
    return step


@transaction.atomic
def tick_with_file(
    step_id: int,
    content: bytes,
    *,
    name: str,
    media_type: str,
    words: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Step:
    """The same, shown by a photo or paper brought now; the right is checked first."""
    step = _locked(step_id)
    if journal.replayed(key, "step.ticked", step_id, actor=actor):
        return step
    require(may_tick(actor, step), _("Only its owner ticks it, or a coordinator."))
    if not content:
        raise NotShown(_("The file is empty."))
    document = documents.keep(
        content, name=name, kind="step", media_type=media_type, at=at
    )
    return tick(step_id, words, document=document, actor=actor, at=at, key=key)


@transaction.atomic
def untick(
    step_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Step:
    """Take the tick back: it was not done after all. Its hour is watched again."""
    step = _locked(step_id)
    if journal.replayed(key, "step.unticked", step_id, actor=actor):
        return step
    require(may_tick(actor, step), _("Only its owner takes that back."))
    step.move("untick")
    step.done_at = step.done_by = step.shown = None
    step.words = ""
    return _keep(step, "step.unticked", actor=actor, at=at, key=key, owe=True)


@transaction.atomic
def drop(
    step_id: int, words: str, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Step:
    """Say that it will not be done this time, and why; nothing waits for it."""
    step = _locked(step_id)
    if journal.replayed(key, "step.dropped", step_id, actor=actor):
        return step
    require(coordinates(actor, step.event), _("Only a coordinator drops a step."))
    step.move("drop")
    step.done_at, step.done_by = at, speaker(actor)
    step.words = saying.some(words)[:300]
    return _keep(step, "step.dropped", actor=actor, at=at, key=key, words=step.words)


@transaction.atomic
def restore(
    step_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Step:
    """Want a dropped step after all."""
    step = _locked(step_id)
    if journal.replayed(key, "step.restored", step_id, actor=actor):
        return step
    require(coordinates(actor, step.event), _("Only a coordinator restores a step."))
    step.move("restore")
    step.done_at = step.done_by = None
    step.words = ""
    return _keep(step, "step.restored", actor=actor, at=at, key=key, owe=True)


def pushes_of(step: Step, to_at: datetime) -> tuple[Push, ...]:
    """What giving the step this hour would move as well; nothing is kept."""
    nodes = [node_of(one) for one in step.run.steps.all()]
    return pushed_by(nodes, step.code, to_at)


@transaction.atomic
def slip(
    step_id: int,
    to_at: datetime,
    words: str,
    *,
    pushing: Sequence[str] | None = None,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Step:
    """Give it another hour, and all that this pushes theirs; say why.

    ``pushing`` are the codes that the page showed it would push: if others would be
    pushed by now, ``IllegalMove``. Raises ``Forbidden`` unless the actor is of the
    owner, ``BadHour`` for an hour that has passed.
    """
    step = _locked(step_id)
    if journal.replayed(key, "step.slipped", step_id, actor=actor):
        return step
    require(may_slip(actor, step), _("Only its owner moves it, or a coordinator."))
    if step.state != Step.State.OPEN:
        raise IllegalMove(f"cannot slip what is {step.state}")
    saying.hour_after(to_at, at)
    pushes = pushes_of(step, to_at)
    if pushing is not None and {push.code for push in pushes} != set(pushing):
        raise IllegalMove("other steps would be pushed by now")
    moved = [[step.pk, step.due_at.isoformat(), to_at.isoformat()]]
    moved += _push(step, pushes)
    step.due_at = to_at
    return _keep(
        step,
        "step.slipped",
        actor=actor,
        at=at,
        key=key,
        words=saying.some(words)[:300],
        owe=True,
        more=pushes,
        moved=moved,
    )


@transaction.atomic
def take_back_slip(
    step_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> Step:
    """Give the step, and all that its last slip pushed, their former hours.

    What has moved again since then stays. ``IllegalMove`` if there is none to undo.
    """
    step = _locked(step_id)
    if journal.replayed(key, "step.slip_taken_back", step_id, actor=actor):
        return step
    require(may_slip(actor, step), _("Only its owner moves it, or a coordinator."))
    last = _last_move(step)
    if last is None or last.verb != "step.slipped":
        raise IllegalMove("there is no slip to take back")
    for pk, before, after in last.facts["moved"]:
        Step.objects.filter(
            pk=pk, due_at=datetime.fromisoformat(after), state=Step.State.OPEN
        ).update(due_at=datetime.fromisoformat(before))
    step.refresh_from_db()
    return _keep(step, "step.slip_taken_back", actor=actor, at=at, key=key, owe=True)


def miss_the_hour(step_id: int, *, at: datetime, key: UUID) -> None:
    """The same for one step alone."""
    miss_the_hours([step_id], at=at, key=key)


@transaction.atomic
def miss_the_hours(step_ids: Sequence[int], *, at: datetime, key: UUID) -> None:
    """Their hour has passed: they become an ask to their owner, and go its way up.

    What one team owes of one list is one ask, which names each step. The coordinators
    ask, on the house's own side: no guest sees it.
    """
    late: dict[Party | None, list[Step]] = {}
    for pk in sorted(step_ids):
        step = _locked(pk)
        if journal.replayed(uuid5(key, f"late:{pk}"), "step.late", pk, actor=HOUSE):
            continue
        if step.state == Step.State.OPEN and step.ask is None and step.due_at <= at:
            late.setdefault(_team(step), []).append(step)
    for team, theirs in late.items():
        asker = _asker(theirs[0])
        ask = None
        if asker is not None and team is not None:
            ask = _ask(theirs, asker, team, at=at, key=uuid5(key, f"ask:{team.pk}"))
        for step in theirs:
            step.ask = ask
            late_key = uuid5(key, f"late:{step.pk}")
            _keep(step, "step.late", actor=HOUSE, at=at, key=late_key)


def _ask(
    late: Sequence[Step], asker: Person, team: Party, *, at: datetime, key: UUID
) -> Ask:
    run = late[0].run
    event = take_number(run.event_id)
    english, indonesian = in_both(lambda: words_of(late))
    urgency = Ask.Urgency.URGENT if run.delegation_id else Ask.Urgency.SOON
    ask = Ask(
        event=event,
        code=next_code(event.pk),
        asked_by=own_side(event, asker.party),
        said_by=asker,
        said_at=at,
        channel="step",
        language="en",
        words=english,
        gloss=indonesian,
        title=title_of(late)[:120],
        urgency=urgency,
        due_at=at + answer_time(None, urgency),
    )
    ask.move("pass_on")
    ask.pass_to(team, at=at)
    ask.save()
    return keep(
        ask,
        "ask.passed_on",
        actor=HOUSE,
        at=at,
        key=key,
        owe=[*waiting_timers(ask, at), *answer_timers(ask)],
        sealed={"gloss": ask.gloss, "title": ask.title, "details": {}},
    )


def _asker(step: Step) -> Person | None:
    """A coordinator of the event, who lives in the coordinators' own team."""
    seats = Seat.objects.filter(event=step.event, role=Seat.Role.COORDINATOR)
    first = seats.select_related("person__party").order_by("pk").first()
    return first.person if first else None


def _team(step: Step) -> Party | None:
    """The owning team; for a person's or an outside party's step the coordinators'."""
    if step.owner is not None and step.owner.kind == Party.Kind.TEAM:
        return step.owner
    return routing.called(routing.COORDINATION)


def _answer(step: Step, *, actor: Actor, at: datetime, key: UUID | None) -> None:
    """Its ask, if it was late: answered by the team, else no longer wanted.

    Of several that are late together the last one ends it.
    """
    ask = step.ask
    if ask is None or ask.state not in {Ask.State.PASSED, Ask.State.IN_HAND}:
        return
    if ask.steps.filter(state=Step.State.OPEN).exists():
        return  # it names others as well
    if is_team(actor, ask):
        if ask.state == Ask.State.PASSED:
            answering.accept(ask.pk, actor=actor, at=at, key=_after(key, "accept"))
        words = step.words or _("Done.")
        answering.answer(ask.pk, words, actor=actor, at=at, key=_after(key, "answer"))
    elif is_asking_side(actor, ask):
        asking.withdraw(ask.pk, actor=actor, at=at, key=_after(key, "withdraw"))


def _after(key: UUID | None, what: str) -> UUID | None:
    return uuid5(key, what) if key else None


def _require_shown(step: Step, words: str, document: Document | None) -> None:
    needs = Showing(step.evidence)
    if needs == Showing.WORD and not words.strip():
        raise NotShown(_("Say in a few words what shows that it is done."))
    if needs == Showing.DOCUMENT and document is None:
        raise NotShown(_("Add the document that shows that it is done."))
    is_photo = document is not None and document.media_type.startswith("image/")
    if needs == Showing.PHOTO and not is_photo:
        raise NotShown(_("Add a photo that shows that it is done."))


def _push(step: Step, pushes: Sequence[Push]) -> list[list[object]]:
    moved: list[list[object]] = []
    others = {one.code: one for one in step.run.steps.exclude(pk=step.pk)}
    for push in pushes:
        other = others[push.code]
        moved.append([other.pk, other.due_at.isoformat(), push.to_at.isoformat()])
        other.due_at = push.to_at
        other.save(update_fields=["due_at"])
    return moved


def _last_move(step: Step) -> Entry | None:
    verbs = ["step.slipped", "step.slip_taken_back"]
    entries = Entry.objects.filter(
        subject_kind=step._meta.label_lower, subject_id=step.pk, verb__in=verbs
    )
    return entries.order_by("-pk").first()


def _locked(step_id: int) -> Step:
    rows = Step.objects.select_for_update(of=("self",))
    return rows.select_related(
        "event", "run__playbook", "run__delegation", "owner", "owner_person", "ask"
    ).get(pk=step_id)


def _keep(
    step: Step,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None,
    words: str = "",
    owe: bool = False,
    more: Sequence[Push] = (),
    **facts: Any,
) -> Step:
    """Save the row and enter ``verb``; with ``owe`` its new hours are watched."""
    step.save()
    dues = sorted({step.due_at, *(push.to_at for push in more)}) if owe else []
    journal.write(
        verb,
        step,
        actor=actor,
        at=at,
        key=key,
        about=actor.person_id if words else None,
        sealed={"words": words} if words else None,
        owe=[(STEP_DUE, due) for due in dues],
        state=step.state,
        **facts,
    )
    return step
