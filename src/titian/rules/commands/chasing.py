"""What the house does about permits and questions by itself: it asks, and forgets."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import HOUSE
from titian.loop.commands.inquiring import inquire
from titian.loop.models import Ask
from titian.rules.models import Advice, Permit
from titian.rules.permits import Standing, standing

OVER = (Ask.State.CLOSED, Ask.State.WITHDRAWN)


@transaction.atomic
def chase(permit_id: int, *, at: datetime, key: UUID) -> None:
    """Ask the team for a permit that is late; once, as long as nobody has closed it.

    Nothing happens where it is granted, left at home, or in time.
    """
    Permit.objects.select_for_update().get(pk=permit_id)
    permit = Permit.objects.select_related(
        "event", "delegation__party", "desk", "ask"
    ).get(pk=permit_id)
    on = clock.local(permit.event, at).date()
    how = standing(permit.state, permit.needed_on, permit.lead_days, on)
    is_asked = permit.ask is not None and permit.ask.state not in OVER
    is_open = permit.state in Permit.OPEN  # refused, it is the guests' move
    if not is_open or how not in {Standing.RED, Standing.LATE} or is_asked:
        return
    desk = (permit.desk.code,) if permit.desk else ()
    permit.ask = inquire(
        permit.event_id,
        lambda: _words(permit),
        team_codes=desk,
        channel="rules",
        urgency=Ask.Urgency.URGENT,
        actor=HOUSE,
        at=at,
        key=uuid5(key, "ask"),
    )
    permit.save()
    journal.write(
        "permit.late", permit, actor=HOUSE, at=at, key=key, state=permit.state
    )


@transaction.atomic
def forget_words_of(person_id: int, *, at: datetime) -> None:
    """Empty what an erased person asked about rules and wrote of what is brought."""
    Advice.objects.filter(asked_by=person_id).update(words="")
    for permit in Permit.objects.filter(declared_by=person_id).exclude(words=""):
        permit.words = ""
        permit.save(update_fields=["words"])
        journal.write("permit.words_forgotten", permit, actor=HOUSE, at=at)


def _words(permit: Permit) -> str:
    """What is late, of whom, for which day; said in the language of the moment."""
    said = {
        "what": permit.get_kind_display(),
        "whose": permit.delegation.name,
        "on": permit.needed_on.isoformat(),
    }
    if permit.state == Permit.State.DECLARED:
        return _("%(whose)s: %(what)s needs a permit by %(on)s; apply now.") % said
    return _("%(whose)s: %(what)s has no permit yet; it is needed on %(on)s.") % said
