"""The one clock of the program, and a way for tests to stop it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_frozen: datetime | None = None


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen if _frozen is not None else datetime.now(UTC)


def instant(seconds: float) -> datetime:
    """The instant that a session or a file keeps as seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Inside the block `now()` answers `instant` (aware) in every thread of this process."""
    global _frozen
    if instant.tzinfo is None:
        raise ValueError("the clock is stopped at an aware instant")
    before, _frozen = _frozen, instant.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before
