"""What a party's earlier events leave to its next hosts, where the guests allow it.

Numbers, topics and our own people's names; never a word that was said, a private
request or a document's text. Without the guests' leave there is nothing, not even that
there was an event.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from titian.kernel.models import Event
from titian.loop.models import Promise, Topic
from titian.people.models import Assignment, CarryOver, Delegation
from titian.talks.models import Agreement, Deliverable, Meeting

MOST_ASKED = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of so many were kept: our promises and lines, or theirs."""

    kept: int
    of: int


@dataclass(frozen=True, slots=True)
class Edition:
    """One earlier event of the party, as its hosts may remember it."""

    delegation: Delegation
    ours: Kept
    theirs: Kept
    meetings: int
    in_force: int
    most_asked: tuple[str, ...]
    officers: tuple[str, ...]

    @property
    def event(self) -> Event:
        return self.delegation.event


def editions(delegation: Delegation) -> tuple[Edition, ...]:
    """The party's other events that began before this one, the newest first.

    For hosts who may see ``delegation``: the guests gave leave to whoever looks after
    them next.
    """
    allowed = CarryOver.objects.filter(
        delegation__party=delegation.party_id, withdrawn_at=None
    ).exclude(delegation__event=delegation.event_id)
    if delegation.event.starts_on is not None:
        allowed = allowed.filter(
            delegation__event__starts_on__lt=delegation.event.starts_on
        )
    rows = allowed.select_related("delegation__event", "delegation__party")
    ordered = rows.order_by("-delegation__event__starts_on", "-pk")
    return tuple(_edition(one.delegation) for one in ordered)


def _edition(former: Delegation) -> Edition:
    held = Meeting.objects.filter(Q(party_a=former) | Q(party_b=former), state="held")
    return Edition(
        delegation=former,
        ours=_kept(former, "ours"),
        theirs=_kept(former, "theirs"),
        meetings=held.distinct().count(),
        in_force=former.agreements.filter(state=Agreement.State.IN_FORCE).count(),
        most_asked=tuple(_most_asked(former)),
        officers=tuple(_officers(former)),
    )


def _kept(former: Delegation, direction: str) -> Kept:
    """Promises and lines in one direction; what is still open is not kept."""
    words = Promise.objects.filter(delegation=former, direction=direction)
    lines = Deliverable.objects.filter(
        agreement__delegation=former, direction=direction
    ).exclude(state=Deliverable.State.WAIVED)
    kept = words.filter(state=Promise.State.KEPT).count()
    accepted = lines.filter(state=Deliverable.State.ACCEPTED).count()
    return Kept(kept + accepted, words.count() + lines.count())


def _most_asked(former: Delegation) -> Iterable[str]:
    """The topics asked for most, by name; private requests are not counted."""
    hers = Q(asks__asked_by=former, asks__is_private=False, asks__is_recovery=False)
    counted = Topic.objects.annotate(n=Count("asks", filter=hers)).filter(n__gt=0)
    return [topic.name for topic in counted.order_by("-n", "order", "pk")[:MOST_ASKED]]


def _officers(former: Delegation) -> Iterable[str]:
    """Our own people who accompanied it, the last first."""
    held = Assignment.objects.filter(
        delegation=former, consent=Assignment.Consent.AGREED
    ).select_related("officer__person")
    return dict.fromkeys(one.officer.person.display for one in held.order_by("-pk"))
