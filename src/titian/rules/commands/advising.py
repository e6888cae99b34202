"""Asking the rules: articles answer, or a request goes to who may know."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from titian.kernel import clock, journal
from titian.kernel.actor import Actor
from titian.kernel.policy import require
from titian.loop.commands.inquiring import inquire
from titian.people.models import Delegation
from titian.people.queries import speaker
from titian.rules.models import Advice
from titian.rules.policy import may_ask
from titian.rules.queries import answered, who_may_know

WORDS_AT_MOST = 400


class Unasked(ValueError):
    """There is no question in it; its argument asks for one."""


@transaction.atomic
def question(
    delegation_id: int,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Advice:
    """Ask what the rules of both sides say, for one delegation on this day.

    The answer cites articles. Where none fits, nobody knows, and the question goes as
    a request to the team that may. Raises ``Forbidden`` unless the actor is the
    delegation's officer or one of the hosts, ``Unasked`` without words.
    """
    rows = Delegation.objects.select_related("party", "event")
    delegation = rows.get(pk=delegation_id)
    if done := journal.replayed(key, "rule.asked", None, actor=actor):
        return Advice.objects.get(pk=done.subject_id)

    require(
        may_ask(actor, delegation),
        _("Only the delegation’s LO asks here, or one of the hosts."),
    )
    asked = words.strip()
    if not asked or len(asked) > WORDS_AT_MOST:
        raise Unasked(_("Ask in a sentence: at most 400 characters."))
    by = speaker(replace(actor, on_word_of=None))
    advice = Advice.objects.create(
        event=delegation.event,
        delegation=delegation,
        asked_by=by,
        asked_at=at,
        words=asked,
    )
    on = clock.local(delegation.event, at).date()
    cited = answered(asked, delegation, on)
    advice.cited.set(cited)
    entry = journal.write(
        "rule.asked",
        advice,
        actor=actor,
        at=at,
        key=key,
        about=by.pk,
        sealed={"words": asked},
        articles=[article.pk for article in cited],
    )
    if not cited:
        _ask_on(advice, actor, at, uuid5(key or _of(entry.pk), "ask"))
    return advice


def _of(entry_id: int) -> UUID:
    return UUID(int=entry_id)


def _ask_on(advice: Advice, actor: Actor, at: datetime, key: UUID) -> None:
    """The question as it was asked, to the team whose matter it may be."""
    advice.ask = inquire(
        advice.event_id,
        lambda: _words(advice),
        team_codes=who_may_know(advice.words),
        channel="rules",
        actor=replace(actor, on_word_of=None),
        at=at,
        key=key,
    )
    advice.save(update_fields=["ask"])


def _words(advice: Advice) -> str:
    """What the team reads, in the language of the moment."""
    said = {"whose": advice.delegation.name, "question": advice.words}
    return _("%(whose)s asks, and no rule we keep answers: %(question)s") % said
