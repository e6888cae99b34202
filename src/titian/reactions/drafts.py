"""A machine was asked for a proposal: its words come back marked, or why not."""

from titian import connector
from titian.kernel.models import Consequence
from titian.loop.commands import drafts
from titian.loop.drafting import may_leave
from titian.loop.models import Draft


def ask_the_machine(owed: Consequence) -> None:
    """Give it the guest's words alone, if they may still leave; keep what it says."""
    rows = Draft.objects.select_related("ask__event", "ask__owner", "ask__topic__team")
    draft = rows.get(pk=owed.entry.facts["draft"])
    at = owed.entry.heard_at
    if draft.made_at is not None or not may_leave(draft.ask):
        return
    if draft.wish == connector.Wish.TRANSCRIPT:  # whoever keeps the notes listens
        return
    wanted = connector.Wanted(
        draft.wish, draft.ask.words, draft.ask.language, draft.target
    )
    try:
        words = connector.propose(wanted)
    except connector.NoProposal as why:
        drafts.note_failed(draft.pk, why.problem, at=at, key=owed.key)
    else:
        drafts.note_made(draft.pk, words, at=at, key=owed.key)
