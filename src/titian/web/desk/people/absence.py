"""An officer falls out: what breaks, three ways to mend it, one press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from titian.foresight.absences import Mend, Outlook, without
from titian.foresight.commands.absences import take_off_duty
from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.gather.cover import NoDays
from titian.foresight.models import Proposal
from titian.foresight.plans import NoSuchChange
from titian.foresight.shown import Shown, ShownGap, shown
from titian.kernel import clock
from titian.kernel.numbers import row_number
from titian.people.models import Officer
from titian.people.policy import coordinates
from titian.web.desk.acts import OLD_PAGE, ReasonForm
from titian.web.desk.moments import moment_from
from titian.web.events import event_here
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

USUALLY = timedelta(hours=24)
NOT_YET = "open"


@dataclass(frozen=True, slots=True)
class Way:
    """A mend as the page draws it."""

    number: int
    mend: Mend
    shown: Shown

    @property
    def others(self) -> int:
        """Duties of officers who are not away, changed all the same."""
        return self.mend.repair.others


@login_required
def absence(request: SignedInRequest, pk: int) -> HttpResponse:
    """First what her absence breaks and how it could be mended; then the act."""
    officer = _officer(request, pk)
    if request.method == "POST":
        return _take_off(request, officer)
    if "from" not in request.GET:
        return _page(request, officer)
    hours, problem = _hours(request, officer)
    if hours is None:
        return _page(request, officer, problem=problem, status=422)
    return _page(request, officer, hours)


def _take_off(request: SignedInRequest, officer: Officer) -> HttpResponse:
    hours, problem = _hours(request, officer)
    if hours is None:
        return _page(request, officer, problem=problem, status=422)
    form, mend = ReasonForm(request.POST), request.POST.get("mend", "")
    number = row_number(mend)
    if not form.is_valid():
        return _page(request, officer, hours, problem=form.problem(), status=422)
    if number is None and mend != NOT_YET:
        problem = _("Choose a way, or leave the hours open for now.")
        return _page(request, officer, hours, problem=problem, status=422)
    try:
        take_off_duty(
            officer.pk,
            *hours,
            mend=number,
            seen=request.POST.get("seen", ""),
            reason=form.cleaned_data["words"],
            actor=actor_of(request),
            at=clock.time_at(officer.event),
            key=form.cleaned_data["key"],
        )
    except WorldMovedOn as why:
        return _page(request, officer, hours, problem=str(why), status=409)
    except NoSuchChange:
        return _page(request, officer, hours, problem=str(OLD_PAGE), status=422)
    except (NotSound, ValueError) as why:
        return _page(request, officer, hours, problem=str(why), status=422)
    name = officer.person.display
    messages.success(request, _("%s is off duty; all whom it touches are told.") % name)
    return redirect("cover")


def _hours(
    request: SignedInRequest, officer: Officer
) -> tuple[tuple[datetime, datetime] | None, str]:
    """From when until when, or what is wrong with it."""
    given = request.POST if request.method == "POST" else request.GET
    found = []
    for name in ("from", "until"):
        moment, problem = moment_from(given.get(name, ""), officer.event)
        if moment is None:
            return None, problem
        found.append(moment)
    return (found[0], found[1]), ""


def _page(
    request: SignedInRequest,
    officer: Officer,
    hours: tuple[datetime, datetime] | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.local(officer.event, clock.time_at(officer.event))
    outlook: Outlook | None = None
    if hours:
        try:
            outlook = without(officer, *hours, actor=actor_of(request), at=now)
        except (NoDays, ValueError) as why:
            problem, status = problem or str(why), max(status, 422)
    context = {
        "event": officer.event,
        "now": now,
        "officer": officer,
        "from": hours[0] if hours else now,
        "until": hours[1] if hours else now + USUALLY,
        "outlook": outlook,
        "ways": _ways(officer, outlook),
        "hopeless": _hopeless(officer, outlook),
        "words": request.POST.get("words", ""),
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/absence.html", context, status=status)


def _ways(officer: Officer, outlook: Outlook | None) -> list[Way]:
    """Each mend with its names and sentences."""
    return [
        Way(number, mend, shown(_as_proposal(officer, mend)))
        for number, mend in enumerate(outlook.mends if outlook else ())
    ]


def _hopeless(officer: Officer, outlook: Outlook | None) -> Sequence[ShownGap]:
    """The hours nobody can take, with the sentence that says why."""
    gaps = list(outlook.gaps) if outlook else []
    return shown(Proposal(event=officer.event, kind="cover", gaps=gaps)).gaps


def _as_proposal(officer: Officer, mend: Mend) -> Proposal:
    """Not kept: only read like one."""
    changes, gaps = list(mend.changes), list(mend.gaps)
    return Proposal(event=officer.event, kind="cover", changes=changes, gaps=gaps)


def _officer(request: SignedInRequest, pk: int) -> Officer:
    event = event_here(request)
    if not coordinates(actor_of(request), event):
        raise PermissionDenied(_("Only a coordinator takes an LO off duty."))
    officers = Officer.objects.filter(event=event).select_related("person", "event")
    return get_object_or_404(officers, pk=pk)
