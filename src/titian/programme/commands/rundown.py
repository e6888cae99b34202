"""What every act on the rundown shares: the lock, the right, what can be said."""

from datetime import datetime

from django.utils.translation import gettext as _

from titian.kernel.actor import Actor
from titian.kernel.models import Event
from titian.kernel.policy import require
from titian.programme.models import Activity
from titian.programme.policy import may_keep

REASON_AT_MOST = 200


class BadHours(ValueError):
    """Hours that cannot be; its argument is a sentence."""


class BadWords(ValueError):
    """Words that are missing or too many; its argument is a sentence."""


def kept_by(actor: Actor, activity_id: int) -> Activity:
    """The item, locked, for who keeps the rundown; ``Forbidden`` for others."""
    items = Activity.objects.select_for_update(of=("self",)).select_related("event")
    activity = items.get(pk=activity_id)
    require_keeper(actor, activity.event)
    return activity


def require_keeper(actor: Actor, event: Event) -> None:
    """``Forbidden`` with a sentence unless ``actor`` keeps the event's rundown."""
    require(
        may_keep(actor, event),
        _("Only protocol, the venue team or a coordinator changes the rundown."),
    )


def require_order(starts_at: datetime, ends_at: datetime) -> None:
    """``BadHours`` if it would end before it starts."""
    if ends_at < starts_at:
        raise BadHours(_("It cannot end before it starts."))


def reason_from(words: str) -> str:
    """The reason as it is kept; ``BadWords`` if it is too long."""
    if len(words) > REASON_AT_MOST:
        raise BadWords(_("Say the reason in at most 200 characters."))
    return words.strip()
