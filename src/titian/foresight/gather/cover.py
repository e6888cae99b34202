"""Rows into the cover problem: who must be held when, who can hold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext as _

from titian.kernel import clock
from titian.kernel.models import Event
from titian.people.fitness import wanted_languages
from titian.people.models import Assignment, Delegation, Duty, Officer
from titian.people.models.party import ATTENDED
from titian.people.queries import Window, guarded, without
from titian.places.models import TravelTime
from titian.planning import cover

HOUR = timedelta(hours=1)
HOME_UNKNOWN_MINUTES = 30
ORDER = ("uncovered", "changed", "faces", "handovers", "spread", "margin")
"""A published duty moves only where that closes a gap; then the same few faces."""


class NoDays(ValueError):
    """The event has no days to plan; the argument is a sentence."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The problem, and the rows its keys stand for."""

    problem: cover.Problem
    delegations: Mapping[str, Delegation]
    officers: Mapping[str, Officer]


def horizon(event: Event, at: datetime) -> Window:
    """The hours to plan: the event's days, to begin with; later what is left of them.

    The first plan is of all days, so that the record of the week is whole. Once duties
    are published, hours that are over are left as they were.
    """
    if event.starts_on is None or event.ends_on is None:
        raise NoDays(_("The event has no first and last day, so there is no plan."))
    start = clock.day_of(event, event.starts_on)[0]
    end = clock.day_of(event, event.ends_on)[1]
    published = Duty.objects.filter(delegation__event=event, withdrawn_at=None)
    if published.exists():
        hour = clock.local(event, at).replace(minute=0, second=0, microsecond=0)
        start = max(start, hour)
    if start >= end:
        raise NoDays(_("The event's days are over: there is nothing left to plan."))
    return start, end


def gather(event: Event, hours: Window, at: datetime | None = None) -> Gathered:
    """The cover problem of these hours, in a constant number of queries.

    With ``at`` the duties that run at that minute stay as they are: nobody is taken
    off in the middle of one by a plan. They are of the problem, and so of its hash.
    """
    rows = event.delegations.filter(party__kind__in=ATTENDED)
    delegations = {
        row.party.code: row
        for row in rows.select_related("party", "event").order_by("party__code")
    }
    crew = event.officers.select_related("person").prefetch_related("absences")
    officers = {row.code: row for row in crew.order_by("code")}
    pairs = _pairs(event)
    before, published = _duties(officers.values(), hours, at)
    faces = _faces(
        pairs, [*published, *(one for some in before.values() for one in some)]
    )
    windows = guarded(event, *hours)
    problem = cover.Problem(
        start=hours[0],
        end=hours[1],
        posts=tuple(
            _post(row, windows.get(row.pk, []), hours, faces[row.party.code])
            for row in delegations.values()
        ),
        officers=tuple(
            _officer(row, pairs, before[row.pk], ways)
            for ways in [_ways_from_home(event)]
            for row in officers.values()
        ),
        published=tuple(published),
        order=ORDER,
    )
    return Gathered(problem, delegations, officers)


