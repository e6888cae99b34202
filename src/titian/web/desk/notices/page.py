"""What the pages of notices show: bars of delivery, and each person's step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.utils.translation import gettext as _

from titian.briefing import reaching
from titian.briefing.audience import BadRule, recipients
from titian.briefing.models import Copy, Notice
from titian.briefing.policy import may_compose
from titian.briefing.queries import (
    STEPS,
    Called,
    Standing,
    called_for,
    cards_of,
    cards_said,
    copies_of,
    in_words,
    standings,
    told_by,
)
from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.telling import is_indonesian
from titian.people.models import Person
from titian.people.policy import keeps_any_seat

MOST = 300
GLYPHS = {
    "acknowledged": "ok",
    "read": "hand",
    "delivered": "hand",
    "sent": "calm",
    "queued": "still",
    "failed": "red",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a bar: which step, how many, from where and how wide."""

    step: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Listed:
    """One notice in the list, with how it stands."""

    notice: Notice
    standing: Standing

    @property
    def bar(self) -> list[Part]:
        """The stretches from the left, those who know it first."""
        return bar_of(self.standing)


@dataclass(frozen=True, slots=True)
class Step:
    """How far one copy came: its word, its shape and its hour."""

    copy: Copy
    word: str
    glyph: str
    at: datetime
    calls: Sequence[Called] = ()

    @property
    def why(self) -> str:
        """Why the person is among them, in the reader's language."""
        return "; ".join(pair[is_indonesian()] for pair in self.copy.why)


def listed(event: Event, actor: Actor) -> list[Listed]:
    """All notices of the event that the reader may see, the newest first."""
    seen = Notice.objects.visible_to(actor).filter(event=event)
    rows = seen.select_related("composed_by", "event")
    found = standings(seen)
    return [Listed(row, found.get(row.pk, Standing())) for row in rows]


def bar_of(standing: Standing) -> list[Part]:
    """The bar, a hundred wide; nothing of nothing."""
    total, start, parts = standing.total or 1, 0.0, []
    for step in STEPS:
        count = getattr(standing, step)
        width = 100 * count / total
        if count:
            parts.append(Part(step, count, round(start, 2), round(width, 2)))
        start += width
    return parts


@dataclass(frozen=True, slots=True)
class Said:
    """A card that a delegation has been sent in this emergency."""

    name: str
    notice: Notice


def list_context(event: Event, actor: Actor) -> dict[str, object]:
    """The list: one's own that wait, then all."""
    own = Copy.objects.filter(person=actor.person_id, notice__event=event)
    sent = own.exclude(notice__state=Notice.State.DRAFT).select_related("notice")
    keeps = keeps_any_seat(actor, event)
    return {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "own": sorted(sent.order_by("-pk")[:20], key=_is_done),
        "rows": listed(event, actor) if keeps else [],
        "keeps": keeps,
        "may_compose": may_compose(actor, event),
        "ways": ways_of(actor),
        **_cards(event, actor),
        "key": uuid4(),
    }


def _cards(event: Event, actor: Actor) -> dict[str, object]:
    """While it burns: the approved cards, and to whose guests the reader says them."""
    cards = cards_of(event)
    told = told_by(actor, event) if cards else []
    names = {one.pk: one.name for one in told}
    said: dict[int, list[Said]] = {}
    for (book, pk), notice in cards_said(event, names).items():
        said.setdefault(book, []).append(Said(names[pk], notice))
    return {"cards": cards, "told": told, "said": said}


def ways_of(actor: Actor) -> list[str]:
    """The channels that are switched on, the reader's first one first."""
    person = Person.objects.filter(pk=actor.person_id or 0).first()
    return reaching.ways_of(person) if person else []


def notice_context(notice: Notice, actor: Actor, *, silent: bool) -> dict[str, object]:
    """One notice: its words, who got it or would get it, and what may be done."""
    event = notice.event
    keeps = keeps_any_seat(actor, event)
    standing = standings(Notice.objects.filter(pk=notice.pk)).get(notice.pk)
    may = may_compose(actor, event)
    own = notice.copies.filter(person=actor.person_id).first()
    is_draft = notice.state == Notice.State.DRAFT
    return {
        "notice": notice,
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "standing": standing or Standing(),
        "bar": bar_of(standing or Standing()),
        "rule": in_words(event, notice.audience) if keeps else [],
        **_meant(event, notice.audience if keeps and is_draft else {}),
        "steps": steps_of(notice, silent=silent) if keeps else [],
        "most": MOST,
        "only_silent": silent,
        "newer": Notice.objects.filter(replaces=notice).first(),
        "own": own,
        "keeps": keeps,
        "may_send": may and is_draft,
        "may_revise": may and notice.state in {"draft", "sent"},
        "may_withdraw": may and notice.state in {"draft", "sent"},
        "key": uuid4(),
    }


def _meant(event: Event, rule: dict[str, object]) -> dict[str, object]:
    """Whom the rule means now: how many, and the first; nobody if it is no rule."""
    try:
        found = recipients(event, rule) if rule else []
    except BadRule:
        found = []
    return {"meant": found[:MOST], "count": len(found), "more": len(found[MOST:])}


def steps_of(notice: Notice, *, silent: bool) -> list[Step]:
    """Each person's step, the silent ones first."""
    rows = list(copies_of(notice, silent=silent)[:MOST])
    calls = called_for(rows)
    return [_step(copy, calls[copy.pk]) for copy in rows]


def _step(copy: Copy, calls: Sequence[Called]) -> Step:
    state = copy.state
    words = {
        "acknowledged": _("acknowledged"),
        "read": _("read"),
        "delivered": _("arrived"),
        "sent": _("sent"),
        "failed": _("could not be sent"),
        "queued": _("waits to be sent"),
    }
    at = copy.queued_at if state == "queued" else getattr(copy, f"{state}_at")
    return Step(copy, words[state], GLYPHS[state], at, calls)


def _is_done(copy: Copy) -> bool:
    return copy.acknowledged_at is not None or not copy.notice.is_in_force
