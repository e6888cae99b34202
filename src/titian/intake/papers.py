"""Files that come with words, kept by their content."""

from datetime import datetime

from titian.intake.message import Message, Paper
from titian.intake.models import Incoming
from titian.kernel import documents
from titian.loop.saying import LONGEST


def keep_papers(incoming: Incoming, message: Message, at: datetime) -> None:
    papers = list(message.papers)
    if len(message.said) > LONGEST:
        whole = message.said.encode()
        papers.append(Paper("message.txt", "text/plain; charset=utf-8", whole))
    for paper in papers:
        keep_paper(incoming, paper, at)
    incoming.media = [
        [one.number, one.name, one.media_type, one.sha256] for one in message.media
    ]
    incoming.save()


def keep_paper(incoming: Incoming, paper: Paper, at: datetime) -> None:
    """Keep one file with the message; one that is too large is counted as left out."""
    try:
        document = documents.keep(
            paper.content,
            name=paper.name or "file",
            kind="incoming",
            media_type=paper.media_type[:100],
            at=at,
        )
    except documents.TooLarge:
        incoming.left_out += 1
        incoming.save(update_fields=["left_out"])
        return
    incoming.papers.add(document)
