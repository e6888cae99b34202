"""A machine that speaks as LibreTranslate does: it translates, and nothing else."""

from django.conf import settings

from titian.connector import NoProposal, Problem, Wanted
from titian.connector.wire import post


def ask(wanted: Wanted) -> str:
    """The translation; ``NoProposal`` if there is none."""
    said = {
        "q": wanted.words,
        "source": wanted.source or "auto",
        "target": wanted.target,
        "format": "text",
    }
    if settings.CONNECTOR["key"]:
        said["api_key"] = settings.CONNECTOR["key"]
    found = post("/translate", said).get("translatedText")
    if not isinstance(found, str):
        raise NoProposal(Problem.UNREADABLE, "no translatedText")
    return found
