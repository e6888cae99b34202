"""Every role's pages, read in Indonesian: no English message, no unmarked English.

Words that are kept as somebody said or wrote them stay as they are, in an element
that says in which language (WCAG 3.1.2); a proper name needs none.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import override
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve
from translations import read

from tests.web.pressing import forms_of
from tests.web.test_links import LEAVING, links_of
from titian.cli.loading import ensure_demo_accounts, load_scenario
from titian.foresight.commands import cover
from titian.kernel import clock
from titian.kernel.models import Event
from titian.people.commands.links import make_link
from titian.people.models import Delegation, Member, Party, Person
from titian.places.models import Place
from titian.web.door.roles import coordinator_of, roles_of

CATALOGUE = Path("src/titian/locale/id/LC_MESSAGES/django.po")
SMALL = "the|and|with|of|is|are|was|for|from|not|your|this|by|at|has"
ENGLISH = re.compile(rf"\b({SMALL}|{SMALL.title()})\b")
SPOKEN = ("aria-label", "title", "placeholder", "alt")
SILENT = {"script", "style"}
VOID = {"meta", "link", "input", "br", "img", "hr", "col", "source", "wbr"}
PLACES = re.compile(r"%\(\w+\)[a-z]|\{\d*\}")
EACH = 2
"""Pages of one kind that are read for one role: the first ones it can reach."""


class Reader(HTMLParser):
    """Collects what is read or heard on a page, each piece with its language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []

    @property
    def language(self) -> str:
        return self._open[-1][1] if self._open else ""

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang") or self.language
        self._note(language, *(given.get(name) or "" for name in SPOKEN))
        if tag not in VOID:
            self._open.append((tag, language))

    @override
    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    @override
    def handle_data(self, data: str) -> None:
        if not any(tag in SILENT for tag, _language in self._open):
            self._note(self.language, data)

    def _note(self, language: str, *texts: str) -> None:
        for text in texts:
            if words := " ".join(text.split()):
                self.said.append((language, words))


def spoken_on(page: str) -> list[str]:
    """All that stands or is announced on the page and is Indonesian by its markup."""
    reader = Reader()
    reader.feed(page)
    return [words for language, words in reader.said if language == "id"]


@cache
def messages() -> tuple[frozenset[str], tuple[str, ...]]:
    """English messages that read otherwise in Indonesian, and pieces of long ones."""
    whole, pieces = set(), set()
    for key, translated in read(CATALOGUE.read_text("utf-8")).items():
        english = key.rpartition("\x04")[2].split("\0")
        for one in english:
            if one in translated.split("\0") or not one:
                continue
            whole.add(one)
            long = [" ".join(piece.split()) for piece in PLACES.split(one)]
            pieces |= {p for p in long if p.count(" ") > 1 and p not in translated}
    return frozenset(whole), tuple(pieces)


def in_english(words: str, names: re.Pattern[str]) -> bool:
    """Whether a message of ours was left in English, or the words sound like it."""
    whole, pieces = messages()
    if words in whole or any(piece in words for piece in pieces):
        return True
    return ENGLISH.search(names.sub("", words)) is not None


def names_known() -> re.Pattern[str]:
    """Proper names that hold an English word: hotels, companies, people."""
    found = {
        *Place.objects.values_list("name", flat=True),
        *Party.objects.values_list("name_id", flat=True),
        *Person.objects.values_list("display", flat=True),
    }
    english = sorted((n for n in found if n and ENGLISH.search(n)), key=len)
    return re.compile("|".join(map(re.escape, reversed(english))) or r"(?!)")


def strings_of(value: object) -> Iterator[str]:
    """Every string of an answer in JSON that is words and no code."""
    if isinstance(value, dict):
        for one in value.values():
            yield from strings_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings_of(one)
    elif isinstance(value, str) and " " in value:
        yield value


def kind_of(address: str) -> str:
    """Pages of one view are of one kind."""
    parts = urlsplit(address)
    return f"{resolve(parts.path).view_name}?{parts.query.partition('=')[0]}"


def crawled(client: Client, *starts: str) -> Iterator[tuple[str, str]]:
    """Every page reached by links from ``starts``, a few of each kind."""
    waiting, seen, kinds = list(starts), set(starts), dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        assert answer.status_code in {200, 422}, address  # a form asks without words
        if "text/html" not in answer["content-type"]:
            continue
        yield address, answer.text
        for link in sorted(links_of(answer.text) - seen):
            seen.add(link)
            kind = kind_of(link)
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= EACH and "/lists/" not in link:
                waiting.append(link)


@pytest.fixture
def summit(db: None, capsys: pytest.CaptureFixture[str]) -> Event:
    """The shipped summit with the people of the demo's door."""
    event = load_scenario("g20-bali-2022")
    ensure_demo_accounts(event)
    return event


def clients(event: Event) -> Iterator[tuple[str, Client, list[str]]]:
    """Each demo role's browser, and where it comes in."""
    for role in roles_of(event):
        client = Client()
        if role.delegation is None:
            assert role.user is not None
            client.force_login(role.user)
            starts = list(STARTS.get(role.name, ()))
            if role.name == "coordinator":
                starts.append(proposed_cover(event))
            yield role.name, client, ["/", *starts]
        else:
            yield role.name, client, [guest_page(event, role.person, role.delegation)]
    member = Member.objects.filter(delegation__party__code="SLY").latest("pk")
    page = guest_page(event, member.person, member.delegation)
    yield "guest by link", Client(), [page]


STARTS = {
    "coordinator": ["/room/?face=wall", "/files/", "/search/?q=ari"],
    "officer": ["/asks/", "/asks/new/"],
}


def proposed_cover(event: Event) -> str:
    """A plan of the week, for the sentences that give its reasons."""
    at = clock.time_at(event)
    made = cover.propose(event.pk, iterations=1, actor=coordinator_of(event), at=at)
    return f"/cover/proposals/{made.pk}/"


def guest_page(event: Event, person: Person, delegation: Delegation) -> str:
    _link, token = make_link(
        person.pk, delegation.pk, actor=coordinator_of(event), at=clock.time_at(event)
    )
    return f"/g/{token}/"


def pressed(client: Client, pages: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What each kind of button answers, pressed with what the page holds."""
    kinds = set()
    for address, page in pages:
        for form in forms_of(page):
            action = form.action or address
            kind = kind_of(action)
            if form.method != "post" or kind in kinds or action.startswith(LEAVING):
                continue
            kinds.add(kind)
            answer = client.post(action, form.values, follow=True)
            assert answer.status_code < 500, action
            if not answer.streaming:  # a file that is saved is no page
                yield f"POST {action}", answer.text


def told_to_the_phone(client: Client) -> set[str]:
    """What the officer's page says by itself, and what the house tells it."""
    shell = client.get("/field/").text
    (phrases,) = re.findall(r'id="phrases"[^>]*>(.*?)</script>', shell, re.DOTALL)
    feed = client.get("/api/feed").json()
    return {*json.loads(phrases).values(), *strings_of(feed)}


@pytest.mark.slow
def test_no_role_meets_a_message_in_english(summit: Event) -> None:
    names = names_known()
    met: dict[str, set[str]] = {}
    for role, client, starts in clients(summit):
        pages = list(crawled(client, *starts))
        for address, page in [*pages, *pressed(client, pages)]:
            for words in spoken_on(page):
                met.setdefault(words, set()).add(f"{role} {address}")
        if role == "officer":
            for words in told_to_the_phone(client):
                met.setdefault(words, set()).add("the phone")

    english = {words: where for words, where in met.items() if in_english(words, names)}
    assert len(met) > 1000
    assert english == {}
