"""The reports there are: what each is about, who may write it, which parts it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from titian.exchange.reports import figures
from titian.exchange.reports.figures import HOUR, Counted, Figure
from titian.kernel import clock, telling
from titian.kernel.actor import Actor
from titian.kernel.models import Entry, Event
from titian.people.models import Delegation, Duty, Officer
from titian.people.policy import accompanies, is_the_officer
from titian.talks.amounts import amounts
from titian.talks.models import Agreement
from titian.talks.policy import may_file
from titian.talks.queries import totals

KINDS: dict[str, str | Promise] = {
    "delegation": gettext_lazy("Delegation report"),
    "officer": gettext_lazy("LO report"),
    "agreements": gettext_lazy("State of the agreements"),
    "fulfilment": gettext_lazy("Fulfilment report"),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under their heads, with how wide each column is beside the others."""

    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, what is counted under it, and room for words."""

    key: str
    heading: str
    figures: tuple[Figure, ...] = ()
    grid: Grid = field(default_factory=Grid)


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its numbers stand, in the language that is spoken now."""

    kind: str
    subject_id: int
    title: str
    subtitle: str
    parts: tuple[Part, ...]
    parties: tuple[Delegation, ...]
    is_invented: bool


def report(kind: str, subject_id: int, event: Event, *, actor: Actor) -> Report | None:
    """The report, or ``None`` where there is nothing of it that the actor may write."""
    return BUILDERS[kind](event, subject_id, actor, clock.time_at(event))


def _delegation(
    event: Event, subject_id: int, actor: Actor, at: datetime
) -> Report | None:
    row = event.delegations.select_related("party").filter(pk=subject_id).first()
    if row is None or not (may_file(actor, event) or accompanies(actor, row)):
        return None
    of = Counted(event, [row], actor, at)
    papers = Agreement.objects.visible_to(actor).filter(delegation=row)
    parts = [*_counted(of), _agreements(list(papers), at)]
    return _report(event, "delegation", row.pk, row.name, parts, [row], at)


def _officer(
    event: Event, subject_id: int, actor: Actor, at: datetime
) -> Report | None:
    row = event.officers.select_related("person").filter(pk=subject_id).first()
    if row is None or not (may_file(actor, event) or is_the_officer(actor, row)):
        return None
    sides = Delegation.objects.filter(event=event, assignments__officer=row)
    held = list(sides.select_related("party").distinct())
    of = Counted(event, held, actor, at)
    parts = [Part("duty", _("Duty"), tuple(_duty(row, held, at))), *_counted(of)]
    return _report(event, "officer", row.pk, row.person.display, parts, held, at)


def _all_agreements(
    event: Event, subject_id: int, actor: Actor, at: datetime
) -> Report | None:
    if not may_file(actor, event):
        return None
    rows = Agreement.objects.visible_to(actor).filter(event=event).order_by("code")
    seen = list(rows.select_related("delegation__party").prefetch_related("lines"))
    parts = [Part("brief", _("In brief")), _agreements(seen, at)]
    return _report(event, "agreements", 0, event.name, parts, [], at)


def _fulfilment(
    event: Event, subject_id: int, actor: Actor, at: datetime
) -> Report | None:
    seen = Agreement.objects.visible_to(actor).filter(event=event, pk=subject_id)
    row = seen.select_related("delegation__party").prefetch_related("lines").first()
    may = row and (may_file(actor, event) or accompanies(actor, row.delegation))
    if row is None or not may:
        return None
    parts = [
        Part("brief", _("In brief"), tuple(_line_figures(row, at))),
        _lines(row, "ours", _("We to them"), at),
        _lines(row, "theirs", _("They to us"), at),
    ]
    name = f"{row.code} {row.title}"
    return _report(event, "fulfilment", row.pk, name, parts, [row.delegation], at)


BUILDERS: dict[str, Callable[[Event, int, Actor, datetime], Report | None]] = {
    "delegation": _delegation,
    "officer": _officer,
    "agreements": _all_agreements,
    "fulfilment": _fulfilment,
}


