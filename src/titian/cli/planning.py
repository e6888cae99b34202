"""``titian plan cover``: a proposal for the week, on paper or as JSON."""

import json
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

from django.utils import translation

from titian.cli import parser
from titian.cli.keeping import start

if TYPE_CHECKING:
    from titian.planning.search import Progress, Told

TELLS_EVERY = 1.0


def main(words: Sequence[str]) -> int:
    """Propose: the changes and the gaps. Accepting is a person's act.

    Progress goes to the other stream; Ctrl-C ends the search, and the best so far is
    the proposal.
    """
    reader = parser("plan")
    reader.add_argument("what", choices=["cover"])
    reader.add_argument("--event", required=True)
    reader.add_argument("--seed", type=int, default=42)
    reader.add_argument("--seconds", type=float, default=5.0)
    reader.add_argument("--json", action="store_true")
    chosen = reader.parse_args(words)
    start()
    from titian.foresight.commands.cover import plan_cover
    from titian.kernel.models import Event
    from titian.planning.search import Told

    if not Event.objects.filter(code=chosen.event).exists():
        print(f"There is no event “{chosen.event}”.", file=sys.stderr)
        return 1
    told = Told()
    with translation.override("en"), _stopping(told):
        found = plan_cover(
            chosen.event, chosen.seed, chosen.seconds, told=told, watch=_Telling()
        )
    if chosen.json:
        print(json.dumps(found, ensure_ascii=False, default=str))
        return 0
    changes, gaps = found["changes"], len(found["gaps"])
    print(f"Proposal {found['proposal']}: {changes} changes, {gaps} gaps.")
    for sentence in found["gaps"]:
        print(f"  {sentence}")
    return 0


@contextmanager
def _stopping(told: "Told") -> Iterator[None]:
    """The first Ctrl-C ends the search; the second one ends everything."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        if told.is_told:
            raise KeyboardInterrupt
        told.tell()
        print("Stopping; the best so far is kept.", file=sys.stderr, flush=True)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Telling:
    """A line a second: how far it is, and what the best plan costs."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, progress: "Progress") -> None:
        now = time.perf_counter()
        if now < self._next:
            return
        self._next = now + TELLS_EVERY
        print(
            f"{progress.share:4.0%}  round {progress.rounds}  best {progress.best}",
            file=sys.stderr,
            flush=True,
        )
