"""The private halves of regions' keys that are open in this process: in memory, for a while, nowhere else.

The site is one process. A command of the command line opens its own, and forgets it when it ends.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime

from constancia.infra import clock

_lock = threading.Lock()
_open: dict[int, Loaded] = {}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A key that is open: `by` and `epoch` say whose sign-in it hangs on."""

    key: int
    private: bytes = field(repr=False)
    until: datetime
    by: int
    epoch: int


def load(one: Loaded) -> None:
    """Open it, or go on holding it until the later of the two instants."""
    with _lock:
        known = _open.get(one.key)
        if known is None or known.until < one.until:
            _open[one.key] = one


def find(key: int) -> Loaded | None:
    """The key with that number, while it is open."""
    with _lock:
        found = _open.get(key)
        if found is not None and found.until <= clock.now():
            del _open[key]
            return None
        return found


def drop(key: int) -> bool:
    """Close it; whether it was open."""
    with _lock:
        return _open.pop(key, None) is not None


def drop_all() -> None:
    with _lock:
        _open.clear()


def any_by(user: int) -> bool:
    """Whether that user (primary key) opened one."""
    with _lock:
        return any(one.by == user for one in _open.values())


def drop_by(key: int, user: int) -> bool:
    """Close a key if that user opened it; whether they had."""
    with _lock:
        mine = key in _open and _open[key].by == user
        if mine:
            del _open[key]
        return mine
