"""A "no" has a shape: thanks, the reason, what is possible instead, by when."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from titian.kernel.actor import Actor
from titian.loop import saying
from titian.loop.commands.answering import answer
from titian.loop.courtesy import LANGUAGES, Refusal, Tone, refusal
from titian.loop.models import Ask


@transaction.atomic
def refuse(
    ask_id: int,
    reason: str,
    instead: str,
    by: datetime | None = None,
    *,
    tone: str = Tone.FORMAL,
    language: str = "en",
    actor: Actor,
    at: datetime,
    key: UUID | None = None,
) -> Ask:
    """Answer that it cannot be done, in words that offer something else.

    It is an answer like any other: the guest reads just these words and may ask again.
    Raises ``Empty`` without a reason or an alternative, ``BadHour`` for an hour that
    has passed, ``Unknown`` for another tone or language, and what ``answer`` raises.
    """
    if language not in LANGUAGES:
        raise saying.Unknown(language)
    if tone not in list(Tone):
        raise saying.Unknown(tone)
    said = Refusal(
        saying.some(reason),
        saying.some(instead),
        saying.hour_after(by, at) if by else None,
    )
    rows = Ask.objects.select_related("event", "asked_by", "said_by")
    ask = rows.get(pk=ask_id)
    words = refusal(said, ask, tone=tone, language=language, at=at)
    return answer(ask_id, words, actor=actor, at=at, key=key)
