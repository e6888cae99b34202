"""A guest's own way in: made, shown once, taken back."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.models import Delegation, GuestLink, Member, Person
from titian.people.policy import is_of, may_let_in

TOKEN_BYTES = 24
LONGEST_DAYS = 90
NOTED_AGAIN = timedelta(minutes=10)


class NotTheirs(ValueError):
    """The person is not of the delegation, or the days are out of all measure."""


@transaction.atomic
def make_link(
    person_id: int,
    delegation_id: int,
    *,
    days: int = 14,
    token: str = "",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> tuple[GuestLink, str]:
    """A new link for a guest, and its token: this once, for we keep only a digest.

    A retry with the same ``key`` makes no second link and gives an empty token: what
    was lost on the way is revoked and made anew. A ``token`` is given only where the
    house can work it out again, as the demo's door does. Raises ``Forbidden`` unless
    the actor coordinates or accompanies the delegation, ``NotTheirs`` for a person of
    another party or for more than ninety days.
    """
    if entry := journal.replayed(key, "link.made", None, actor=actor):
        return GuestLink.objects.get(pk=entry.subject_id), ""

    delegation = Delegation.objects.select_related("event").get(pk=delegation_id)
    require(
        may_let_in(actor, delegation),
        _("Only the delegation's LO or a coordinator gives out links."),
    )
    _require_guest(person_id, delegation)
    if not 0 < days <= LONGEST_DAYS:
        raise NotTheirs(_("A link lasts between 1 and 90 days."))
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    now = clock.real_time()
    link = GuestLink.objects.create(
        person_id=person_id,
        delegation=delegation,
        digest=sha256(token.encode()).hexdigest(),
        made_by_id=actor.person_id,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    journal.write("link.made", link, actor=actor, at=at, key=key, person=person_id)
    return link, token


@transaction.atomic
def revoke_link(
    link_id: int, *, actor: Actor, at: datetime, key: UUID | None = None
) -> GuestLink:
    """Shut the door at once; shutting a shut door changes nothing.

    Raises ``Forbidden`` unless the actor coordinates or accompanies the delegation.
    """
    if journal.replayed(key, "link.revoked", link_id, actor=actor):
        return GuestLink.objects.get(pk=link_id)

    link = GuestLink.objects.select_for_update().get(pk=link_id)
    require(
        may_let_in(actor, link.delegation),
        _("Only the delegation's LO or a coordinator takes links back."),
    )
    if link.revoked_at is None:
        link.revoked_at = clock.real_time()
        link.save(update_fields=["revoked_at"])
        journal.write("link.revoked", link, actor=actor, at=at, key=key)
    return link


def come_in(link_id: int, *, actor: Actor, at: datetime) -> None:
    """Note that the link was used; within some minutes once is enough.

    ``opened_at`` is in the world's time, as the link's other hours are. It is no news
    to any page: the guest reads, and nothing has changed.
    """
    now = clock.real_time()
    used = GuestLink.objects.filter(pk=link_id)
    if used.filter(opened_at__gt=now - NOTED_AGAIN).exists():
        return
    with transaction.atomic():
        used.update(opened_at=now)
        link = used.select_related("delegation__event").get()
        journal.write("link.opened", link, actor=actor, at=at, topics=())


def _require_guest(person_id: int, delegation: Delegation) -> None:
    person = Person.objects.get(pk=person_id)
    member = Member.objects.filter(delegation=delegation, person=person).exists()
    if not (member or is_of(person.pk, delegation.party)):
        raise NotTheirs(_("This person is not of the delegation."))
