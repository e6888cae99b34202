"""The register of liaison officers: who they are, what they can, who is free when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from titian.kernel import clock
from titian.kernel.models import Event
from titian.people.models import LEVELS, Assignment, Officer, language_rank
from titian.people.policy import coordinates, keeps_any_seat
from titian.people.queries import registry
from titian.web.desk.moments import moment_from
from titian.web.events import event_of
from titian.web.http import HttpResponse, SignedInRequest, actor_of, render

LEAST = "B2"
GENDERS = ("f", "m")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader looks for, as it was typed; ``problem`` is a sentence."""

    language: str = ""
    level: str = LEAST
    gender: str = ""
    licence: bool = False
    free_at: datetime | None = None
    problem: str = ""

    @property
    def languages(self) -> dict[str, str]:
        return {self.language: self.level} if self.language else {}


@dataclass(frozen=True, slots=True)
class Row:
    """An officer with her languages, the best first, and whom she accompanies."""

    officer: Officer
    languages: Sequence[tuple[str, str]]
    accompanies: list[Assignment] = field(default_factory=list)


@login_required
@require_GET
def index(request: SignedInRequest) -> HttpResponse:
    """Every officer who fits what is asked, with competence and commitments."""
    event = event_of(request)
    actor = actor_of(request)
    if event is None or not keeps_any_seat(actor, event):
        raise PermissionDenied(_("The register of officers is the host team's."))
    wanted = wanted_from(request.GET.dict(), event)
    everybody = registry(event, actor=actor)
    found = registry(
        event,
        languages=wanted.languages,
        gender=wanted.gender,
        licence=wanted.licence,
        free_at=wanted.free_at,
        actor=actor,
    )
    context = {
        "event": event,
        "now": clock.local(event, clock.time_at(event)),
        "wanted": wanted,
        "rows": rows_of(found),
        "everybody": len(everybody),
        "tongues": sorted({code for o in everybody for code in o.person.languages}),
        "cefr": LEVELS,
        "may_take_off": coordinates(actor, event),
    }
    status = 422 if wanted.problem else 200
    return render(request, "desk/officers.html", context, status=status)


def wanted_from(given: Mapping[str, str], event: Event) -> Wanted:
    """What the page's form says; what it cannot mean is told and left out."""
    typed = given.get("free_at", "")
    free_at, problem = moment_from(typed, event) if typed.strip() else (None, "")
    level, gender = given.get("level", LEAST), given.get("gender", "")
    return Wanted(
        language=given.get("language", "").strip()[:8],
        level=level if level in LEVELS else LEAST,
        gender=gender if gender in GENDERS else "",
        licence="licence" in given,
        free_at=free_at,
        problem=problem,
    )


def rows_of(officers: Iterable[Officer]) -> list[Row]:
    """The officers as the page draws them, in three queries however many they are."""
    rows = {o.pk: Row(o, _best_first(o)) for o in officers}
    held = Assignment.objects.filter(officer__in=rows, relieved_at=None).exclude(
        consent=Assignment.Consent.DECLINED
    )
    for one in held.select_related("delegation__party").order_by("role", "pk"):
        rows[one.officer_id].accompanies.append(one)
    return list(rows.values())


def _best_first(officer: Officer) -> list[tuple[str, str]]:
    spoken = officer.person.languages.items()
    return sorted(spoken, key=lambda one: (-language_rank(one[1]), one[0]))
