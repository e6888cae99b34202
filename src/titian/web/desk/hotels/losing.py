"""A hotel that can be used no more: what breaks, three ways to mend it, one press."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from titian.foresight.commands.hotels import give_hotel_up
from titian.foresight.errors import NotSound, WorldMovedOn
from titian.foresight.hotels import without_hotel
from titian.foresight.plans import NoSuchChange
from titian.kernel import clock
from titian.kernel.numbers import row_number
from titian.logistics.commands.stays import NoRooms, use_again
from titian.logistics.lodging import House, houses
from titian.logistics.policy import may_house
from titian.web.desk.acts import OLD_PAGE, ActForm
from titian.web.desk.hotels.views import event_of_lodging
from titian.web.desk.touched import touched
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    redirect,
    render,
)

NOT_YET = "open"


@login_required
def loss(request: SignedInRequest, pk: int) -> HttpResponse:
    """First whom it leaves without rooms and where they could go; then the act."""
    house = _house(request, pk)
    if request.method != "POST":
        return _page(request, house)
    form, mend = ActForm(request.POST), request.POST.get("mend", NOT_YET)
    number = row_number(mend)
    if not form.is_valid() or (number is None and mend != NOT_YET):
        return _page(request, house, problem=str(OLD_PAGE), status=422)
    try:
        give_hotel_up(
            house.event.pk,
            house.place.pk,
            mend=number,
            seen=request.POST.get("seen", ""),
            actor=actor_of(request),
            at=clock.time_at(house.event),
            key=form.cleaned_data["key"],
        )
    except (WorldMovedOn, NoRooms) as why:
        return _page(request, house, problem=str(why), status=409)
    except NoSuchChange:
        return _page(request, house, problem=str(OLD_PAGE), status=422)
    words = _("%s is out of use; all whom it touches are told.")
    messages.success(request, words % house.place)
    return redirect("hotels")


@login_required
@require_POST
def back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The hotel can be used again."""
    house, form = _house(request, pk), ActForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.problem())
        return redirect("hotels")
    at, key = clock.time_at(house.event), form.cleaned_data["key"]
    use_again(house.event.pk, house.place.pk, actor=actor_of(request), at=at, key=key)
    messages.success(request, _("%s can be used again.") % house.place)
    return redirect("hotels")


def _page(
    request: SignedInRequest, house: House, *, problem: str = "", status: int = 200
) -> HttpResponse:
    event = house.event
    now = clock.local(event, clock.time_at(event))
    context = {
        "event": event,
        "now": now,
        "house": house,
        "problem": problem,
        "key": uuid4(),
    }
    try:
        outlook = without_hotel(event, house.place, actor=actor_of(request), at=now)
    except NotSound as why:
        context |= {"problem": problem or str(why)}
        return render(request, "desk/hotel.html", context, status=max(status, 422))
    context |= {
        "outlook": outlook,
        "breaks": touched(outlook.breaks, now),
        "ways": list(enumerate(outlook.ways)),
    }
    return render(request, "desk/hotel.html", context, status=status)


def _house(request: SignedInRequest, pk: int) -> House:
    event = event_of_lodging(request)
    if not may_house(actor_of(request), event):
        raise PermissionDenied(
            _("Only the accommodation team or a coordinator decides who sleeps where.")
        )
    house = next((one for one in houses(event) if one.place.pk == pk), None)
    if house is None:
        raise Http404
    return house
