"""Who sits where at an item: read by precedence, given, changed, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from titian.kernel import clock
from titian.kernel.actor import Actor
from titian.kernel.journal import KeyReused
from titian.kernel.machine import IllegalMove
from titian.kernel.numbers import row_number
from titian.people.models import Delegation, Member
from titian.programme.commands.seating import (
    SeatTaken,
    change_seat,
    give_seat,
    take_back_seat,
)
from titian.programme.models import Activity, Placing
from titian.programme.policy import may_keep
from titian.programme.seating import OVER, Line, seating
from titian.web.desk.asks.forms import ActForm
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)
from titian.web.late import late_shows


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the plan as the page draws it: what was typed stays typed."""

    line: Line
    seat: str
    side: str
    key: UUID = field(default_factory=uuid4)


class Doing(TypedDict):
    """Who does it, when, and under which key."""

    actor: Actor
    at: datetime
    key: UUID


def _page(request: SignedInRequest, pk: int) -> HttpResponse:
    return _drawn(request, _item(request, pk))


@late_shows(_page)
@login_required
@require_http_methods(["GET", "POST"])
def seats(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan of one item; of one delegation's people with ``of``."""
    item = _item(request, pk)
    if request.method == "GET":
        return _drawn(request, item)
    form = ActForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This form is old. Try again."))
        return redirect(request.get_full_path())
    try:
        _seat(request, item, form.cleaned_data["key"])
    except SeatTaken as why:
        return _drawn(request, item, problem=str(why), status=409)
    except (IllegalMove, KeyReused):
        raise  # too late, which is no bad input
    except (Delegation.DoesNotExist, Member.DoesNotExist):
        raise Http404 from None
    except ValueError as why:
        return _drawn(request, item, problem=str(why), status=422)
    return redirect(request.get_full_path())


def _seat(request: SignedInRequest, item: Activity, key: UUID) -> None:
    """The one command that the pressed button means, for the row as it was drawn."""
    given, doing = request.POST, _doing(request, item, key)
    seat, side = given.get("seat", ""), given.get("side", "")
    drawn = given.get("placing", "")
    if not drawn:
        delegation = row_number(given.get("delegation", "")) or 0
        member = row_number(given.get("member", ""))
        give_seat(item.pk, delegation, seat, side=side, member_id=member, **doing)
        return
    seen = Placing.objects.visible_to(doing["actor"]).filter(activity=item)
    placing = get_object_or_404(seen, pk=row_number(drawn) or 0)
    if "take_back" in given:
        take_back_seat(placing.pk, **doing)
        return
    change_seat(placing.pk, seat, side=side, seen=given.get("seen", ""), **doing)


def _doing(request: SignedInRequest, item: Activity, key: UUID) -> Doing:
    return {"actor": actor_of(request), "at": clock.time_at(item.event), "key": key}


def _drawn(
    request: SignedInRequest, item: Activity, *, problem: str = "", status: int = 200
) -> HttpResponse:
    actor, of = actor_of(request), row_number(request.GET.get("of", ""))
    lines = seating(item, actor, of=of)
    typed = request.POST if problem else {}
    sides = {line.delegation.pk for line in lines}
    seated = {line.delegation.pk for line in lines if line.seat}
    context = {
        "activity": item,
        "event": item.event,
        "rows": [_row(line, typed) for line in lines],
        "seated": seated,
        "sides": len(sides),
        "open": len(sides - seated),
        "of": of,
        "may_seat": may_keep(actor, item.event) and item.state not in OVER,
        "problem": problem,
    }
    return render(request, "desk/seats.html", context, status=status)


def _row(line: Line, typed: Mapping[str, str]) -> Row:
    member = str(line.member.pk) if line.member else ""
    who = (str(line.delegation.pk), member)
    if (typed.get("delegation"), typed.get("member", "")) == who:
        return Row(line, typed.get("seat", ""), typed.get("side", ""))
    return Row(line, line.seat, line.side)


def _item(request: SignedInRequest, pk: int) -> Activity:
    seen = Activity.objects.visible_to(actor_of(request))
    return get_object_or_404(seen.select_related("event", "place").distinct(), pk=pk)
