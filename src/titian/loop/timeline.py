"""Which late step holds up the rest, and what a slip would push: pure reckoning.

The method is the critical path with slack, forward and backward pass, after
J. E. Kelley and M. R. Walker, "Critical-Path Planning and Scheduling", Proceedings of
the Eastern Joint Computer Conference, 1959, pages 160-173. Two things are our own:
every step has a hard hour of its own, and what is done has the hour at which it was.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from graphlib import CycleError, TopologicalSorter

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from titian.kernel.bilingual import in_both

NOTHING = timedelta(0)
DAY = timedelta(days=1)


class Circle(ValueError):
    """Steps wait for each other in a circle; its argument is their codes."""


@dataclass(frozen=True, slots=True)
class Node:
    """A step as the reckoning sees it.

    ``takes`` is how long the work lasts, at least zero; ``done_at`` when it was done
    or dropped, ``None`` while it is open. Codes in ``after`` that no step has are
    passed over: a line may have been withdrawn.
    """

    code: str
    due_at: datetime
    takes: timedelta = NOTHING
    after: tuple[str, ...] = ()
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """When a step will be done at the earliest, must be at the latest, and the room."""

    node: Node
    earliest: datetime
    latest: datetime

    @property
    def slack(self) -> timedelta:
        """How far it may still slip; negative: something will be late."""
        return self.latest - self.earliest


@dataclass(frozen=True, slots=True)
class RedPath:
    """The chain from the step that holds everything up to the last one it makes late.

    ``late`` is how late that last one would be; ``waiting`` are all open steps behind
    the first, on the path or beside it.
    """

    codes: tuple[str, ...]
    late: timedelta
    waiting: int


@dataclass(frozen=True, slots=True)
class Push:
    """A step that a slip would move, from where to where."""

    code: str
    from_at: datetime
    to_at: datetime


def standings(nodes: Iterable[Node], at: datetime) -> dict[str, Standing]:
    """How each step stands at ``at``: earliest and latest end, by code.

    Forward: an open step that waits for open ones ends ``takes`` after the last of
    them; one that could have begun is taken to be under way and ends at its own hour,
    or now if that has passed, so that all lateness is told at the least. Backward: it
    must end by its own hour and ``takes`` before each of those that wait for it must.
    What is done has its hour and holds nothing up. Linear in steps and
    dependencies. Raises ``Circle``.
    """
    known = {node.code: node for node in nodes}
    order = _in_order(known)
    earliest: dict[str, datetime] = {}
    for node in order:
        earliest[node.code] = node.done_at or _ends(node, known, earliest, at)
    latest = {node.code: node.due_at for node in order}
    for node in reversed(order):
        start = latest[node.code] - node.takes
        for code in node.after:
            if code in known and node.done_at is None:
                latest[code] = min(latest[code], start)
    return {
        node.code: Standing(node, earliest[node.code], latest[node.code])
        for node in order
    }


def red_path(nodes: Iterable[Node], at: datetime) -> RedPath | None:
    """The worst chain of open steps without slack, or ``None`` if nothing is in danger.

    It ends with the step furthest behind its own hour for which no other late one
    waits, a chain before a single step; from there it goes back, each time to the open
    step that leaves last, to one that could be done now. Of equals the earlier hour,
    then the code, decides. Raises ``Circle``.
    """
    found = standings(nodes, at)
    behind = {code: one for code, one in found.items() if _late(one) > NOTHING}
    held_up = {code for one in behind.values() for code in one.node.after}
    ends = [one for code, one in behind.items() if code not in held_up]
    if not ends:
        return None
    chains = {one.node.code: _chain(one, found) for one in ends}
    last = max(
        ends,
        key=lambda one: (
            len(chains[one.node.code]) > 1,
            _late(one),
            -one.node.due_at.timestamp(),
            one.node.code,
        ),
    )
    codes = chains[last.node.code]
    waiting = len(_open_behind(codes[0], found))
    return RedPath(codes, _late(last), waiting)


@dataclass(frozen=True, slots=True)
class Named:
    """What a step is called and whose it is, in both languages."""

    what_en: str
    what_id: str
    owner_en: str
    owner_id: str

    def read(self) -> tuple[str, str]:
        """What, and whose, in the reader's language."""
        if (get_language() or "id").startswith("id"):
            return self.what_id or self.what_en, self.owner_id or self.owner_en
        return self.what_en, self.owner_en


def cause(
    path: RedPath,
    nodes: Iterable[Node],
    named: Mapping[str, Named],
    at: datetime,
    say: Callable[[datetime], str],
) -> tuple[str, str]:
    """Why the path is red, in one sentence: English, then Indonesian.

    ``say`` tells a moment as the event's clocks do, in the language then active.
    """
    known = {node.code: node for node in nodes}
    first, last = known[path.codes[0]], known[path.codes[-1]]
    return in_both(lambda: _sentence(path, first, last, named, at, say))


