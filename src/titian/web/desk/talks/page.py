"""What the pages of a talk show, and what a reader may do there."""

from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from titian.kernel import clock
from titian.people.models import Person
from titian.talks.ledger import topics_of, versions_of
from titian.talks.models import Envoy, Talk
from titian.talks.packages import Packages, Wall
from titian.talks.policy import SIDES, may_name, seat_of
from titian.web.http import (
    HttpResponse,
    SignedInRequest,
    actor_of,
    get_object_or_404,
    render,
)

AXIOMS = {
    "nash": (
        _("Nash"),
        _(
            "The product of both gains is largest: neither the scale of a side's "
            "points nor the removal of packages nobody chose would change it."
        ),
    ),
    "kalai": (
        _("Kalai-Smorodinsky"),
        _(
            "Both get as nearly as possible the same share of the most they could hope "
            "for: who gains better options does not end up with less."
        ),
    ),
    "egalitarian": (
        _("Egalitarian"),
        _(
            "Who gains less gains as much as possible: more to share harms neither "
            "side, but the points of both must mean the same."
        ),
    ),
    "sum": (
        _("Largest sum"),
        _(
            "Both gains together are largest: nothing is lost on the whole, but one "
            "side may get nearly all, and the points of both must mean the same."
        ),
    ),
}
LETTERS = "ABCD"
WIDTH, HEIGHT, EDGE = 520, 300, 44


def seen(request: SignedInRequest, pk: int) -> Talk:
    """The talk, for whoever is named for it; 404 for everybody else."""
    rows = Talk.objects.visible_to(actor_of(request)).select_related(
        "event", "side_a__party", "side_b__party"
    )
    return get_object_or_404(rows, pk=pk)


def page(
    request: SignedInRequest, talk: Talk, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The table both sides share; nothing here is private to either."""
    actor, at = actor_of(request), clock.time_at(talk.event)
    seat = seat_of(actor, talk)
    topics = topics_of(talk)
    context = {
        "talk": talk,
        "event": talk.event,
        "now": clock.local(talk.event, at),
        "seat": seat,
        "topics": topics,
        "open_topics": [one for one in topics if not one.issue.is_agreed],
        "agreed": sum(one.issue.is_agreed for one in topics),
        "versions": versions_of(talk, at),
        "envoys": list(talk.envoys.select_related("person__party").order_by("side")),
        "naming": [
            (side, talk.delegation(side).name, people_of(talk, side))
            for side in sorted(SIDES)
            if may_name(actor, talk, side)
        ],
        "voices": voices(talk, seat),
        "broken_by": talk.delegation(talk.broken_by).name if talk.broken_by else "",
        "problem": problem,
        "key": uuid4(),
    }
    return render(request, "desk/talk.html", context, status=status)


def people_of(talk: Talk, side: str) -> list[Person]:
    """Whom a side could name: its party's people who are not named yet."""
    named = talk.envoys.values("person")
    rows = Person.objects.filter(party=talk.delegation(side).party_id)
    return list(rows.exclude(pk__in=named).order_by("display", "pk")[:60])


def voices(talk: Talk, seat: str) -> list[Envoy]:
    """Whose word who mediates may bring; nobody for a side."""
    if seat != Envoy.Side.BRIDGE:
        return []
    return list(talk.envoys.filter(side__in=SIDES).select_related("person__party"))


def drawn(talk: Talk, found: Packages | None) -> dict[str, object]:
    """The packages in words and in a picture of at most five labels."""
    if found is None:
        return {"rows": [], "dots": [], "marks": []}
    sides = sorted(SIDES) if found.seat == Envoy.Side.BRIDGE else [found.seat]
    rows = _rows(talk, found, sides)
    marks = [
        {"letter": row["letter"], **_place(one.point["a"], one.point["b"])}
        for row, one in zip(rows, found.proposals, strict=False)
        if len(one.point) == 2
    ]
    today = found.way.today if found.way else {}
    return {
        "rows": rows,
        "dots": [{"held": held, **_place(a, b)} for a, b, held in found.front],
        "marks": marks,
        "today_mark": _place(today["a"], today["b"]) if len(today) == 2 else None,
        "left": [
            (talk.delegation(side).name, round(100 * left))
            for side, left in sorted(
                (found.way.left_lying if found.way else {}).items()
            )
        ],
        "slacks": [
            (
                talk.delegation(one.side).name,
                one,
                round(one.now),
                round(one.low),
                round(one.high),
            )
            for one in found.slacks
        ],
        "clash": [_sentence(talk, found.seat, wall) for wall in found.clash or ()],
        "side_a_gives": found.seat == Envoy.Side.A,
    }


def _rows(talk: Talk, found: Packages, sides: list[str]) -> list[dict[str, object]]:
    """Each package with its letter, its rules, and its worth to whom it may be told."""
    return [
        {
            "letter": letter,
            "proposal": one,
            "rules": [AXIOMS[code] for code in one.codes],
            "worth": [
                {
                    "party": talk.delegation(side).name,
                    "low": round(100 * one.worth[side][0]),
                    "high": round(100 * one.worth[side][1]),
                }
                for side in sides
            ],
        }
        for letter, one in zip(LETTERS, found.proposals, strict=False)
    ]


def _place(a: float, b: float) -> dict[str, float]:
    """Where a package lies in the picture: a to the right, b upwards."""
    across, up = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    x, y = EDGE + across * a, HEIGHT - EDGE - up * b
    return {"x": round(x, 1), "y": round(y, 1), "label_y": round(y - 9, 1)}


def _sentence(talk: Talk, seat: str, wall: Wall) -> tuple[str, str, str]:
    """Whose demand, of which kind, on which topics; never in numbers."""
    party = talk.delegation(wall.side).name if wall.side else ""
    return party, wall.kind, ", ".join(wall.topics[:6])
