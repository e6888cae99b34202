#!/usr/bin/env python3
"""From a fresh clone: `python3 run.py demo`, `python3 run.py test`.

`run.py X` is `titian X`; `run.py bench X` is a script of `benchmarks`, with its peers
in an environment of its own. Standard library only, and old Python on purpose: it
starts from any python3 >= 3.8, finds a new enough one, makes `.venv` with it, installs
the hashed lock and hands over. `TITIAN_PYTHON` names an interpreter to take instead.
"""

import contextlib
import glob
import hashlib
import os
import shutil
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
WANTED = ((3, 13), (3, 14), (3, 12))
WINDOWS = os.name == "nt"
PYTHON = os.path.join(VENV, "Scripts/python.exe" if WINDOWS else "bin/python")
LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"
BENCH_LOCK = os.path.join("benchmarks", "requirements.lock")
PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")

NO_PYTHON = """Titian needs Python 3.12 or newer with venv; none was found. Install one:
  Debian    sudo apt-get install python3 python3-venv    (Debian 13 or newer)
  Ubuntu    sudo apt-get install python3 python3-venv    (Ubuntu 24.04 or newer)
  Fedora    sudo dnf install python3.13
  macOS     brew install python@3.13
  Windows   winget install Python.Python.3.13
On an older system: uv python install 3.13, or pyenv install 3.13.
Then type the same command again."""


def version_of(executable):
    """(major, minor) of an interpreter that can make a venv; None if it cannot."""
    code = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        said = subprocess.check_output(
            [executable, "-c", code], stderr=subprocess.DEVNULL, timeout=30, cwd=HERE
        )
        major, minor = said.split()
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return int(major), int(minor)


def interpreters():
    """Whatever might be a Python here: this one, PATH's, pyenv's, uv's."""
    if os.environ.get("TITIAN_PYTHON"):
        yield os.environ["TITIAN_PYTHON"]
        return
    yield sys.executable
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    uv = os.path.expanduser("~/.local/share/uv/python")
    for major, minor in WANTED:
        version = "%d.%d" % (major, minor)
        yield from filter(None, [shutil.which("python" + version)])
        for folder in (pyenv + "/versions/", uv + "/cpython-"):
            yield from sorted(glob.glob(folder + version + ".*/bin/python"))
    if WINDOWS:
        local = os.environ.get("LOCALAPPDATA", "")
        yield from glob.glob(local + "/Programs/Python/Python3*/python.exe")


def choose(candidates):
    """The first candidate of the most wanted version; None if there is none."""
    best = None
    for executable in candidates:
        version = version_of(executable)
        if version == WANTED[0]:
            return executable
        if version in WANTED and (best is None or WANTED.index(version) < best[0]):
            best = WANTED.index(version), executable
    return best and best[1]


def digest_of(*names):
    """What a venv made from these files, standing here, is stamped with."""
    digest = hashlib.sha256(VENV.encode())
    for name in ("pyproject.toml", *names):
        with open(os.path.join(HERE, name), "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


@contextlib.contextmanager
def alone():
    """Two of us at once must not build one venv: the second waits for the first."""
    with open(os.path.join(HERE, ".venv.lock"), "w") as file:
        if WINDOWS:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def read(path):
    """A stamp, or nothing where there is none."""
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def is_usable():
    """Whether the venv's own Python starts, is new enough, has pip and never moved."""
    code = "import sys, pip; sys.exit(sys.version_info < (3, 12))"
    try:
        fails = subprocess.call([PYTHON, "-c", code], stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return not fails and read(os.path.join(VENV, "place")) in ("", VENV)


def must(*command):
    """Run it; where it fails, so do we, with its exit code."""
    code = subprocess.call(command, cwd=HERE)
    if code:
        print("Titian could not be set up: see above.", file=sys.stderr)
        sys.exit(code)


def make_venv():
    """A new venv of the best Python here; exit code 3 where there is none."""
    executable = choose(interpreters())
    if executable is None:
        print(NO_PYTHON, file=sys.stderr)
        sys.exit(3)
    must(executable, "-m", "venv", "--clear", VENV)


def write(path, words):
    """A stamp."""
    with open(path, "w") as file:
        file.write(words)


def set_up(lock):
    """The venv as the lock says, and Titian in it; nothing to do if it already is."""
    stamp, digest = (
        os.path.join(VENV, os.path.basename(lock) + ".stamp"),
        digest_of(lock),
    )
    if read(stamp) == digest and os.path.exists(PYTHON):
        return
    with alone():
        if read(stamp) == digest and os.path.exists(PYTHON):
            return
        print("Setting up Titian, once ...", file=sys.stderr, flush=True)
        if not is_usable():
            make_venv()
        write(os.path.join(VENV, "place"), VENV)
        must(*PIP, "--require-hashes", "-r", lock)
        must(*PIP, "--no-deps", "--no-build-isolation", "-e", HERE)
        write(stamp, digest)


def use(folder):
    """Work with that venv from here on."""
    global VENV, PYTHON, PIP
    VENV = os.path.join(HERE, folder)
    PYTHON = os.path.join(VENV, "Scripts/python.exe" if WINDOWS else "bin/python")
    PIP = (PYTHON, *PIP[1:])


def bench(words):
    """One benchmark, with the peers it is measured against."""
    folder = os.path.join(HERE, "benchmarks")
    known = [
        name[:-3]
        for name in sorted(os.listdir(folder))
        if name.endswith(".py") and "__main__" in read(os.path.join(folder, name))
    ]
    if words[:1] == [] or words[0] not in known:
        print("Benchmarks: " + ", ".join(known), file=sys.stderr)
        sys.exit(2)
    use(".venv-bench")
    set_up(BENCH_LOCK)
    must(PYTHON, os.path.join(HERE, "tools", "kernels.py"))
    hand_over(os.path.join(folder, words[0] + ".py"), *words[1:])


def hand_over(*words):
    """Become that program, so that a signal to us is a signal to it."""
    if not WINDOWS:
        os.execv(PYTHON, (PYTHON, *words))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the child has heard it too
    sys.exit(subprocess.call((PYTHON, *words)))


def main(words):
    """Set up what is missing, then hand over."""
    if words[:1] == ["bench"]:
        bench(words[1:])
    testing = words[:1] == ["test"]
    set_up(DEV_LOCK if testing else LOCK)
    must(PYTHON, os.path.join(HERE, "tools", "translations.py"))
    must(PYTHON, os.path.join(HERE, "tools", "kernels.py"))
    if testing:
        hand_over(os.path.join(HERE, "tools", "test.py"), *words[1:])
    os.environ.setdefault("TITIAN_HOME", os.path.join(HERE, "titian-home"))
    hand_over("-P", "-m", "titian.cli", *words)


if __name__ == "__main__":
    main(sys.argv[1:])
