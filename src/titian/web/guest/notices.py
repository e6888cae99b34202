"""What the house says to a guest: notices, the line until there is more, statements."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from titian.briefing import gate
from titian.briefing.addressing import COPY, PAGE, Addressee
from titian.briefing.commands import copies
from titian.briefing.diverting import holding_line
from titian.briefing.models import Copy, Notice, Statement
from titian.kernel.actor import Actor
from titian.kernel.telling import is_indonesian
from titian.loop.courtesy import Tone
from titian.people.models import GuestLink, Party

NEWEST = 8


def shown_to(link: GuestLink, actor: Actor) -> dict[str, object]:
    """The guest's own copies, what may be said meanwhile, and what is out.

    ``told`` is each copy in the form in which it was sent to her. ``held`` is whether
    answers wait: in an emergency those to a media house do.
    """
    event = link.event
    own = Copy.objects.visible_to(actor).filter(notice__event=event)
    rows = own.exclude(notice__state=Notice.State.DRAFT).select_related("notice")
    shown = rows.order_by("-pk")[:NEWEST]
    is_media = link.delegation.party.kind == Party.Kind.MEDIA
    reach = gate.Reach.GUEST_PRESS if is_media else gate.Reach.GUESTS
    burning = is_media and gate.is_burning(event)
    return {
        "notices": sorted(shown, key=_is_done),
        "told": _told(link, shown),
        "unread": any(one.read_at is None and one.notice.is_in_force for one in shown),
        "held": bool(gate.verdict(gate.Source.HOUSE, reach, is_burning=burning)),
        "holding": holding_line(event, "id" if is_indonesian() else "en"),
        "statements": _out(link) if is_media else [],
    }


def _told(link: GuestLink, shown: Iterable[Copy]) -> dict[int, str]:
    """The words themselves: what she was sent and what she reads here are the same."""
    to = Addressee(link.person, link.event)
    tones = {one.pk: to.tone_on(one.sent_by or PAGE, COPY) for one in shown}
    return {
        one.pk: one.notice.formal
        if tones[one.pk] == Tone.FORMAL or one.notice.kind == Notice.Kind.CARD
        else one.notice.brief
        for one in shown
    }


def greeting(link: GuestLink) -> str:
    """How she is greeted above her page: by her rank, or as somebody welcome."""
    to = Addressee(link.person, link.event)
    if to.tone_on(PAGE) == Tone.FORMAL:
        return to.greeting(get_language() or "id")
    return _("Welcome, %(name)s") % {"name": link.person.display}


def note_opened(link: GuestLink, *, actor: Actor, at: datetime) -> None:
    """The page with her copies was fetched, perhaps by a messenger's preview."""
    unopened = _in_force(link, actor).filter(delivered_at=None)
    for pk in unopened.values_list("pk", flat=True):
        copies.open_page(pk, at=at)


def note_read(link: GuestLink, *, actor: Actor, at: datetime) -> None:
    """The guest has her copies before her eyes: her browser says so, or her tap."""
    unread = _in_force(link, actor).filter(read_at=None)
    for pk in unread.values_list("pk", flat=True):
        copies.read(pk, actor=actor, at=at)


def _in_force(link: GuestLink, actor: Actor) -> QuerySet[Copy]:
    own = Copy.objects.visible_to(actor)
    return own.filter(notice__event=link.event, notice__state=Notice.State.SENT)


def _out(link: GuestLink) -> list[Statement]:
    """What was released, and what was recalled, the newest first."""
    told = [Statement.State.RELEASED, Statement.State.RECALLED]
    out = Statement.objects.filter(event=link.event, state__in=told)
    return list(out.order_by("-released_at", "-pk"))


def _is_done(copy: Copy) -> bool:
    return copy.acknowledged_at is not None or not copy.notice.is_in_force
