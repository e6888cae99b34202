#!/usr/bin/env python3
"""From a fresh clone: `python3 run.py demo`, `python3 run.py test`; `run.py X` is `titian X`.

Standard library only, and old Python on purpose: it starts from any python3 >= 3.8,
finds a new enough one, makes `.venv` with it and installs the hashed lock.
"""

import contextlib
import glob
import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
WANTED = ((3, 13), (3, 14), (3, 12))
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if WINDOWS else os.path.join(VENV, "bin", "python")

NO_PYTHON = """Titian needs Python 3.12 or newer, and none was found. Install one:
  Debian   sudo apt-get install python3.13 python3.13-venv   (or from backports)
  Ubuntu   sudo apt-get install python3.12 python3.12-venv
  Fedora   sudo dnf install python3.13
  macOS    brew install python@3.13
  Windows  winget install Python.Python.3.13
Then run the same command again."""


def version_of(executable):
    """(major, minor) of an interpreter that can make a venv; None if it cannot."""
    code = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        out = subprocess.run(
            [executable, "-c", code], capture_output=True, text=True, timeout=20, check=True, cwd=os.path.expanduser("~")
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return tuple(int(part) for part in out.split())


def interpreters():
    """Whatever might be a Python here: this one, those on PATH, pyenv's own."""
    yield sys.executable
    for major, minor in WANTED:
        found = shutil.which("python%d.%d" % (major, minor))
        if found:
            yield found
        root = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
        yield from sorted(glob.glob("%s/versions/%d.%d.*/bin/python" % (root, major, minor)), reverse=True)


def choose(candidates):
    """The first candidate of the most wanted version; None if there is none."""
    known = [(one, version_of(one)) for one in candidates]
    for wanted in WANTED:
        for executable, version in known:
            if version == wanted:
                return executable
    return None


def stamp_for(locks):
    """What the venv was made from: locks, project, and where it stands."""
    digest = hashlib.sha256(HERE.encode())
    for name in [*locks, "pyproject.toml"]:
        with open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


@contextlib.contextmanager
def alone():
    """Two of us at once must not build the same venv."""
    path = os.path.join(HERE, ".venv.lock")
    with open(path, "w") as file:
        if WINDOWS:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_made(stamp, digest):
    """Whether the venv is there, works, and was made from the same."""
    if not (os.path.exists(PYTHON) and os.path.exists(stamp)):
        return False
    with open(stamp) as file:
        return file.read() == digest


def run(*command, **options):
    """Run and stop with its exit code if it fails."""
    code = subprocess.run(command, cwd=HERE, **options).returncode
    if code:
        sys.exit(code)


def set_up(with_tests):
    """The venv as the locks say; nothing to do if it already is."""
    locks = ["requirements.lock"] + (["requirements-dev.lock"] if with_tests else [])
    name = ".titian-dev" if with_tests else ".titian"
    stamp, digest = os.path.join(VENV, name), stamp_for(locks)
    with alone():
        if is_made(stamp, digest):
            return
        base = os.path.join(VENV, ".titian")
        if not is_made(base, stamp_for(["requirements.lock"])):
            executable = choose(interpreters())
            if executable is None:
                print(NO_PYTHON, file=sys.stderr)
                sys.exit(3)
            print("Setting up Titian …", flush=True)
            run(executable, "-m", "venv", "--clear", VENV)
        for lock in locks:
            run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", lock)
        run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "-e", HERE)
        run(PYTHON, os.path.join(HERE, "tools", "translations.py"))
        for one, made_from in ((base, ["requirements.lock"]), (stamp, locks)):
            with open(one, "w") as file:
                file.write(stamp_for(made_from))


def main(words):
    """Set up what is missing, then hand over."""
    command = words[0] if words else "--help"
    set_up(with_tests=command == "test")
    if command == "test":
        return subprocess.run([PYTHON, os.path.join(HERE, "tools", "test.py"), *words[1:]], cwd=HERE).returncode
    if os.path.exists(os.path.join(HERE, "tools", "translations.py")):
        run(PYTHON, os.path.join(HERE, "tools", "translations.py"))
    os.environ.setdefault("TITIAN_HOME", os.path.join(HERE, "titian-home"))
    try:
        return subprocess.run([PYTHON, "-m", "titian.cli", *words], cwd=HERE).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
