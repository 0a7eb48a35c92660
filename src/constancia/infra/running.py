"""Who serves the site from a home, and how to end it.

The serving process holds `servidor.lock` locked, and so does every worker forked from it: the file is free
only once the last of them is gone. A number alone could be that of another program by now; who holds the lock
is the one.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from constancia.domain.errors import DeploymentRefused, StoreRefused
from constancia.infra.home import Home

PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.05
PROCESSES = Path("/proc")


@contextmanager
def serving(home: Home) -> Iterator[None]:
    """This process and what it forks serve the site of `home`. Raises DeploymentRefused `serve.running`."""
    file = os.open(home.server, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not _locked(file):
            raise DeploymentRefused("serve.running")
        said = json.dumps({"pid": os.getpid(), "started": started(os.getpid())})
        os.ftruncate(file, 0)
        os.pwrite(file, said.encode(), 0)
        yield
    finally:
        os.close(file)


def is_served(home: Home) -> bool:
    """Whether any process serves the site of `home`."""
    try:
        file = os.open(home.server, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _locked(file)
    finally:
        os.close(file)


def end(home: Home, patience: float = PATIENCE_SECONDS) -> bool:
    """End who serves `home`, with all its workers: asked first, then by force. Whether somebody did.

    The caller may be one of them; then it does not come back. Raises StoreRefused `lock.cannot`.
    """
    if not is_served(home):
        return False
    first = _master(home)
    for pid in [first] if first else _others_first(holders(home)):
        _send(pid, signal.SIGTERM)
    if _gone(home, patience):
        return True
    for pid in _others_first(holders(home) or ([first] if first else [])):
        _send(pid, signal.SIGKILL)
    if not _gone(home, patience):
        raise StoreRefused("lock.cannot", pid=first or 0)
    return True


def holders(home: Home) -> list[int]:
    """The processes that hold the lock, where the system tells (Linux)."""
    found = []
    for folder in PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            for link in (folder / "fd").iterdir():
                with suppress(OSError):
                    mine = os.readlink(link) == str(home.server.resolve())
                    if mine and "FLOCK" in (folder / "fdinfo" / link.name).read_text():
                        found.append(int(folder.name))
                        break
    return found


def started(pid: int) -> int | None:
    """When the process began, in clock ticks since the machine did; None where the system does not tell."""
    try:
        text = (PROCESSES / str(pid) / "stat").read_text()
        return int(text.rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return None


def _master(home: Home) -> int | None:
    """Who wrote its number into the file, if that process is still the same one."""
    try:
        said = json.loads(home.server.read_bytes())
        pid, since = int(said["pid"]), said["started"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pid if pid > 1 and started(pid) == since else None


def _others_first(pids: list[int]) -> list[int]:
    return sorted(pids, key=lambda pid: pid == os.getpid())


def _send(pid: int, what: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, what)


def _gone(home: Home, patience: float) -> bool:
    deadline = time.monotonic() + patience
    while is_served(home):
        if time.monotonic() >= deadline:
            return False
        time.sleep(PAUSE_SECONDS)
    return True


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
