"""A PostgreSQL server of our own, on a free port, gone when we are done."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Fedora and its kin
    "/opt/homebrew/opt/postgresql*/bin",  # macOS
    "/usr/local/opt/postgresql*/bin",
)


def binaries() -> Path | None:
    """Where ``initdb`` and ``pg_ctl`` are, the newest first; None without them."""
    for pattern in PLACES:
        for folder in sorted(Path("/").glob(pattern[1:]), reverse=True):
            if (folder / "initdb").exists():
                return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """Start it, yield its address, stop it and remove its folder.

    Raises FileNotFoundError without PostgreSQL's binaries, CalledProcessError
    when the server does not start.
    """
    there = binaries()
    if there is None:
        raise FileNotFoundError("initdb")
    folder = Path(tempfile.mkdtemp(prefix="titian-pg-"))
    user = _owner(folder)
    port = _free_port()
    control = [str(there / "pg_ctl"), "-D", str(folder / "data"), "-w"]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    try:
        _as(user, folder, *_initdb(there, folder))
        _as(user, folder, *control, "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://titian@127.0.0.1:{port}/postgres"
        finally:
            _as(user, folder, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initdb(there: Path, folder: Path) -> list[str]:
    # UTF-8 whatever the surroundings say: a bare container speaks ASCII only.
    words = ["-U", "titian", "-A", "trust", "--encoding=UTF8", "--no-locale", "-N"]
    return [str(there / "initdb"), "-D", str(folder / "data"), *words]


def _owner(folder: Path) -> str:
    """Who runs the server: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, user)
    return user


def _as(user: str, folder: Path, *command: str) -> None:
    subprocess.run(
        command,
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        user=user if os.geteuid() == 0 else None,
        group=pwd.getpwnam(user).pw_gid if os.geteuid() == 0 else None,
        extra_groups=[] if os.geteuid() == 0 else None,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
