"""The seating of an item: who sits where, in the order of precedence, blanks too."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from titian.kernel.actor import Actor
from titian.people.models import Delegation, Member, Party
from titian.programme.models import PRESS_CALL, Activity, Placing
from titian.programme.models.seating import same_words

type Seats = dict[int, list[Placing]]

OVER = {Activity.State.FINISHED, Activity.State.CANCELLED}
GROUPS = [group.value for group in Member.Group]


@dataclass(frozen=True, slots=True)
class Line:
    """One place on the plan: a delegation's own or one person's; it may be blank."""

    delegation: Delegation
    member: Member | None
    placing: Placing | None

    @property
    def seat(self) -> str:
        """The seat, empty while there is none."""
        return self.placing.seat if self.placing else ""

    @property
    def side(self) -> str:
        """The door or side, empty while there is none."""
        return self.placing.side if self.placing else ""


def takes_part(delegation: Delegation, activity: Activity) -> bool:
    """Whether the item is this delegation's: it is named, or the item is for all.

    At a press call every newsroom may be given a slot in the pool.
    """
    if is_in_the_pool(delegation, activity):
        return delegation.event_id == activity.event_id
    if activity.is_for_all and not activity.is_private:
        return delegation.event_id == activity.event_id
    return activity.delegations.filter(pk=delegation.pk).exists()


def is_in_the_pool(delegation: Delegation, activity: Activity) -> bool:
    """Whether its place at the item is a slot of the press pool."""
    return activity.kind == PRESS_CALL and delegation.party.kind == Party.Kind.MEDIA


def seating(activity: Activity, actor: Actor, *, of: int | None = None) -> list[Line]:
    """Everybody who takes part and whom the actor sees, by precedence.

    Each delegation has its own line, blank while it has no seat, and one for each of
    its people with a seat; with ``of``, one for every person of that delegation.
    """
    sides = _sides(activity, actor)
    if of is not None:
        sides = [side for side in sides if side.pk == of]
    found: dict[int, list[Placing]] = defaultdict(list)
    rows = Placing.objects.visible_to(actor).filter(activity=activity)
    for placing in rows.select_related("member__person", "delegation__party"):
        found[placing.delegation_id].append(placing)
    people = _people(of, activity) if of is not None else []
    return [line for side in sides for line in _lines(side, found[side.pk], people)]


def seats_of(delegation: Delegation, activity_ids: Iterable[int]) -> Seats:
    """Its seats given at these items: its own first, then by sub-group."""
    rows = Placing.objects.given().filter(
        activity__in=list(activity_ids), delegation=delegation
    )
    found: Seats = defaultdict(list)
    for placing in rows.select_related("member__person", "delegation__party"):
        found[placing.activity_id].append(placing)
    for seats in found.values():
        seats.sort(key=_by_group)
    return found


def seats_for(seats: Sequence[Placing], person_id: int | None) -> Sequence[Placing]:
    """What one person of the delegation reads: her own seat, else all of her side."""
    own = [one for one in seats if one.member and one.member.person_id == person_id]
    return own or seats


def seats_to_come(delegation: Delegation, actor: Actor, at: datetime) -> list[Placing]:
    """The delegation's seats at what is not over, item by item, as the actor sees."""
    rows = Placing.objects.visible_to(actor).given().filter(delegation=delegation)
    rows = rows.exclude(activity__state__in=OVER).select_related(
        "activity", "member__person", "delegation__party"
    )
    coming = [one for one in rows if one.activity.ends >= at]
    return sorted(
        coming,
        key=lambda one: (one.activity.begins, one.activity_id, _by_group(one)),
    )


def holder(activity: Activity, seat: str) -> Placing | None:
    """Who has this seat at the item, however it is written."""
    rows = Placing.objects.given().filter(activity=activity)
    wanted = same_words(seat)
    for placing in rows.select_related("delegation__party", "member__person"):
        if same_words(placing.seat) == wanted:
            return placing
    return None


def _sides(activity: Activity, actor: Actor) -> list[Delegation]:
    seen = Delegation.objects.visible_to(actor).filter(event=activity.event_id)
    if not activity.is_for_all or activity.is_private:
        theirs = Q(activities=activity)
        if activity.kind == PRESS_CALL:
            theirs |= Q(party__kind=Party.Kind.MEDIA)
        seen = seen.filter(theirs)
    held = Placing.objects.given().filter(activity=activity).values("delegation")
    coming = ~Q(status=Delegation.Status.WITHDRAWN) | Q(pk__in=held)
    return sorted(
        seen.filter(coming).select_related("party", "head").distinct(),
        key=lambda one: (one.protocol_group, one.rank, one.code),
    )


def _people(of: int, activity: Activity) -> list[Member]:
    """The delegation's people, or those of the sub-group whose track the item is."""
    members = Member.objects.filter(delegation=of).select_related("person")
    if activity.group:
        members = members.filter(group=activity.group)
    return sorted(members, key=lambda one: (GROUPS.index(one.group), one.pk))


def _lines(
    side: Delegation, placings: Sequence[Placing], people: Sequence[Member]
) -> Iterable[Line]:
    own = {one.member_id: one for one in placings}
    yield Line(side, None, own.pop(None, None))
    for member in people:
        yield Line(side, member, own.pop(member.pk, None))
    for placing in sorted(own.values(), key=_by_group):
        if placing.seat:
            yield Line(side, placing.member, placing)


def _by_group(placing: Placing) -> tuple[int, int]:
    member = placing.member
    return (GROUPS.index(member.group), member.pk) if member else (-1, 0)
