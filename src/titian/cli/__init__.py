"""Every command of the house: ``titian demo``, ``titian serve`` and the rest."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": (
        "titian.cli.serving:demo",
        "an evening of the G20 in Bali, ready to walk through",
    ),
    "serve": (
        "titian.cli.serving:serve",
        "pages and worker together, for a real event",
    ),
    "web": ("titian.cli.serving:web", "the pages alone"),
    "work": ("titian.cli.working:work", "the worker alone: timers, mail, the chain"),
    "migrate": ("titian.cli.keeping:migrate", "bring the database up to date"),
    "load": ("titian.cli.loading:main", "load a scenario"),
    "plan": (
        "titian.cli.planning:main",
        "propose who covers whom: plan cover --event CODE",
    ),
    "rehearse": (
        "titian.cli.rehearsing:main",
        "set the rehearsal clock, play the world",
    ),
    "verify": ("titian.cli.keeping:verify", "recompute the journal's chain"),
    "doctor": ("titian.cli.keeping:doctor", "say what is missing or wrong here"),
    "account": ("titian.cli.keeping:account", "give a person an account"),
    "screenshots": ("titian.cli.screenshots:main", "make the pictures of the README"),
}
"""Name to where it lives and what it does; the README's list is tested against it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help"} or words[0] not in COMMANDS:
        return _explain(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "titian.settings")
    return _command(words[0])(words[1:])


def parser(name: str) -> argparse.ArgumentParser:
    """A parser that calls itself ``titian NAME`` and says what the command does."""
    return argparse.ArgumentParser(f"titian {name}", description=COMMANDS[name][1])


def _command(name: str) -> Callable[[Sequence[str]], int]:
    module, function = COMMANDS[name][0].split(":")
    run: Callable[[Sequence[str]], int] = getattr(import_module(module), function)
    return run


def _explain(words: Sequence[str]) -> int:
    known = not words or words[0] in {"-h", "--help"}
    if not known:
        print(f"titian: there is no command “{words[0]}”. These are:", file=sys.stderr)
    out = sys.stdout if known else sys.stderr
    for name, (_where, what) in COMMANDS.items():
        print(f"  titian {name:<12} {what}", file=out)
    return 0 if known else 2
