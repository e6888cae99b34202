"""Real servers on this machine for the carriers to talk to, and they count."""

import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class PostOffice:
    """A mail server as RFC 5321 has it, in whatever mood a test gives it."""

    port: int = 0
    to_recipient: dict[str, str] = field(default_factory=dict)
    to_letter: list[str] = field(default_factory=list)
    hangs_up_after_letter: int = 0
    delay: float = 0
    thinks: float = 0
    letters: list[EmailMessage] = field(default_factory=list)
    calls: int = 0

    def answer_to_letter(self, raw: bytes) -> str:
        """Keep it and say so, unless told otherwise."""
        said = self.to_letter.pop(0) if self.to_letter else "250 kept"
        if said.startswith("250"):
            self.letters.append(message_from_bytes(raw, policy=policy.default))
            time.sleep(self.thinks)  # it is kept, and nobody knows that yet
        return said


class SmtpTalk(socketserver.StreamRequestHandler):
    office: PostOffice

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.office.calls += 1
        time.sleep(self.office.delay)
        self.say("220 post.example ESMTP")
        while raw := self.rfile.readline():
            line = raw.decode().strip()
            verb = line.split(" ")[0].upper()
            if verb == "QUIT":
                return self.say("221 bye")
            if verb == "DATA":
                if not self.take_letter():
                    return None
                continue
            self.say(self.answer(verb, line))
        return None

    def answer(self, verb: str, line: str) -> str:
        if verb == "RCPT":
            address = line.partition("<")[2].partition(">")[0]
            return self.office.to_recipient.get(address, "250 fine")
        if verb in {"EHLO", "HELO"}:
            return "250 post.example"
        return "250 fine" if verb in {"MAIL", "RSET", "NOOP"} else "500 what?"

    def take_letter(self) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line[:2] == b".." else line)
        said = self.office.answer_to_letter(b"".join(lines))
        if self.office.hangs_up_after_letter:
            self.office.hangs_up_after_letter -= 1
            return False
        self.say(said)
        return True


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller who hung up is no news."""


@contextmanager
def running(server: socketserver.TCPServer) -> Iterator[int]:
    """Serve in a thread until the end of the block; the port."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield int(server.socket.getsockname()[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def post_office(port: int = 0) -> Iterator[PostOffice]:
    """A mail server on this machine."""
    office = PostOffice()
    talk = type("Talk", (SmtpTalk,), {"office": office})
    with running(Server(("127.0.0.1", port), talk)) as office.port:
        yield office


@dataclass
class Call:
    """One request as it came over the wire."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


type Answer = tuple[int, Mapping[str, str], bytes]


@dataclass
class Provider:
    """An HTTP provider that counts its calls and answers as the test says."""

    answer: Callable[[Call], Answer]
    calls: list[Call] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class HttpTalk(BaseHTTPRequestHandler):
    provider: Provider
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        call = Call(self.command, self.path, headers, self.rfile.read(length))
        self.provider.calls.append(call)
        status, extra, body = self.provider.answer(call)
        self.send_response(status)
        for name, value in {"Connection": "close", **extra}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


def says(status: int, body: object = None, **headers: str) -> Answer:
    """An answer in JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, named, b"" if body is None else json.dumps(body).encode()


@contextmanager
def provider(answer: Callable[[Call], Answer]) -> Iterator[Provider]:
    """An HTTP server on this machine."""
    one = Provider(answer)
    talk = type("Talk", (HttpTalk,), {"provider": one})
    with running(ThreadingHTTPServer(("127.0.0.1", 0), talk)) as one.port:
        yield one
