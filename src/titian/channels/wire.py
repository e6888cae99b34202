"""One request over HTTP to a provider, and what its silence means."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from titian.channels import Attachment, Trouble, Undelivered

PATIENCE_SECONDS = 15
LARGEST = 30 * 1024 * 1024
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, of whatever status."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body, if it is an object; else nothing."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def retry_after(self) -> timedelta | None:
        """How long the provider asks us to wait, if it says so in seconds."""
        said = self.headers.get("retry-after", "")
        if not said.isdecimal():
            return None
        return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT)

    @property
    def detail(self) -> str:
        """For whoever repairs it."""
        return f"{self.status} {self.body[:200].decode('utf-8', 'replace')}"


class _NoTurns(urllib.request.HTTPRedirectHandler):
    """Sent elsewhere, we do not go: our token is for the provider alone."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoTurns)


def ask(
    url: str,
    body: bytes | None = None,
    *,
    headers: Mapping[str, str],
    seconds: float = PATIENCE_SECONDS,
) -> Answer:
    """POST ``body``, or GET without one; ``Undelivered`` if nobody answers."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise Undelivered(Trouble.SETUP, f"not an address: {url[:80]}")
    request = urllib.request.Request(url, body, dict(headers))
    try:
        with _opener.open(request, timeout=seconds) as said:
            return _answer(said.status, said.headers, said.read(LARGEST))
    except urllib.error.HTTPError as refusal:
        with refusal:
            return _answer(refusal.code, refusal.headers, refusal.read(LARGEST))
    except (OSError, HTTPException) as problem:
        raise Undelivered(Trouble.NO_ANSWER, repr(problem)) from problem


def post_json(url: str, said: object, *, headers: Mapping[str, str]) -> Answer:
    """POST ``said`` as JSON."""
    named = {"Content-Type": "application/json", **headers}
    return ask(url, json.dumps(said).encode(), headers=named)


def post_file(
    url: str, fields: Mapping[str, str], file: Attachment, *, headers: Mapping[str, str]
) -> Answer:
    """POST a form with one file in it."""
    seam = secrets.token_hex(16)
    name = "".join(c for c in file.name if c not in '"\\\r\n')
    parts = [
        f'--{seam}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    parts.append(
        f'--{seam}\r\nContent-Disposition: form-data; name="file"; filename="{name}"'
        f"\r\nContent-Type: {file.media_type}\r\n\r\n"
    )
    body = "".join(parts).encode() + file.content + f"\r\n--{seam}--\r\n".encode()
    form = {"Content-Type": f"multipart/form-data; boundary={seam}"}
    return ask(url, body, headers={**form, **headers})


def _answer(status: int, headers: Any, body: bytes) -> Answer:
    return Answer(status, {name.lower(): v for name, v in headers.items()}, body)
