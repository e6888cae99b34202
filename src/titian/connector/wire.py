"""One question to the one origin that the operator named, and to no other."""

import json
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from titian.connector import NoProposal, Problem

SECONDS, LARGEST = 20, 256 * 1024
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class _NoTurns(urllib.request.HTTPRedirectHandler):
    """Sent elsewhere, we do not go: the words are for the named origin alone."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoTurns, urllib.request.ProxyHandler({}))


def is_safe(url: str) -> bool:
    """Whether words may travel there: over https, or not off this machine."""
    parts = urlsplit(url)
    if parts.username or parts.password or not parts.hostname:
        return False
    is_near = parts.scheme == "http" and parts.hostname in LOCAL
    return parts.scheme == "https" or is_near


def post(path: str, said: object, key: str = "") -> dict[str, Any]:
    """The object that comes back, or ``NoProposal`` with what is wrong."""
    url = settings.CONNECTOR["url"].rstrip("/") + path
    if not is_safe(url):
        raise NoProposal(Problem.REFUSED, "TITIAN_CONNECTOR_URL is not https")
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, json.dumps(said).encode(), headers)
    try:
        with _opener.open(request, timeout=SECONDS) as answer:
            return _object(answer.read(LARGEST + 1))
    except urllib.error.HTTPError as refusal:
        with refusal:
            raise NoProposal(_meant(refusal.code), str(refusal.code)) from refusal
    except (OSError, HTTPException) as problem:
        raise NoProposal(Problem.SILENT, repr(problem)) from problem


def _meant(status: int) -> Problem:
    if status == 429:
        return Problem.BUSY
    return Problem.SILENT if status >= 500 else Problem.REFUSED


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body) if len(body) <= LARGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NoProposal(Problem.UNREADABLE, "no JSON object, or too large")
    return found
