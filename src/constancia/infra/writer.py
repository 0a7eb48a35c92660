"""One writer at a time, first come first served.

SQLite lets one transaction write and makes the others poll, unfairly: under load one writer can wait
for seconds while another passes it again and again. So whoever wants to write takes a number first.
On PostgreSQL an advisory lock does the same; its queue is in order of arrival.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import OperationalError, connections, transaction
from django.db.backends.signals import connection_created
from django.utils.module_loading import import_string

from constancia.domain.errors import StoreRefused
from constancia.infra import barrier, reserve, unlocked

PATIENCE_SECONDS = 120.0
ADVISORY_LOCK = 0x434F4E53  # "CONS"
COUNTER = 0  # byte 0 guards the counter; ticket n holds byte n
SHORTEST_SLEEP, LONGEST_SLEEP = 0.0005, 0.01
# Elsewhere than on Linux writers still go one at a time, but not in order of arrival.
IN_ORDER = hasattr(fcntl, "F_OFD_SETLK")

_depth = threading.local()
_guards: list[str] = []
_written: re.Pattern[str] | None = None
_steps: list[str] = []


def before_writing(guard: str) -> None:
    """From now on the function of this dotted path is called before every transaction of `writing`; what it
    raises refuses it. By its path, because applications say so before their models can be loaded."""
    if guard not in _guards:
        _guards.append(guard)


def watch(labels: Iterable[str]) -> None:
    """From now on a statement that writes to a table of these applications outside `writing` asks the guards
    too, so that no forgotten path writes into a register that may only be read."""
    global _written
    _written = re.compile(
        rf"\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+\"?(?:{'|'.join(labels)})_", re.I
    )
    connection_created.connect(_watch_connection, dispatch_uid="constancia.writer")


def _watch_connection(connection: Any, **_: Any) -> None:
    if _ask_guards not in connection.execute_wrappers:
        connection.execute_wrappers.append(_ask_guards)


def _ask_guards(execute: Any, sql: Any, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
    if _written is not None and isinstance(sql, str) and _written.match(sql):
        held = _depth.__dict__.get("held", set())
        if context["connection"].alias not in held and not _depth.__dict__.get("unasked"):
            _ask()
    return execute(sql, params, many, context)


def _ask() -> None:
    for guard in _guards:
        import_string(guard)()


@contextmanager
def unasked() -> Iterator[None]:
    """Inside, single statements of this thread ask no guard: tables are brought up to date, or all that is
    written is taken back again."""
    before = _depth.__dict__.get("unasked", False)
    _depth.unasked = True
    try:
        yield
    finally:
        _depth.unasked = before


def with_writing(step: str) -> None:
    """From now on the function of this dotted path is called first inside every outermost transaction of
    `writing`. What it gives back, if anything, is called once the transaction is committed; what it raises
    undoes it."""
    if step not in _steps:
        _steps.append(step)


class WriterQueue:
    """A queue of threads and processes over one small file.

    Each comer draws the next number from the file and holds that byte of it; its turn has come when
    no lower byte is held any more. The kernel lets go of the bytes of a process that dies, so nobody
    ever waits for the dead, and nobody is overtaken.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def turn(self, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
        """Hold the turn during the block. Raises StoreRefused `store.busy` after `patience` seconds."""
        # A description of its own per turn: locks of open file descriptions also tell threads apart.
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            deadline = time.monotonic() + patience
            if IN_ORDER:
                ticket = self._draw(file, deadline, patience)
                _wait(file, COUNTER + 1, ticket - 1, deadline, patience)
            else:
                _wait(file, COUNTER, 1, deadline, patience)
            yield
        finally:
            os.close(file)

    def _draw(self, file: int, deadline: float, patience: float) -> int:
        _wait(file, COUNTER, 1, deadline, patience)
        drawn = os.pread(file, 8, 0)
        ticket = (int.from_bytes(drawn, "big") if len(drawn) == 8 else 0) + 1
        _wait(file, COUNTER + ticket, 1, deadline, patience)
        os.pwrite(file, ticket.to_bytes(8, "big"), 0)
        _set_lock(file, fcntl.F_UNLCK, COUNTER, 1)
        return ticket


@contextmanager
def writing(
    using: str = "default", *, patience: float = PATIENCE_SECONDS, guarded: bool = True
) -> Iterator[None]:
    """The writer's turn and a transaction: all that is written inside is kept, or none of it.

    Re-entrant: inside another `writing()` of the same thread it is a savepoint. Inside, the whole register is
    there whoever acts (`barrier`): what is folded, numbered and compared must be whole to be right.
    Raises StoreRefused `store.busy` when the turn does not come within `patience` seconds, and what the
    guards of `before_writing` raise. `guarded`: False for getting in and shutting out, which must work in a
    register that may only be read.
    """
    held: set[str] = _depth.__dict__.setdefault("held", set())
    if using in held:
        with transaction.atomic(using=using), barrier.lifted():
            yield
        return
    if guarded:
        _ask()
    reserve.keep(unlocked.home())
    held.add(using)
    try:
        if connections[using].vendor == "postgresql":
            with transaction.atomic(using=using), barrier.lifted():
                _take_advisory_lock(using, patience)
                after = _stepped(using)
                yield
        else:
            with WriterQueue(unlocked.home().lock).turn(patience), transaction.atomic(using=using):
                after = _stepped(using)
                yield
        for call in after:
            call()
    finally:
        held.discard(using)


def _stepped(using: str) -> list[Callable[[], None]]:
    """Takes the steps of `with_writing`; what is to be called after the commit."""
    found = [import_string(step)() for step in (_steps if using == "default" else ())]
    return [call for call in found if call is not None]


def _take_advisory_lock(using: str, patience: float) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{int(patience * 1000)}ms"])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) == "55P03":  # lock_not_available
                raise StoreRefused("store.busy", seconds=int(patience)) from error
            raise
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")


def _wait(file: int, start: int, length: int, deadline: float, patience: float) -> None:
    """Hold `length` bytes from `start`, as soon as nobody else holds any of them."""
    if length == 0:
        return  # a length of zero would mean "to the end of the file"
    pause = SHORTEST_SLEEP
    while not _set_lock(file, fcntl.F_WRLCK, start, length):
        if time.monotonic() >= deadline:
            raise StoreRefused("store.busy", seconds=int(patience))
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_SLEEP)


def _set_lock(file: int, kind: int, start: int, length: int) -> bool:
    try:
        if IN_ORDER:
            # struct flock of Linux on 64 bits: type, whence, start, length, pid (0 for these locks).
            request = struct.pack("hhqqi4x", kind, os.SEEK_SET, start, length, 0)
            fcntl.fcntl(file, fcntl.F_OFD_SETLK, request)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return False
        raise
    return True
