"""Links for guests: made for one of them, shown once, taken back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from titian.kernel import clock
from titian.kernel.numbers import row_number
from titian.people.commands.links import NotTheirs, make_link, revoke_link
from titian.people.models import Delegation, GuestLink, Person
from titian.web.desk.asks.forms import ActForm
from titian.web.desk.people.views import delegation_page
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)
from titian.web.late import late_shows

USUAL_DAYS = 14


@late_shows(delegation_page)
@login_required
@never_cache
@require_POST
def give(request: SignedInRequest, pk: int) -> HttpResponse:
    """A link for one guest; its address is shown this once."""
    row = _delegation(request, pk)
    form = ActForm(request.POST)
    person, days = (
        row_number(request.POST.get(name, "")) for name in ("person", "days")
    )
    known = person is not None and Person.objects.filter(pk=person).exists()
    if not form.is_valid() or person is None or not known:
        messages.error(request, _("Choose for whom the link is."))
        return redirect("delegation", pk)
    try:
        link, token = make_link(
            person,
            pk,
            days=USUAL_DAYS if days is None else days,
            actor=actor_of(request),
            at=clock.time_at(row.event),
            key=form.cleaned_data["key"],
        )
    except NotTheirs as why:
        messages.error(request, str(why))
        return redirect("delegation", pk)
    address = request.build_absolute_uri(f"/g/{token}/") if token else ""
    context = {"delegation": row, "address": address, "link": link}
    return render(request, "desk/link.html", context)


@late_shows(delegation_page)
@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int, link_id: int) -> HttpResponse:
    """The door is shut at once; who holds the address reads that it is."""
    row = _delegation(request, pk)
    theirs = GuestLink.objects.filter(delegation=row).select_related("person")
    link = get_object_or_404(theirs, pk=link_id)
    form = ActForm(request.POST)
    if not form.is_valid():
        return redirect("delegation", pk)
    revoke_link(
        link.pk,
        actor=actor_of(request),
        at=clock.time_at(row.event),
        key=form.cleaned_data["key"],
    )
    done = _("The link of %(name)s is taken back. It opens nothing any more.")
    messages.success(request, done % {"name": link.person.display})
    return redirect("delegation", pk)


def _delegation(request: SignedInRequest, pk: int) -> Delegation:
    seen = Delegation.objects.visible_to(actor_of(request)).select_related("event")
    return get_object_or_404(seen.distinct(), pk=pk)
