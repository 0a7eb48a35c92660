"""What a process that reads strangers' files gives up: time, memory, writing, the network, other processes.

`confine` first; `leave_the_files` once everything that the process needs is loaded.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from contextlib import suppress
from typing import ClassVar

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
_LANDLOCK_CREATE, _LANDLOCK_RESTRICT, _NO_NEW_PRIVILEGES = 444, 446, 38


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


def leave_the_files() -> bool:
    """From here on no file can be opened, no program started and no port reached, by C code either.

    Linux's Landlock (5.13 and later), with rights to nothing. What is loaded already stays usable. False
    where the system has no Landlock: then only the interpreter's own hook stands in the way.
    Source: https://docs.kernel.org/userspace-api/landlock.html
    """
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        version = libc.syscall(_LANDLOCK_CREATE, None, 0, 1)
    except (OSError, AttributeError):
        return False
    if version < 1:
        return False
    rights = _Rights(_files_of(version), 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = libc.syscall(_LANDLOCK_CREATE, ctypes.byref(rights), size, 0)
    if rules < 0:
        return False
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    done: bool = libc.syscall(_LANDLOCK_RESTRICT, rules, 0) == 0
    os.close(rules)
    return done


class _Rights(ctypes.Structure):
    """`struct landlock_ruleset_attr`: what is forbidden unless a rule allows it."""

    _fields_: ClassVar = [
        ("files", ctypes.c_uint64),
        ("ports", ctypes.c_uint64),
        ("scopes", ctypes.c_uint64),
    ]


def _files_of(version: int) -> int:
    """The rights over files that a version of Landlock knows, as its bits."""
    return (1 << (13 + (version >= 2) + (version >= 3) + (version >= 5))) - 1


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