def _pairs(event: Event) -> dict[int, list[Assignment]]:
    """Present assignments by delegation, primary first, declined ones too."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    present = Assignment.objects.filter(delegation__event=event, relieved_at=None)
    for one in present.select_related("officer", "delegation__party").order_by(
        "role", "officer__code"
    ):
        found[one.delegation_id].append(one)
    return found


def _faces(
    pairs: Mapping[int, Sequence[Assignment]], duties: Iterable[cover.Duty]
) -> dict[str, list[str]]:
    """Whom each delegation knows: officers who agreed, not those on call alone."""
    by_telephone: dict[tuple[str, str], bool] = {}
    for duty in duties:
        pair = (duty.post, duty.officer)
        on_call = duty.mode == cover.Mode.ON_CALL
        by_telephone[pair] = by_telephone.get(pair, True) and on_call
    found: dict[str, list[str]] = defaultdict(list)
    for one in (one for several in pairs.values() for one in several):
        code = one.delegation.party.code
        agreed = one.consent == Assignment.Consent.AGREED
        if agreed and not by_telephone.get((code, one.officer.code)):
            found[code].append(one.officer.code)
    return found


def _post(
    row: Delegation,
    guarded_hours: Iterable[Window],
    hours: Window,
    kept: Sequence[str],
) -> cover.Post:
    attached = whole_hours(guarded_hours, hours)
    on_call = without([hours], attached)
    demand = [
        *(cover.Demand(*span, cover.Mode.ATTACHED) for span in attached),
        *(cover.Demand(*span, cover.Mode.ON_CALL) for span in on_call),
    ]
    return cover.Post(
        key=row.party.code,
        level=row.rank,
        demand=tuple(sorted(demand, key=lambda one: one.start)),
        wanted=wanted_languages(row),
        kept=tuple(kept),
    )


def whole_hours(spans: Iterable[Window], within: Window) -> list[Window]:
    """The spans widened to whole hours, those that then touch made one."""
    found: list[Window] = []
    for starts_at, ends_at in sorted(spans):
        start = starts_at.replace(minute=0, second=0, microsecond=0)
        end = ends_at.replace(minute=0, second=0, microsecond=0)
        end = end if end == ends_at else end + HOUR
        start, end = max(start, within[0]), min(end, within[1])
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def _officer(
    row: Officer,
    pairs: Mapping[int, Sequence[Assignment]],
    held: Sequence[cover.Duty],
    ways: Mapping[int, int],
) -> cover.Officer:
    return cover.Officer(
        key=row.code,
        languages=row.person.languages,
        clearance=row.clearance,
        licence=row.has_licence,
        unavailable=tuple(
            cover.Span(one.starts_at, one.ends_at)
            for one in sorted(row.absences.all(), key=lambda one: one.starts_at)
        ),
        declined=tuple(
            one.delegation.party.code
            for several in pairs.values()
            for one in several
            if one.officer_id == row.pk and one.consent == Assignment.Consent.DECLINED
        ),
        held=tuple(held),
        travel_minutes=ways.get(row.home_id or 0, HOME_UNKNOWN_MINUTES),
    )


def _duties(
    officers: Iterable[Officer], hours: Window, at: datetime | None
) -> tuple[dict[int, list[cover.Duty]], list[cover.Duty]]:
    """What each officer holds outside the hours, and what is published within.

    What runs at ``at`` is held, whole: it ends by a hand-over, not by a plan.
    """
    by_person = {row.person_id: row for row in officers}
    held: dict[int, list[cover.Duty]] = defaultdict(list)
    published: list[cover.Duty] = []
    rows = Duty.objects.filter(officer__person__in=by_person, withdrawn_at=None)
    for duty in rows.select_related("officer", "delegation__party").order_by(
        "starts_at", "pk"
    ):
        officer = by_person[duty.officer.person_id]
        runs = at is not None and duty.starts_at <= at < duty.ends_at
        for piece, is_within in _pieces(duty, officer, hours):
            if is_within and not runs and duty.delegation.event_id == officer.event_id:
                published.append(piece)
            else:
                held[officer.pk].append(piece)
    return held, published


def _pieces(
    duty: Duty, officer: Officer, hours: Window
) -> Iterable[tuple[cover.Duty, bool]]:
    """The duty before, within and after the hours."""
    start, end = hours
    spans = [
        (duty.starts_at, min(duty.ends_at, start), False),
        (max(duty.starts_at, start), min(duty.ends_at, end), True),
        (max(duty.starts_at, end), duty.ends_at, False),
    ]
    for first, last, is_within in spans:
        if first < last:
            yield (
                cover.Duty(
                    post=_post_key(duty, officer),
                    officer=officer.code,
                    start=first,
                    end=last,
                    mode=cover.Mode(duty.mode),
                    role=cover.Role(duty.role),
                ),
                is_within,
            )


def _post_key(duty: Duty, officer: Officer) -> str:
    """A delegation of another event is another post, though the party is the same."""
    code, event_id = duty.delegation.party.code, duty.delegation.event_id
    return code if event_id == officer.event_id else f"{event_id}:{code}"


def _ways_from_home(event: Event) -> dict[int, int]:
    """The shortest way from each officer's home to where guests sleep, in minutes."""
    homes = event.officers.exclude(home=None).values("home")
    ways = TravelTime.objects.filter(origin__in=homes, destination__kind="hotel")
    return dict(ways.values_list("origin").annotate(minutes=Min("minutes")).order_by())
