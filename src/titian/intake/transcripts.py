"""A machine listens to the voice notes of one request, where somebody wished for it."""

from collections.abc import Iterable

from titian import connector
from titian.connector import NoProposal, Problem, Sound, Wish
from titian.intake.models import Incoming
from titian.intake.queries import papers_of
from titian.kernel import documents
from titian.kernel.models import Consequence, Document
from titian.loop.commands import drafts
from titian.loop.drafting import may_leave
from titian.loop.models import Ask, Draft

AUDIO, AT_MOST = "audio/", 5


def with_sound(ask_ids: Iterable[int]) -> set[int]:
    """Those of the requests that came with a voice note."""
    notes = Incoming.objects.filter(
        ask__in=list(ask_ids), papers__media_type__startswith=AUDIO
    )
    return {pk for pk in notes.values_list("ask", flat=True) if pk is not None}


def hear(owed: Consequence) -> None:
    """Give it the notes alone, if they may still leave; keep what it heard, marked."""
    rows = Draft.objects.select_related("ask__event", "ask__owner", "ask__topic__team")
    draft = rows.get(pk=owed.entry.facts["draft"])
    at = owed.entry.heard_at
    is_over = draft.made_at is not None or not may_leave(draft.ask)
    if draft.wish != Wish.TRANSCRIPT or is_over:
        return
    try:
        words = _heard(draft.ask)
    except NoProposal as why:
        drafts.note_failed(draft.pk, why.problem, at=at, key=owed.key)
    else:
        drafts.note_made(draft.pk, words, at=at, key=owed.key)


def _heard(ask: Ask) -> str:
    notes = papers_of(ask.pk).filter(media_type__startswith=AUDIO)[:AT_MOST]
    said = [connector.transcribe(_sound(one, ask.language)) for one in notes]
    words = "\n\n".join(said)
    if not words:
        raise NoProposal(Problem.UNREADABLE, "no voice note")
    return words[: connector.LONGEST]


def _sound(note: Document, language: str) -> Sound:
    try:
        content = documents.content_of(note)
    except (FileNotFoundError, documents.Unreadable) as problem:
        raise NoProposal(Problem.UNREADABLE, "the note is lost") from problem
    return Sound(note.media_type, content, language[:2])
