"""What stands, lands, drives or sleeps where it is closed."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from titian.briefing.touched import Touched, named, touched_by
from titian.kernel import telling
from titian.kernel.bilingual import in_both
from titian.kernel.questions import Break
from titian.logistics.board import PROTOCOL
from titian.logistics.models import Journey, Stay, Trip
from titian.logistics.policy import LODGING, TRANSPORT
from titian.people.models import Party
from titian.places.models import Closure
from titian.programme.models import Activity

LOWEST_LEVEL = 7


def shut_in_the_way(at: datetime) -> Iterator[Break]:
    """Each item, landing, car and stay to come that meets a closure in force."""
    rows = Closure.objects.filter(lifted_at=None, ends_at__gt=at)
    closures = list(rows.select_related("place", "event"))
    if not closures:
        return
    codes = [PROTOCOL, TRANSPORT, LODGING]
    teams = dict(Party.objects.filter(code__in=codes).values_list("code", "pk"))
    for closure in closures:
        yield from _met(closure, touched_by(closure), teams)


def _met(closure: Closure, touched: Touched, teams: dict[str, int]) -> Iterator[Break]:
    for item in touched.activities:
        yield _of_item(closure, item, teams.get(PROTOCOL))
    for journey in touched.journeys:
        yield _of(closure, journey, journey.at, teams.get(TRANSPORT))
    for trip in touched.trips:
        yield _of(closure, trip, trip.starts_at, teams.get(TRANSPORT))
    for stay in touched.stays:
        yield _of(closure, stay, None, teams.get(LODGING))


def _of_item(closure: Closure, item: Activity, team: int | None) -> Break:
    named_ones = [] if item.is_for_all else list(item.delegations.all())
    highest = min(named_ones, key=lambda one: one.rank, default=None)
    everybody = 1 if item.is_for_all else LOWEST_LEVEL
    english, indonesian = in_both(_item_in(closure, item))
    return Break(
        level=highest.rank if highest else everybody,
        by=max(item.begins, closure.starts_at),
        sentence=english,
        subject_kind=item._meta.label_lower,
        subject_id=item.pk,
        owner_team_id=team,
        sentence_id=indonesian,
        concerns_id=highest.pk if highest else None,
    )


def _of(
    closure: Closure,
    subject: Journey | Trip | Stay,
    by: datetime | None,
    team: int | None,
) -> Break:
    english, indonesian = in_both(_delegation_in(closure, subject))
    return Break(
        level=subject.delegation.rank,
        by=max(by or closure.starts_at, closure.starts_at),
        sentence=english,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        owner_team_id=team,
        sentence_id=indonesian,
        concerns_id=subject.delegation_id,
    )


def _item_in(closure: Closure, item: Activity) -> Callable[[], str]:
    return lambda: (
        _("“%(item)s” would be at %(where)s, closed %(hours)s.")
        % {
            "item": _("a private item") if item.is_private else item.title,
            **_where_and_when(closure),
        }
    )


def _delegation_in(
    closure: Closure, subject: Journey | Trip | Stay
) -> Callable[[], str]:
    return lambda: (
        _("%(delegation)s: %(what)s falls into the closure of %(where)s, %(hours)s.")
        % {
            "delegation": subject.delegation.name,
            "what": named(subject),
            **_where_and_when(closure),
        }
    )


def _where_and_when(closure: Closure) -> dict[str, str]:
    hours = telling.span(closure.event, closure.starts_at, closure.ends_at)
    return {"where": closure.where, "hours": hours}
