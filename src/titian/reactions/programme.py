"""What follows when the rundown moves."""

from contextlib import suppress
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from titian.briefing.touched import taking_part
from titian.exchange.models import Import
from titian.foresight.commands import moves
from titian.kernel import clock, telling
from titian.kernel.actor import Kind
from titian.kernel.machine import IllegalMove
from titian.kernel.models import Consequence
from titian.people.models import Delegation, Person
from titian.programme.models import Activity, Placing
from titian.programme.seating import OVER
from titian.reactions.people import focal_points, officers
from titian.reactions.telling import tell
from titian.reactions.wording import Said, noted
from titian.talks.models import Bilateral


def ask_the_touched(owed: Consequence) -> None:
    """A feed moved an item: those whom it touches are asked, as a person would ask.

    A person saw beforehand what it breaks, and asked in the same act.
    """
    entry = owed.entry
    if entry.actor_kind != Kind.FEED:
        return
    with suppress(IllegalMove):  # started or cancelled since: nothing to ask
        moves.ask_about_activity(
            entry.subject_id,
            datetime.fromisoformat(entry.facts["before"]),
            at=entry.heard_at,
            key=owed.key,
        )


def tell_of_the_place(owed: Consequence) -> None:
    """It is elsewhere: officers and focal points of all who come hear where and when.

    The two sides of a bilateral are asked by their own room.
    """
    entry = owed.entry
    rows = Activity.objects.exclude(state__in=OVER).select_related("event", "place")
    item = rows.filter(pk=entry.subject_id).first()
    if "before_place" not in entry.facts or item is None:
        return
    if Bilateral.objects.filter(meeting__activity=item).exists():
        return
    at = clock.time_at(item.event)
    coming = Delegation.objects.filter(pk__in=taking_part(item))
    told = {
        pk
        for one in coming
        for pk in (officers(one) | focal_points(one, at)).values_list("pk", flat=True)
    }
    tell(Person.objects.filter(pk__in=told), lambda: _of_the_place(item), owed)


def tell_of_the_seat(owed: Consequence) -> None:
    """Another seat, or none any more: its officers hear it, and its own side."""
    placing = _placings([owed.entry.subject_id]).first()
    if placing is not None:
        _tell(placing, owed)


def tell_of_the_seats_undone(owed: Consequence) -> None:
    """A seating plan was taken back: who had read the other seat hears the former."""
    undone = Import.objects.get(pk=owed.entry.subject_id)
    label = Placing._meta.label_lower
    changed = [pk for kind, pk, _before in undone.made["changed"] if kind == label]
    for placing in _placings(changed):
        _tell(placing, owed)


def _placings(ids: list[int]) -> QuerySet[Placing]:
    rows = Placing.objects.filter(pk__in=ids).exclude(activity__state__in=OVER)
    return rows.select_related(
        "activity__event", "delegation__party", "member__person"
    ).order_by("pk")


def _tell(placing: Placing, owed: Consequence) -> None:
    """To its officers and focal points, and to the person whose seat it is."""
    at = clock.time_at(placing.event)
    theirs = focal_points(placing.delegation, at)
    if placing.member is not None:
        theirs = theirs | Person.objects.filter(pk=placing.member.person_id)
    people = officers(placing.delegation) | theirs
    tell(people.distinct(), lambda: _of_the_seat(placing), owed)


def _of_the_place(item: Activity) -> Said:
    if item.is_private:
        return noted(
            _("A private item is at another place or hour"),
            _("This item is not official. Open it in Titian to read it."),
        )
    named = {
        "item": item.title,
        "place": item.place or "–",
        "hours": telling.span(item.event, item.begins, item.ends),
    }
    return noted(
        _("%(item)s is at another place or hour") % named,
        _("Now: %(place)s, %(hours)s") % named,
    )


def _of_the_seat(placing: Placing) -> Said:
    item = placing.activity.title
    if placing.activity.is_private:
        return noted(
            _("Another seat for %(delegation)s")
            % {"delegation": placing.delegation.name},
            _("This item is not official. Open it in Titian to read it."),
        )
    named = {"item": item, "who": placing.who, "where": placing.where}
    if not placing.seat:
        subject = _("%(item)s: the seat of %(who)s is open again") % named
        return noted(
            subject, _("The seat that was told before does not hold any more.")
        )
    subject = _("%(item)s: another seat for %(who)s") % named
    return noted(subject, _("Now: %(where)s") % named)
