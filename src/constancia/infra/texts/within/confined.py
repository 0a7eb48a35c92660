"""This process keeps to little: time, memory, no files to write, no network, no other processes."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from contextlib import suppress

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "pty.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def confine(seconds: int, memory: int) -> None:
    """From here on: so much processor time, so many bytes of address space.

    What the system does not offer is left out; the time limit of who started this process stays.
    """
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_AS, memory)
    _leave_the_network()
    sys.addaudithook(_refuse)


def _limit(what: int, most: int) -> None:
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def _leave_the_network() -> None:
    """A network of our own with nothing on it, where Linux lets anybody have one."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).unshare(_NEW_USER | _NEW_NETWORK)


def _refuse(event: str, args: tuple[object, ...]) -> None:
    """What Python code could reach through the interpreter: no library may fetch, run or write."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    if event == "open" and isinstance(args[2], int) and args[2] & _WRITES:
        raise PermissionError(event)
