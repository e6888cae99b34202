"""The whole test command: lint, types, walls, then the suites, databases and browser.

``--fast`` stops after the suite on SQLite; any other words go to that suite's pytest.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SUITE = ("-q", "-m", "not browser and not crash and not postgres")


def main(words: Sequence[str]) -> int:
    """Run all; the first failing part's exit code."""
    os.chdir(HERE)
    fast = "--fast" in words
    chosen = [word for word in words if word != "--fast"]
    if chosen:
        return _run("pytest", *chosen)
    for part in (_lint, _types, _walls, _sqlite):
        if code := part():
            return code
    if fast:
        return 0
    return _postgresql() or _browser()


def _run(module: str, *words: str, **env: str) -> int:
    print(f"· {module} {' '.join(words)}", flush=True)
    return subprocess.run(
        [PYTHON, "-m", module, *words], env={**os.environ, **env}, check=False
    ).returncode


def _lint() -> int:
    return _run("ruff", "check", ".") or _run("ruff", "format", "--check", ".")


def _types() -> int:
    return _run("mypy")


def _walls() -> int:
    command = shutil.which("lint-imports", path=str(Path(PYTHON).parent))
    return subprocess.run([str(command), "--no-cache"], check=False).returncode


def _sqlite() -> int:
    return _run("pytest", "-n", "2", *SUITE)


def _postgresql() -> int:
    with _server() as address:
        marks = ("-q", "-m", "not browser and not crash")
        return _run("pytest", "-n", "2", *marks, DATABASE_URL=address)


def _browser() -> int:
    if not (found := _find_browser()):
        return 1
    marks = ("-q", "-m", "browser or crash")
    code = _run("pytest", *marks, TITIAN_BROWSER=found, DJANGO_ALLOW_ASYNC_UNSAFE="1")
    if code == 5:
        print("There is no test for the browser: that is a fault.", file=sys.stderr)
    return code


def _find_browser() -> str:
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    if _install("chromium"):
        return shutil.which("chromium") or ""
    print("The tests need Chromium: install the package “chromium”.", file=sys.stderr)
    return ""


def _install(package: str) -> bool:
    """Whether the system's package is there now; only root on Debian and its kin tries."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    for words in (["update", "-qq"], ["install", "-y", "-qq", package]):
        code = subprocess.run(
            ["apt-get", *words],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            check=False,
        ).returncode
    return code == 0


@contextmanager
def _server() -> Iterator[str]:
    """A PostgreSQL of our own on a free port, thrown away afterwards."""
    binaries = _postgres_binaries()
    if binaries is None:
        print("The tests need PostgreSQL: install the package “postgresql”.")
        sys.exit(1)
    folder = Path(tempfile.mkdtemp(prefix="titian-pg-"))
    as_user = _as_unprivileged(folder)
    port = _free_port()
    data = folder / "data"
    subprocess.run(
        [*as_user, binaries / "initdb", "-D", data, "-U", "titian", "-A", "trust"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    start = [*as_user, binaries / "pg_ctl", "-D", data, "-w", "-o", options]
    subprocess.run(
        [*start, "-l", folder / "log", "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    try:
        yield f"postgresql://titian@127.0.0.1:{port}/postgres"
    finally:
        stop = [*as_user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


def _postgres_binaries() -> Path | None:
    for _attempt in range(2):
        for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
            if (folder / "initdb").exists():
                return folder
        if found := shutil.which("initdb"):
            return Path(found).parent
        if not _install("postgresql"):
            return None
    return None


def _as_unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
