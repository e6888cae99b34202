"""``/api/``: the same acts for the phone and for other programs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.security import SessionAuth

from titian.api import feed
from titian.api.acts import STATUS, Act, perform
from titian.people.queries import signed_in

LONGEST_BATCH = 200
"""How many acts come at once; the phone sends its outbox in parts below this."""

api = NinjaAPI(
    title="Titian",
    version="1",
    auth=SessionAuth(csrf=True),
    docs_url=None,
    urls_namespace="api",
)


class ActIn(Schema):
    """One act as the outbox sends it."""

    key: UUID
    command: str
    subject: int
    at: datetime
    arguments: dict[str, Any] = {}
    on_word_of: int | None = None
    means: str = ""


class ActsIn(Schema):
    """A batch, in the order in which it happened."""

    acts: list[ActIn]


class AnswerOut(Schema):
    """What became of one act."""

    key: UUID
    outcome: str
    status: int
    sentence: str = ""
    subject: int | None = None


@api.post("/acts", response=list[AnswerOut])
def acts(request: Any, batch: ActsIn) -> list[AnswerOut]:
    """Carry out each act of the batch by itself; a refusal does not stop the rest.

    A batch of more than ``LONGEST_BATCH`` is refused as a whole (413): either every
    act is answered, or none of them was done.
    """
    if len(batch.acts) > LONGEST_BATCH:
        sentence = _("At most %(most)d acts at once: send the rest afterwards.")
        raise HttpError(413, sentence % {"most": LONGEST_BATCH})
    actor = signed_in(request.user)
    found = []
    for given in batch.acts:
        act = Act(
            given.key,
            given.command,
            given.subject,
            given.at,
            given.arguments,
            given.on_word_of,
            given.means,
        )
        answer = perform(act, actor=actor)
        found.append(
            AnswerOut(
                key=given.key,
                outcome=answer.outcome,
                status=STATUS[answer.outcome],
                sentence=answer.sentence,
                subject=answer.subject_id,
            )
        )
    return found


@api.get("/feed")
def news(request: Any, since: int = -1, delegation: int = 0) -> dict[str, Any]:
    """What this officer's phone shows, or that nothing changed since the cursor."""
    actor = signed_in(request.user)
    return feed.for_officer(actor, since=since, wanted=delegation)
