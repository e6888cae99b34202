"""What a hand-over lists: always how it stands in the rooms, beside what was read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from titian.kernel import compartments
from titian.kernel.actor import Actor, Proof
from titian.kernel.actor import Kind as ActorKind
from titian.kernel.fields import opened
from titian.kernel.questions import Carried, Kind
from titian.loop.holders import holds
from titian.loop.models import HandOver, HandOverItem
from titian.people.models import Assignment, Delegation, Duty, Officer

S = HandOverItem.State
SHOWN_FOR = timedelta(hours=24)
"""So long the guest's page says who is new."""
NAMED = 5
"""So many things are named in a refusal; of more it says how many."""


@dataclass(frozen=True, slots=True)
class Line:
    """A thing to be handed over, and how far the relief has come with it."""

    carried: Carried
    item: HandOverItem | None

    @property
    def mark(self) -> str:
        """Stands for what is read: who read something else reads anew."""
        return mark_of(self.carried)

    @property
    def state(self) -> str:
        """What changed since it was read counts as not read."""
        if self.item is None or self.item.state == S.GONE:
            return S.OPEN
        return self.item.state if self.item.mark == self.mark else S.OPEN

    @property
    def label(self) -> str:
        """Its state in the reader's language."""
        return str(S(self.state).label)

    @property
    def is_accepted(self) -> bool:
        """Whether the relief has taken it as it stands now."""
        return self.state == S.ACCEPTED

    @property
    def kind_label(self) -> str:
        """What sort of thing it is, in the reader's language."""
        return str(HandOverItem.Kind(self.carried.kind).label)

    @property
    def question(self) -> str:
        """What the relief asks about it; both officers and their leader read it."""
        return opened(self.item.question) if self.item else ""

    @property
    def explained(self) -> str:
        """What she who leaves answered."""
        return opened(self.item.explained) if self.item else ""


def mark_of(carried: Carried) -> str:
    """A digest of what must be read: its fields and its hour."""
    hour = carried.due_at.isoformat() if carried.due_at else ""
    read = json.dumps([dict(carried.fields), hour], sort_keys=True)
    return sha256(read.encode()).hexdigest()


def lines_of(handover: HandOver) -> list[Line]:
    """Everything that has to be accepted, as the rooms tell it at this moment."""
    rows = {(one.subject_kind, one.subject_id): one for one in handover.items.all()}
    return [Line(one, rows.get(one.key)) for one in carried_now(handover)]


def what_of(line: Line, row: HandOver, actor: Actor) -> str:
    """What the line is called, for who may know: a drawer's note only to its team."""
    drawer = line.carried.compartment
    if drawer and not compartments.may_open(actor, drawer, row.event):
        return _("A note in a drawer that is not yours")
    return line.carried.what


def left_of(handover: HandOver) -> list[Carried]:
    """What the relief has not accepted as it stands."""
    return [one.carried for one in lines_of(handover) if not one.is_accepted]


def carried_now(handover: HandOver) -> list[Carried]:
    """What every room says is carried; closed drawers only if the relief opens them."""
    relief = Actor(
        ActorKind.PERSON, Proof.SIGNED_IN, person_id=handover.incoming.person_id
    )
    found = carried(handover.delegation, handover.outgoing, handover.opened_at)
    return [
        one
        for one in [*found, *_own_words(handover)]
        if not one.compartment
        or compartments.may_open(relief, one.compartment, handover.event)
    ]


def carried(delegation: Delegation, officer: Officer, at: datetime) -> list[Carried]:
    """What an officer has with a delegation, each room asked once."""
    return [
        one
        for path in settings.CARRIED
        for one in import_string(path)(delegation.pk, officer.person_id, at)
    ]


def left_open(officer: Officer, delegation: Delegation, at: datetime) -> str:
    """Why she cannot leave the delegation yet, in one sentence; empty if she can.

    Only who holds it now is asked: she who handed over, or never had it, is free.
    """
    if not holds(officer, delegation, at):
        return ""
    live = delegation.handovers.live().filter(outgoing=officer).first()
    if live is None:
        return _named(_hers_alone(officer, delegation, at))
    if live.state == HandOver.State.LET_GO:
        return ""
    return _named(left_of(live)) or _("The relief has not signed the hand-over yet.")


def introduced_by(handover: HandOver) -> bool:
    """Whether guests may see who came: both signed, and she agreed to be with them."""
    pair = Assignment.objects.filter(
        officer=handover.incoming,
        delegation=handover.delegation,
        relieved_at=None,
        consent=Assignment.Consent.AGREED,
    )
    return handover.state == HandOver.State.TAKEN and pair.exists()


def introduction_of(delegation: Delegation, at: datetime) -> HandOver | None:
    """The hand-over that guests are told of: the last one, for a day."""
    rows = delegation.handovers.filter(
        state=HandOver.State.TAKEN, taken_at__gt=at - SHOWN_FOR
    ).select_related("outgoing__person", "incoming__person", "delegation")
    last = rows.order_by("-taken_at", "-pk").first()
    return last if last is not None and introduced_by(last) else None


def _duty_now(officer: Officer, delegation: Delegation, at: datetime) -> Duty | None:
    return Duty.objects.filter(
        officer=officer,
        delegation=delegation,
        mode=Duty.Mode.ATTACHED,
        withdrawn_at=None,
        starts_at__lte=at,
        ends_at__gt=at,
    ).first()


def _own_words(handover: HandOver) -> list[Carried]:
    """What she who leaves adds in her own words: whom not to seat beside whom."""
    rows = handover.items.filter(subject_kind=HandOverItem.WORD).order_by("pk")
    return [
        Carried(
            Kind.SENSITIVITY,
            opened(row.words),
            HandOverItem.WORD,
            row.subject_id,
            about_id=row.about_id,
        )
        for row in rows
    ]


def _hers_alone(
    officer: Officer, delegation: Delegation, at: datetime
) -> Iterable[Carried]:
    """What only another team may open is not hers; what comes is, while on duty."""
    on_duty = _duty_now(officer, delegation, at) is not None
    for one in carried(delegation, officer, at):
        if not one.compartment and (on_duty or one.kind != Kind.NEXT):
            yield one


def _named(things: Iterable[Carried]) -> str:
    """The refusal that names what is still open."""
    left = list(things)
    if not left:
        return ""
    shown = "; ".join(_short(one) for one in left[:NAMED])
    named: Mapping[str, object] = {"things": shown, "more": len(left) - NAMED}
    if len(left) > NAMED:
        return _("Nobody has accepted these yet: %(things)s and %(more)d more.") % named
    return _("Nobody has accepted these yet: %(things)s.") % named


def _short(one: Carried) -> str:
    return one.what if len(one.what) <= 60 else f"{one.what[:59]}…"
