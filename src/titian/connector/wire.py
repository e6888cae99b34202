"""One question to the one origin that the operator named, and to no other."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from titian.connector import NoProposal, Problem

SECONDS, SECONDS_TO_LISTEN, LARGEST = 20, 90, 256 * 1024
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
    return _asked(path, json.dumps(said).encode(), "application/json", key, SECONDS)


def post_file(
    path: str, fields: Mapping[str, str], file: tuple[str, bytes], key: str = ""
) -> dict[str, Any]:
    """The same for a form with one file, its media type and content."""
    media_type, content = file
    seam = secrets.token_hex(16)
    ending = media_type.partition("/")[2].partition(";")[0] or "bin"
    parts = [
        f'--{seam}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{seam}\r\nContent-Disposition: form-data; name="file"; '
        f'filename="note.{ending}"\r\nContent-Type: {media_type}\r\n\r\n'
    )
    body = "".join(parts).encode() + content + f"\r\n--{seam}--\r\n".encode()
    form = f"multipart/form-data; boundary={seam}"
    return _asked(path, body, form, key, SECONDS_TO_LISTEN)


def _asked(
    path: str, body: bytes, media_type: str, key: str, seconds: int
) -> dict[str, Any]:
    url = settings.CONNECTOR["url"].rstrip("/") + path
    if not is_safe(url):
        raise NoProposal(Problem.REFUSED, "TITIAN_CONNECTOR_URL is not https")
    headers = {"Content-Type": media_type, "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, body, headers)
    try:
        with _opener.open(request, timeout=seconds) as answer:
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
