"""A guest's page, remembered until the journal says something that may touch it.

All that a page shows is written together with a journal entry. Until one comes that
may concern this page, the page of a minute ago is the page of now: only the form
tokens, the retry key and the moment are put in anew. The rule errs on one side: what
is not known to be somebody else's matter draws the page again, and so does each new
minute, for lateness grows without anybody writing.
"""

import re
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from uuid import uuid4

from django.contrib.messages import get_messages
from django.middleware.csrf import get_token

from titian.kernel import clock
from titian.kernel.models import Entry
from titian.people.models import GuestLink, Party
from titian.web.http import HttpRequest, HttpResponse

PAGES = 400
"""Some ten kilobytes each, the least recently shown go first."""
NEWS = 200
"""With more entries than this since, drawing is cheaper than looking."""
OF_ONE_DELEGATION = frozenset(
    {
        "loop.ask",
        "loop.promise",
        "loop.confirmation",
        "logistics.journey",
        "logistics.stay",
        "people.assignment",
        "people.guestlink",
    }
)
"""What is one delegation's matter alone; its entries say whose."""
READING = frozenset({"link.opened", "reach.opened"})
SLOTS = re.compile(
    rb'((?:name="csrfmiddlewaretoken"|name="key") value="|data-now=")[^"]*'
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page without what is new at every visit, and the entry it was drawn after."""

    body: bytes
    newest: int


class Shelf:
    """The pages one process remembers; safe among its threads."""

    def __init__(self, size: int = PAGES) -> None:
        self._size = size
        self._pages: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, name: Hashable) -> Kept | None:
        """The page under this name, now the most recently shown."""
        with self._lock:
            kept = self._pages.get(name)
            if kept is not None:
                self._pages.move_to_end(name)
            return kept

    def keep(self, name: Hashable, kept: Kept) -> None:
        """Remember the page, and forget the one that was not shown for longest."""
        with self._lock:
            self._pages[name] = kept
            while len(self._pages) > self._size:
                self._pages.popitem(last=False)

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._pages.clear()


shelf = Shelf()


def remembered(
    request: HttpRequest,
    link: GuestLink,
    variant: Hashable,
    draw: Callable[[], HttpResponse],
) -> HttpResponse:
    """The link's page in this variant (language, zone): the kept one, or one drawn.

    A page with a message for the reader is always drawn, and never kept.
    """
    if len(get_messages(request)):
        return draw()
    minute = clock.time_at(link.event).replace(second=0, microsecond=0)
    name = (link.pk, variant, minute)
    kept = shelf.find(name)
    if kept is not None and not _is_touched(link, kept.newest):
        return HttpResponse(_filled(request, link, zlib.decompress(kept.body)))
    newest = _newest()  # before drawing: what is committed meanwhile counts as news
    page = draw()
    if page.status_code == 200:
        shelf.keep(name, Kept(zlib.compress(page.content, 1), newest))
    return page


def _newest() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _is_touched(link: GuestLink, newest: int) -> bool:
    columns = ("verb", "subject_kind", "concerns_id", "topics")
    rows = Entry.objects.filter(pk__gt=newest).values_list(*columns)[: NEWS + 1]
    news = list(rows)
    return len(news) > NEWS or any(_touches(link, *row) for row in news)


def _touches(
    link: GuestLink, verb: str, kind: str, concerns: int | None, topics: list[str]
) -> bool:
    if verb in READING:
        return False
    if link.delegation.party.kind == Party.Kind.MEDIA:
        return True  # an emergency anywhere holds what the press is told
    is_elsewhere = kind in OF_ONE_DELEGATION and concerns not in (
        None,
        link.delegation_id,
    )
    mine = {f"delegation:{link.delegation_id}", f"person:{link.person_id}"}
    return not is_elsewhere or not mine.isdisjoint(topics)


def _filled(request: HttpRequest, link: GuestLink, page: bytes) -> bytes:
    """The page with this visit's own tokens, key and moment."""
    now = clock.local(link.event, clock.time_at(link.event)).replace(microsecond=0)
    words = {
        b'name="csrfmiddlewaretoken" value="': get_token(request).encode(),
        b'name="key" value="': str(uuid4()).encode(),
        b'data-now="': now.isoformat().encode(),
    }
    return SLOTS.sub(lambda slot: slot[1] + words[slot[1]], page)
