"""What the page of the line of time shows, for whom, and of which weeks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event, Source
from titian.loop.commands.steps import pushes_of
from titian.loop.models import Playbook, Run, Step
from titian.loop.steps import moves_open_to, node_of, owner_of, red_of
from titian.loop.timeline import standings
from titian.people.models import Person
from titian.web.desk.timeline.drawing import Chart, Piece, drawn

STATES = {
    "open": pgettext_lazy("steps", "Open"),
    "red": pgettext_lazy("steps", "On the red path"),
    "late": pgettext_lazy("steps", "Late"),
    "done": pgettext_lazy("steps", "Done"),
    "all": pgettext_lazy("steps", "All"),
}
SPANS = {
    "days": (_("Days"), timedelta(days=3), timedelta(days=5)),
    "weeks": (_("Weeks"), timedelta(days=21), timedelta(days=21)),
    "all": (_("From first to last"), timedelta(0), timedelta(0)),
}
HAPPENED = {
    "step.ticked": _("Ticked"),
    "step.unticked": _("The tick was taken back"),
    "step.slipped": _("Another hour"),
    "step.slip_taken_back": _("The former hour again"),
    "step.dropped": _("Dropped"),
    "step.restored": _("Wanted after all"),
    "step.late": _("Its hour passed: it became a request"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which steps the reader asks to see."""

    run: int | None = None
    owner: str = ""
    state: str = "open"
    span: str = "weeks"

    @classmethod
    def of(cls, given: Mapping[str, object]) -> "Asked":
        """From the address; what it cannot mean is the usual."""
        run, owner, state, span = (
            str(given.get(name, "")) for name in ("run", "owner", "state", "span")
        )
        return cls(
            int(run) if run.isdecimal() and len(run) < 19 else None,
            owner[:200],
            state if state in STATES else "open",
            span if span in SPANS else "weeks",
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One step in the list."""

    step: Step
    tone: str
    is_red: bool
    owner: str
    month: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The step in the side panel: all that is known of it, and what may be done."""

    row: Row
    moves: list[str]
    before: list[Step]
    after: list[Step]
    history: list[tuple[str, str, datetime]]
    sources: list[Source]
    slack: timedelta | None
    may_undo_slip: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What another hour would push, before it is saved."""

    to_at: datetime
    pushes: list[tuple[Step, datetime, datetime]]

    @property
    def codes(self) -> str:
        """The pushed steps' codes, as the form gives them back."""
        return ";".join(step.code for step, _from, _to in self.pushes)


def runs_of(event: Event, actor: Actor) -> QuerySet[Run]:
    """The lists under way that have a step the actor sees, the timeline first."""
    seen = Step.objects.visible_to(actor).filter(event=event).values("run")
    is_timeline = Q(playbook__kind=Playbook.Kind.TIMELINE)
    rows = Run.objects.filter(pk__in=seen).select_related(
        "playbook", "delegation__party"
    )
    return rows.alias(last=~is_timeline).order_by("last", "-started_at", "-pk")


def context_of(
    event: Event, actor: Actor, asked: Asked, step: Step | None = None
) -> dict[str, object]:
    """Everything on the page: the list, the drawing, the cause, one step."""
    runs = list(runs_of(event, actor))
    wanted = step.run_id if step else asked.run
    run = next((one for one in runs if one.pk == wanted), runs[0] if runs else None)
    at = clock.time_at(event)
    base = {
        "event": event,
        "now": clock.local(event, at),
        "runs": runs,
        "run": run,
        "asked": asked,
        "states": STATES,
        "spans": {name: words for name, (words, _b, _a) in SPANS.items()},
        "key": uuid4(),
    }
    if run is None:
        return {**base, "rows": [], "chosen": None}
    return {**base, **_of_run(run, event, actor, asked, step, at)}


def _of_run(
    run: Run,
    event: Event,
    actor: Actor,
    asked: Asked,
    step: Step | None,
    at: datetime,
) -> dict[str, object]:
    steps = list(_steps(run))
    red = red_of(steps, event, at)
    codes = red[0].codes if red else ()
    rows = [_row(one, codes, at) for one in steps]
    seen = set(
        Step.objects.visible_to(actor).filter(run=run).values_list("pk", flat=True)
    )
    mine = [row for row in rows if row.step.pk in seen]
    chosen = _row_of(mine, step.code if step else (codes[0] if codes else ""))
    sentence = ""
    if red is not None:
        indonesian = (get_language() or "id").startswith("id")
        sentence = red[1][1] if indonesian else red[1][0]
    return {
        "rows": [row for row in mine if _is_asked(row, asked, at)],
        "owners": list(dict.fromkeys(row.owner for row in mine)),
        "cause": sentence,
        "red_steps": [
            row.step for code in codes for row in mine if row.step.code == code
        ],
        "chart": _chart(mine, codes, asked, event, at),
        "chosen": _chosen(chosen, steps, actor, at) if chosen else None,
        "done": sum(row.step.state == Step.State.DONE for row in mine),
        "of": len(mine),
        "late": sum(row.step.is_late(at) for row in mine),
    }


def previewed(step: Step, to_at: datetime) -> Preview:
    """What giving the step this hour would move."""
    others = {one.code: one for one in step.run.steps.all()}
    pushes = pushes_of(step, to_at)
    return Preview(to_at, [(others[p.code], p.from_at, p.to_at) for p in pushes])


def _steps(run: Run) -> QuerySet[Step]:
    rows = run.steps.select_related(
        "owner", "owner_person", "done_by", "shown", "ask", "event"
    )
    return rows.select_related("run__playbook", "run__delegation")


def _row(step: Step, red: Sequence[str], at: datetime) -> Row:
    is_red = step.code in red
    if step.state != Step.State.OPEN:
        tone = "ok" if step.state == Step.State.DONE else "still"
    elif step.is_late(at):
        tone = "red"
    else:
        tone = "late" if is_red else "calm"
    language = "id" if (get_language() or "id").startswith("id") else "en"
    month = formats.date_format(clock.local(step.event, step.due_at), "F Y")
    return Row(step, tone, is_red, owner_of(step, language), month)


def _is_asked(row: Row, asked: Asked, at: datetime) -> bool:
    if asked.owner and row.owner != asked.owner:
        return False
    return {
        "open": row.step.state == Step.State.OPEN,
        "red": row.is_red,
        "late": row.step.is_late(at),
        "done": row.step.state != Step.State.OPEN,
        "all": True,
    }[asked.state]


def _row_of(rows: Sequence[Row], code: str) -> Row | None:
    found = next((row for row in rows if row.step.code == code), None)
    return found or next((r for r in rows if r.step.state == Step.State.OPEN), None)


def _chart(
    rows: Sequence[Row], red: Sequence[str], asked: Asked, event: Event, at: datetime
) -> Chart | None:
    if not rows:
        return None
    _words, before, after = SPANS[asked.span]
    first = min(row.step.due_at - row.step.takes for row in rows)
    last = max(row.step.due_at for row in rows) + timedelta(minutes=5)
    window = (at - before, at + after) if before else (first, last)
    if not before or window[1] < first or window[0] > last:
        window = (first, last)
    pieces = [
        Piece(
            row.step.code,
            row.owner,
            row.step.due_at - row.step.takes,
            row.step.due_at,
            "red" if row.is_red or row.tone == "red" else row.tone,
        )
        for row in sorted(rows, key=lambda row: row.owner)
    ]
    begin, end = (clock.local(event, edge) for edge in window)
    form = "M Y" if asked.span == "all" else "j M"
    return drawn(
        pieces, red, (begin, end), at, lambda day: formats.date_format(day, form)
    )


def _chosen(row: Row, steps: Sequence[Step], actor: Actor, at: datetime) -> Chosen:
    step = row.step
    known = {one.code: one for one in steps}
    nodes = [node_of(one) for one in steps]
    standing = standings(nodes, at)[step.code]
    keys = [key for key in step.source.split(";") if key]
    history = _history(step)
    slips = [verb for verb, *_rest in history if "slip" in verb]
    return Chosen(
        row=row,
        moves=moves_open_to(actor, step),
        before=[known[code] for code in step.depends_on if code in known],
        after=[one for one in steps if step.code in one.depends_on],
        history=[(str(HAPPENED.get(v, v)), who, when) for v, who, when in history],
        sources=list(Source.objects.filter(key__in=keys).order_by("key")),
        slack=standing.slack if step.state == Step.State.OPEN else None,
        may_undo_slip=bool(slips) and slips[0] == "step.slipped",
    )


def _history(step: Step) -> list[tuple[str, str, datetime]]:
    entries = list(
        Entry.objects.filter(
            subject_kind=step._meta.label_lower, subject_id=step.pk
        ).order_by("-pk")[:20]
    )
    people = {entry.actor_person_id for entry in entries if entry.actor_person_id}
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "display"))
    return [
        (entry.verb, names.get(entry.actor_person_id or 0, ""), entry.said_at)
        for entry in entries
    ]
