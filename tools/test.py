"""The whole test command: lint, types, walls, then the suites.

``--fast`` stops after the suite on SQLite; any other words go to pytest instead.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from throwaway_postgres import binaries, server

HERE = Path(__file__).resolve().parent.parent
CHROMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROME_ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
CLOSING = re.compile(r"^=*\s*((?:\d+ \w+,? ?)+ in [\d.]+s.*?|no tests ran.*?)\s*=*$")

Part = tuple[str, Callable[[], int]]


def main(words: Sequence[str]) -> int:
    """Run every part in turn; the first failing part's exit code."""
    os.chdir(HERE)
    chosen = [word for word in words if word != "--fast"]
    if chosen:
        return _python("pytest", *chosen)
    parts: list[Part] = [
        ("lint", lambda: _python("ruff", "check", ".")),
        ("layout", lambda: _python("ruff", "format", "--check", ".")),
        ("types", lambda: _python("mypy")),
        ("walls", _walls),
        ("SQLite", _sqlite),
    ]
    if "--fast" not in words:
        if missing := _missing():
            print(missing, file=sys.stderr)
            return 1
        parts += [("PostgreSQL", _postgresql), ("browser", _browser)]
    return _in_turn(parts)


def _in_turn(parts: Sequence[Part]) -> int:
    for name, part in parts:
        print(f"\n· {name}", flush=True)
        began = time.monotonic()
        if code := part():
            print(f"\n✗ {name} failed.", file=sys.stderr)
            return code
        print(f"✓ {name}, {time.monotonic() - began:.0f} s", flush=True)
    print("\n" + "\n".join(_closings))
    return 0


_closings: list[str] = []
"""How each suite ended, in pytest's own words, said again at the very end."""


def _python(module: str, *words: str, **env: str) -> int:
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env={**os.environ, **env}, check=False).returncode


def _walls() -> int:
    command = str(Path(sys.executable).with_name("lint-imports"))
    return subprocess.run([command, "--no-cache", "--no-logo"], check=False).returncode


def _suite(name: str, *words: str, **env: str) -> int:
    """One run of pytest, shown as it goes; its closing line is kept."""
    colour = "yes" if sys.stdout.isatty() else "no"
    command = [sys.executable, "-m", "pytest", "-q", f"--color={colour}", *words]
    closing = "pytest said nothing at the end"
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **env},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            if found := CLOSING.match(re.sub(r"\x1b\[[\d;]*m", "", line).strip()):
                closing = found[1]
    _closings.append(f"{name}: {closing}")
    return running.returncode


def _sqlite() -> int:
    """The quick suite: what takes long has its turn beside the killed server."""
    marks = "not browser and not crash and not postgres and not slow"
    return _suite("SQLite", "-n", "2", "-m", marks)


def _postgresql() -> int:
    with server() as address:
        on_it = {"DATABASE_URL": address}
        marks = "not browser and not crash"
        return _suite("PostgreSQL", "-n", "2", "-m", marks, **on_it) or _suite(
            "PostgreSQL, killed", "-n", "2", "-m", "crash", **on_it
        )


def _browser() -> int:
    env = {"TITIAN_BROWSER": _chrome(), "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    return _suite(
        "SQLite, slow and killed", "-n", "2", "-m", "crash or slow"
    ) or _suite("Chromium", "-m", "browser", **env)


def _missing() -> str:
    """The sentence about what neither is here nor could be installed; else nothing."""
    if binaries() is None and not (_install("postgresql") and binaries()):
        return "The tests need a PostgreSQL server: install the package “postgresql”."
    if not _chrome() and not (_install("chromium") and _chrome()):
        return "The tests need Chromium: install the package “chromium”."
    return ""


def _chrome() -> str:
    found = [path for name in CHROMES if (path := shutil.which(name))]
    if Path(CHROME_ON_MACOS).exists():
        found.append(CHROME_ON_MACOS)
    return os.environ.get("TITIAN_BROWSER") or (found[0] if found else "")


def _install(package: str) -> bool:
    """Whether the system's package could be installed: by root, on Debian's kin."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"Installing {package} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        code = subprocess.run(
            ["apt-get", "-qq", *words],
            env=quiet,
            stdout=subprocess.DEVNULL,
            check=False,
        ).returncode
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
