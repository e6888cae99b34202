"""Set-up sheets: one to read, write and print, and all of them for the crew."""

from functools import partial
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from titian.kernel import clock
from titian.kernel.policy import require
from titian.programme.policy import may_keep
from titian.talks.commands.setting_up import set_up
from titian.talks.models import Meeting, SetUp
from titian.talks.policy import keeps_the_record, reads_the_set_up
from titian.web.desk.acts import refusal_in_words
from titian.web.desk.meetings.set_up_form import SetUpForm
from titian.web.events import event_here
from titian.web.http import (
    Http404,
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    redirect,
    render,
)

BESIDE = ("meeting__activity__place", "meeting__party_a__party", "set_by", "for_place")


@login_required
@require_http_methods(["GET", "POST"])
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """The room of one meeting; its record's keepers write it, the crew prints it."""
    meeting = _meeting(request, pk)
    actor, at = actor_of(request), clock.time_at(meeting.event)
    sheet, problem, status = _sheet(meeting), "", 200
    form = SetUpForm(request.POST or None, sheet)
    if request.method == "POST":
        problem, status = form.problem() if not form.is_valid() else "", 422
        if not problem:
            key = form.cleaned_data["key"]
            act = partial(set_up, pk, form.layout(), actor=actor, at=at, key=key)
            problem, status = refusal_in_words(act)
        if not problem:
            return redirect("meeting-set-up", pk)
    to_come = "hold" in {m.name for m in meeting.machine.moves_from(meeting.state)}
    context = {
        "meeting": meeting,
        "sheet": sheet,
        "form": form,
        "may_write": to_come and keeps_the_record(actor, meeting),
        "problem": problem,
        "key": uuid4(),
        "event": meeting.event,
        "now": clock.local(meeting.event, at),
    }
    return render(request, "desk/set_up.html", context, status=status)


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every sheet of what is still to come, a page each, for the crew's printer."""
    event, actor = event_here(request), actor_of(request)
    require(may_keep(actor, event), _("Only who keeps the rundown prints all sheets."))
    sheets = SetUp.objects.filter(
        meeting__event=event, meeting__state=Meeting.State.PLANNED
    ).select_related(*BESIDE, "meeting__party_b__party")
    context = {
        "sheets": list(sheets.order_by("meeting__activity__starts_at", "pk")),
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
    }
    return render(request, "desk/set_ups.html", context)


def _meeting(request: SignedInRequest, pk: int) -> Meeting:
    """The meeting, for the house: 404 for the guests and for everybody else."""
    rows = Meeting.objects.select_related(
        "event", "activity__place", "party_a__party", "party_b__party"
    )
    meeting = get_object_or_404(rows, pk=pk)
    if not reads_the_set_up(actor_of(request), meeting):
        raise Http404
    return meeting


def _sheet(meeting: Meeting) -> SetUp | None:
    sheet = SetUp.objects.filter(meeting=meeting).select_related(*BESIDE).first()
    if sheet is not None:
        sheet.meeting = meeting
    return sheet
