"""The journal of the event, for who coordinates or audits it."""

from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from titian.kernel import clock
from titian.kernel.numbers import row_number
from titian.kernel.policy import require
from titian.people.models import Person
from titian.people.policy import oversees
from titian.web.desk.journal.page import PAGE, entries_for, lines, unchained
from titian.web.events import event_here
from titian.web.http import HttpResponse, SignedInRequest, actor_of, render


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Who saw and who changed what, the newest first; one person's alone if asked."""
    event, actor = event_here(request), actor_of(request)
    why = _("Only a coordinator or an auditor reads the journal.")
    require(oversees(actor, event), why)
    only = request.GET.get("only") == "reading"
    person_id = row_number(request.GET.get("person", "")) or 0
    rows = entries_for(actor, event, only_reading=only, person_id=person_id)
    if before := row_number(request.GET.get("before", "")):
        rows = rows.filter(pk__lt=before)
    shown = lines(rows[:PAGE])
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "lines": shown,
        "only": only,
        "person": Person.objects.filter(pk=person_id).first(),
        "more": shown[-1].entry.pk if len(shown) == PAGE else None,
        "unchained": unchained(),
    }
    return render(request, "desk/journal.html", context)
