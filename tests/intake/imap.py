"""A small IMAP4rev1 server on this machine: one folder, and it says what was asked."""

import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.channels.servers import Server, running


@dataclass
class Box:
    """The letters of one mailbox by their UIDs."""

    letters: dict[int, bytes] = field(default_factory=dict)
    validity: int = 1
    password: str = "sesame"
    port: int = 0
    said: list[str] = field(default_factory=list)
    hangs_up_at: int = 0
    seen: set[int] = field(default_factory=set)

    def put(self, letter: bytes | str) -> int:
        """A letter comes in; its UID."""
        raw = letter.encode() if isinstance(letter, str) else letter
        uid = max(self.letters, default=0) + 1
        self.letters[uid] = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return uid

    def url(self, password: str = "") -> str:
        return f"imap://desk:{password or self.password}@127.0.0.1:{self.port}/INBOX"


class ImapTalk(socketserver.StreamRequestHandler):
    box: Box

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("* OK IMAP4rev1 ready")
        while raw := self.rfile.readline():
            tag, _space, said = raw.decode().strip().partition(" ")
            self.box.said.append(re.sub(r"(?i)^(login \S+ ).*", r"\1…", said))
            if not self.answer(tag, said):
                return

    def answer(self, tag: str, said: str) -> bool:
        verb, _space, rest = said.partition(" ")
        if verb.upper() == "UID":
            verb, _space, rest = rest.partition(" ")
            verb = f"UID {verb}"
        name = f"do_{verb.lower().replace(' ', '_')}"
        done = getattr(self, name, lambda _rest: "BAD what?")(rest)
        if done == "hang up":
            return False
        self.say(f"{tag} {done}")
        return verb.upper() != "LOGOUT"

    def do_capability(self, _rest: str) -> str:
        self.say("* CAPABILITY IMAP4rev1")
        return "OK done"

    def do_login(self, rest: str) -> str:
        _user, password = (one.strip('"') for one in rest.split(" "))
        return "OK done" if password == self.box.password else "NO wrong password"

    def do_examine(self, rest: str) -> str:
        if rest.strip('"') != "INBOX":
            return "NO no such folder"
        self.say(f"* {len(self.box.letters)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.box.validity}] valid")
        return "OK [READ-ONLY] done"

    def do_uid_search(self, rest: str) -> str:
        first = re.match(r"UID (\d+):\*", rest)
        uids = sorted(self.box.letters)
        if first:
            after = [uid for uid in uids if uid >= int(first[1])]
            uids = after or uids[-1:]  # RFC 3501: "*" names the last one in any case
        self.say(f"* SEARCH {' '.join(map(str, uids))}".rstrip())
        return "OK done"

    def do_uid_fetch(self, rest: str) -> str:
        uid = int(rest.split(" ")[0])
        if uid == self.box.hangs_up_at:
            return "hang up"
        if "BODY.PEEK" not in rest:
            self.box.seen.add(uid)
        raw = self.box.letters[uid]
        place = sorted(self.box.letters).index(uid) + 1
        self.wfile.write(
            f"* {place} FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}\r\n".encode()
        )
        self.wfile.write(raw)
        self.say(")")
        return "OK done"

    def do_logout(self, _rest: str) -> str:
        self.say("* BYE then")
        return "OK done"


@contextmanager
def mailbox() -> Iterator[Box]:
    """A mail server with one mailbox."""
    box = Box()
    talk = type("Talk", (ImapTalk,), {"box": box})
    with running(Server(("127.0.0.1", 0), talk)) as box.port:
        yield box
