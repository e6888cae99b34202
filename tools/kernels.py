"""Compile the kernels of the planning core, once for every state of their sources."""

import sys
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from titian.planning.kept import forget_others, is_warm, kept_in


def main() -> int:
    """Say so, since it takes half a minute; nothing at all where it is done."""
    folder = kept_in()
    if folder and is_warm(folder):
        forget_others(folder)
        return 0
    print("Compiling the planning core, once ...", file=sys.stderr, flush=True)
    import_module("titian.planning.warming").warm()
    return 0


if __name__ == "__main__":
    sys.exit(main())
