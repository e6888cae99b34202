"""An item at another place or hour: what it touches, and ways out, before saving."""

from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from titian.foresight.commands.elsewhere import put_item
from titian.foresight.elsewhere import Outlook, Way, halls_for, outlook, ways_out
from titian.foresight.errors import WorldMovedOn
from titian.kernel import clock
from titian.kernel.machine import IllegalMove
from titian.kernel.numbers import row_number
from titian.places.models import Place
from titian.programme.models import Activity
from titian.web.desk.asks.forms import ActForm
from titian.web.desk.moments import moment_from
from titian.web.desk.touched import touched
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)


@login_required
@require_http_methods(["GET", "POST"])
def place(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose a place and an hour, see what breaks, and then say so."""
    item = _item(request, pk)
    given = request.POST or request.GET
    if request.method == "GET" and "place" not in given:
        return _page(request, item)
    hall = next(
        (
            one
            for one in halls_for(item)
            if one.pk == row_number(given.get("place", ""))
        ),
        None,
    )
    start, problem = moment_from(given.get("new_start", ""), item.event)
    if hall is None or start is None:
        problem = problem or _("Choose a place of the list.")
        return _page(request, item, problem=problem, status=422)
    try:
        if request.method == "POST":
            return _put(request, item, hall, start)
        return _page(request, item, _looked(request, item, hall, start))
    except IllegalMove:
        problem = _("Somebody was faster: this is how it stands now.")
        return _page(request, item, problem=problem, status=409)
    except ValueError as why:
        return _page(request, item, problem=str(why), status=422)


def _put(
    request: SignedInRequest, item: Activity, hall: Place, start: datetime
) -> HttpResponse:
    form = ActForm(request.POST)
    try:
        put_item(
            item.pk,
            hall.pk,
            start,
            seen=request.POST.get("seen", ""),
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            at=clock.time_at(item.event),
            key=form.cleaned_data["key"] if form.is_valid() else None,
        )
    except WorldMovedOn as why:
        item = _item(request, item.pk)
        look = _looked(request, item, hall, start)
        return _page(request, item, look, problem=str(why), status=409)
    messages.success(
        request,
        _("It is there now; those who come are told, whom it touches is asked."),
    )
    return redirect("activity", item.pk)


def _looked(
    request: SignedInRequest, item: Activity, hall: Place, start: datetime
) -> Outlook:
    at = clock.time_at(item.event)
    return outlook(item, hall, start, actor=actor_of(request), at=at)


def _page(
    request: SignedInRequest,
    item: Activity,
    looked: Outlook | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    at = clock.time_at(item.event)
    ways = ways_out(item, actor=actor_of(request), at=at)
    context = {
        "activity": item,
        "event": item.event,
        "now": clock.local(item.event, at),
        "halls": halls_for(item),
        "look": looked,
        "breaks": touched(looked.breaks, at) if looked else [],
        "ways": [_drawn(way, at) for way in ways],
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/elsewhere.html", context, status=status)


def _drawn(way: Way, at: datetime) -> dict[str, object]:
    """A way as the page draws it, with a key of its own: one press."""
    return {
        "way": way,
        "look": way.outlook,
        "breaks": touched(way.outlook.breaks, at),
        "key": uuid4(),
    }


def _item(request: SignedInRequest, pk: int) -> Activity:
    seen = Activity.objects.visible_to(actor_of(request))
    return get_object_or_404(seen.select_related("event", "place").distinct(), pk=pk)
