"""A guest says that a rule has been read."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.people.models import Delegation
from titian.people.policy import brings_word_of, stands_for
from titian.people.queries import speaker
from titian.rules.models import Acknowledgement, Article
from titian.rules.queries import for_guest


@transaction.atomic
def acknowledge(
    article_id: int,
    delegation_id: int,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Acknowledgement:
    """Enter that a guest of the delegation has read the rule; twice is once.

    The guest says it, or the officer on the guest's word. Raises ``Forbidden`` for
    anybody else, ``Article.DoesNotExist`` if the rule is none of the delegation's.
    """
    delegations = Delegation.objects.select_related("party", "event")
    delegation = delegations.get(pk=delegation_id)
    require(
        stands_for(actor, delegation.party) or brings_word_of(actor, delegation),
        _("Only the guest says that a rule has been read."),
    )
    read_by = Acknowledgement.objects.filter(
        person=speaker(actor), event=delegation.event
    )
    if done := journal.replayed(key, "rule.acknowledged", delegation_id, actor=actor):
        return read_by.get(article=done.facts["article"])

    article = _told_to(delegation, article_id, at)
    read, is_new = read_by.get_or_create(
        article=article,
        person=speaker(actor),
        event=delegation.event,
        defaults={"read_at": at},
    )
    if is_new:
        journal.write(
            "rule.acknowledged",
            delegation,
            actor=actor,
            at=at,
            key=key,
            article=article.pk,
        )
    return read


def _told_to(delegation: Delegation, article_id: int, at: datetime) -> Article:
    on = clock.local(delegation.event, at).date()
    told = {rule.article.pk: rule.article for rule in for_guest(delegation, on)}
    if article_id not in told:
        raise Article.DoesNotExist
    return told[article_id]