def _report(
    event: Event,
    kind: str,
    subject_id: int,
    about: str,
    parts: Sequence[Part],
    parties: Sequence[Delegation],
    at: datetime,
) -> Report:
    local = clock.local(event, at)
    subtitle = _("%(event)s, as of %(day)s %(hour)s") % {
        "event": event.name,
        "day": date_format(local.date(), "j F Y"),
        "hour": telling.hour(event, at),
    }
    return Report(
        kind,
        subject_id,
        title=f"{KINDS[kind]}: {about}",
        subtitle=subtitle,
        parts=tuple(parts),
        parties=tuple(parties),
        is_invented=event.is_rehearsal,
    )


def _counted(of: Counted) -> list[Part]:
    return [
        Part("brief", _("In brief")),
        Part("programme", _("Programme"), tuple(figures.punctuality(of))),
        Part("cover", _("Cover"), tuple(figures.cover(of))),
        Part("requests", _("Requests"), tuple(figures.answers(of))),
        Part("standards", _("Standards not met"), tuple(figures.standards(of))),
        Part("promises", _("Promises"), tuple(figures.promises(of))),
        Part("guests", _("What guests said"), tuple(figures.satisfaction(of))),
    ]


def _duty(officer: Officer, held: Sequence[Delegation], at: datetime) -> list[Figure]:
    duties = Duty.objects.filter(officer=officer, withdrawn_at=None, starts_at__lt=at)
    spans = duties.filter(mode=Duty.Mode.ATTACHED).values_list("starts_at", "ends_at")
    hours = sum((min(end, at) - start for start, end in spans), timedelta())
    passed = Entry.objects.filter(
        event=officer.event, verb="ask.passed_on", actor_person_id=officer.person_id
    )
    return [
        Figure(_("Delegations"), ", ".join(one.name for one in held) or "–"),
        Figure(_("Hours held"), _("%(n)s h") % {"n": number_format(hours / HOUR, 1)}),
        Figure(_("Requests passed on"), str(passed.filter(said_at__lte=at).count())),
    ]


def _agreements(papers: Sequence[Agreement], at: datetime) -> Part:
    columns = (
        _("Agreement"),
        _("With"),
        _("State"),
        _("We to them"),
        _("They to us"),
        _("Overdue"),
    )
    rows = []
    for one in papers:
        counted = totals(one, at)
        sides = [counted["ours"], counted["theirs"]]
        done = [f"{side.accepted}/{side.lines}" for side in sides]
        overdue = str(sum(side.overdue for side in sides))
        name, state = f"{one.code} {one.title}", str(one.get_state_display())
        rows.append((name, one.delegation.name, state, *done, overdue))
    grid = Grid(columns, (4, 3, 2, 2, 2, 2), tuple(rows)) if rows else Grid()
    return Part("agreements", _("Agreements"), grid=grid)


def _line_figures(agreement: Agreement, at: datetime) -> list[Figure]:
    counted = totals(agreement, at)
    names = {"ours": _("We to them"), "theirs": _("They to us")}
    told = _("%(accepted)s of %(lines)s accepted, %(overdue)s overdue")
    return [
        Figure(_("With"), agreement.delegation.name),
        *(
            Figure(
                names[way],
                told
                % {
                    "accepted": one.accepted,
                    "lines": one.lines,
                    "overdue": one.overdue,
                },
            )
            for way, one in counted.items()
        ),
        *(
            Figure(
                f"{names[one.direction]}: {one.what}",
                _("%(accepted)s of %(owed)s %(unit)s accepted")
                % {
                    "accepted": number_format(one.accepted.normalize()),
                    "owed": number_format(one.owed.normalize()),
                    "unit": one.unit,
                },
            )
            for one in amounts(agreement.lines.all())
        ),
    ]


def _lines(agreement: Agreement, way: str, heading: str, at: datetime) -> Part:
    columns = (_("Line"), _("What"), _("Due"), _("State"), _("Evidence"))
    lines = agreement.lines.filter(direction=way).order_by("due_at", "line")
    rows = tuple(
        (
            str(line.line),
            line.what,
            date_format(clock.local(agreement.event, line.due_at).date(), "j M Y"),
            _("overdue") if line.is_overdue(at) else str(line.get_state_display()),
            ", ".join(one.name or one.words for one in line.evidence.all()) or "–",
        )
        for line in lines.prefetch_related("evidence")
    )
    grid = Grid(columns, (1, 6, 3, 3, 5), rows) if rows else Grid()
    return Part(way, heading, grid=grid)