def _sentence(
    path: RedPath,
    first: Node,
    last: Node,
    named: Mapping[str, Named],
    at: datetime,
    say: Callable[[datetime], str],
) -> str:
    what, owner = named[first.code].read()
    given = {
        "what": what,
        "owner": owner,
        "due": say(first.due_at),
        "last": named[last.code].read()[0],
        "late": _span(path.late),
        "n": path.waiting,
    }
    if path.waiting == 0:
        alone = _("“%(what)s” (%(owner)s) was due %(due)s and is still open.")
        return alone % given
    if first.due_at < at:
        held = ngettext(
            "“%(what)s” (%(owner)s) was due %(due)s and is still open: %(n)d step"
            " waits for it, and “%(last)s” would be at least %(late)s late.",
            "“%(what)s” (%(owner)s) was due %(due)s and is still open: %(n)d steps"
            " wait for it, and “%(last)s” would be at least %(late)s late.",
            path.waiting,
        )
        return held % given
    tight = ngettext(
        "“%(what)s” (%(owner)s), due %(due)s, leaves too little time: %(n)d step waits"
        " for it, and “%(last)s” would be at least %(late)s late.",
        "“%(what)s” (%(owner)s), due %(due)s, leaves too little time: %(n)d steps wait"
        " for it, and “%(last)s” would be at least %(late)s late.",
        path.waiting,
    )
    return tight % given


def _span(late: timedelta) -> str:
    if late >= 2 * DAY:
        return _("%(days)d days") % {"days": late // DAY}
    hours, rest = divmod(late, timedelta(hours=1))
    if hours:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    minutes = max(1, rest // timedelta(minutes=1))
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def pushed_by(nodes: Sequence[Node], code: str, to_at: datetime) -> tuple[Push, ...]:
    """What moving the hour of ``code`` to ``to_at`` would move as well, soonest first.

    A step is pushed only as far as those it waits for leave it no time; what is done
    is never moved, and what had room keeps its hour. Moving earlier pushes nothing,
    and what was too tight before the slip is not the slip's doing.
    Raises ``KeyError`` for a code no step has, ``Circle``.
    """
    known = {node.code: node for node in nodes}
    pushes: list[Push] = []
    if to_at <= known[code].due_at:
        return ()
    moved = {code: replace(known[code], due_at=to_at)}
    for node in _in_order(known):
        ends = [moved[other].due_at for other in node.after if other in moved]
        if not ends or node.done_at is not None or node.code == code:
            continue
        due_at = max(node.due_at, *(end + node.takes for end in ends))
        if due_at > node.due_at:
            moved[node.code] = replace(node, due_at=due_at)
            pushes.append(Push(node.code, node.due_at, due_at))
    return tuple(sorted(pushes, key=lambda push: (push.to_at, push.code)))


def _in_order(known: Mapping[str, Node]) -> list[Node]:
    graph = {
        code: [other for other in node.after if other in known]
        for code, node in known.items()
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as circle:
        raise Circle(", ".join(dict.fromkeys(circle.args[1]))) from None
    return [known[code] for code in order]


def _ends(
    node: Node,
    known: Mapping[str, Node],
    earliest: Mapping[str, datetime],
    at: datetime,
) -> datetime:
    waited = [c for c in node.after if c in known and known[c].done_at is None]
    if not waited:
        return max(at, min(node.due_at, at + node.takes))
    return max(earliest[code] for code in waited) + node.takes


def _late(one: Standing) -> timedelta:
    """How far behind its own hour it will be at the least; zero for what is done."""
    if one.node.done_at is not None:
        return NOTHING
    return max(NOTHING, one.earliest - one.node.due_at)


def _chain(last: Standing, found: Mapping[str, Standing]) -> tuple[str, ...]:
    codes = [last.node.code]
    while before := _held_by(found[codes[0]], found):
        codes.insert(0, before)
    return tuple(codes)


def _held_by(one: Standing, found: Mapping[str, Standing]) -> str | None:
    """The open step that it waits for longest, if it has to wait for one."""
    open_ = [
        found[code]
        for code in one.node.after
        if code in found and found[code].node.done_at is None
    ]
    if not open_:
        return None
    return max(open_, key=lambda s: (s.earliest, s.node.code)).node.code


def _open_behind(code: str, found: Mapping[str, Standing]) -> set[str]:
    behind: set[str] = set()
    for one in found.values():  # in order: those waited for come before
        waits = code in one.node.after or behind.intersection(one.node.after)
        if waits and one.node.done_at is None:
            behind.add(one.node.code)
    return behind
