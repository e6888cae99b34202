"""``titian plan cover``: a proposal for the week, on paper or as JSON."""

import json
import sys
from collections.abc import Sequence

from django.utils import translation

from titian.cli import parser
from titian.cli.keeping import start


def main(words: Sequence[str]) -> int:
    """Propose: the changes and the gaps. Accepting is a person's act."""
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

    if not Event.objects.filter(code=chosen.event).exists():
        print(f"There is no event “{chosen.event}”.", file=sys.stderr)
        return 1
    with translation.override("en"):
        found = plan_cover(chosen.event, seed=chosen.seed, seconds=chosen.seconds)
    if chosen.json:
        print(json.dumps(found, ensure_ascii=False, default=str))
        return 0
    changes, gaps = found["changes"], len(found["gaps"])
    print(f"Proposal {found['proposal']}: {changes} changes, {gaps} gaps.")
    for sentence in found["gaps"]:
        print(f"  {sentence}")
    return 0
