"""What is sent twice is recorded once: the key that a sending carries, for as long as it is being answered.

An interface opens `sending(...)` around a request or a command. The first transaction of `writer.writing`
inside it keeps the key with what it records, all or nothing (`apps.retries`); where the key was kept before,
it raises `AlreadyDone` and records nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

LONGEST = 200
"""Characters of a key that a program makes up."""


class AlreadyDone(Exception):
    """The same was sent before and is recorded, since `at` (aware, UTC). Nothing was recorded now.

    No error of the house: whoever shows a form again with what was wrong in it must not catch it.
    """

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at


@dataclass
class Sending:
    """One sending. `key`: who sent it, where to, and the random part; `said`: its content, asked for once."""

    key: str
    said: Callable[[], bytes]
    done: bool = field(default=False)
    """Whether something of it is recorded."""

    @cached_property
    def fingerprint(self) -> bytes:
        """SHA-256 of the content (32 bytes)."""
        return hashlib.sha256(self.said()).digest()


_present: ContextVar[Sending | None] = ContextVar("sending", default=None)


def present() -> Sending | None:
    """What is being answered by this thread; None where it carries no key."""
    return _present.get()


@contextmanager
def sending(key: str, said: Callable[[], bytes]) -> Iterator[Sending]:
    """Inside the block whatever is recorded answers this sending."""
    one = Sending(key, said)
    token = _present.set(one)
    try:
        yield one
    finally:
        _present.reset(token)


@contextmanager
def aside() -> Iterator[None]:
    """Inside, what is recorded answers no sending: the house does it for itself."""
    token = _present.set(None)
    try:
        yield
    finally:
        _present.reset(token)
