"""The trail: who read, searched, exported, was refused or signed in, each event chained to the one before.

An encrypted file of its own (`auditoria.db`), on either engine: a page that shows a case must not wait for
the one write transaction of a long import. Rows are added and never changed; every row's link commits to all
rows before it, and the digest of each finished day goes into the ledger (`apps.ledger.services.trailing`).
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.infra import clock, unlocked
from constancia.infra.sqlcipher.side_file import SideFile, create_side_file

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS event"
    "(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor INTEGER, deed TEXT NOT NULL, outcome TEXT NOT NULL,"
    " about TEXT NOT NULL, number INTEGER, said TEXT NOT NULL, link BLOB NOT NULL)",
    "CREATE INDEX IF NOT EXISTS event_actor ON event(actor, at)",
    "CREATE INDEX IF NOT EXISTS event_about ON event(about, number, seq)",
    "CREATE TRIGGER IF NOT EXISTS event_kept BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS event_stays BEFORE DELETE ON event"
    " BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE INDEX IF NOT EXISTS event_at ON event(at)",
)
COLUMNS = "seq, at, actor, deed, outcome, about, number, said, link"
START = bytes(32)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_lock = threading.Lock()
_files: dict[str, SideFile] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """One row. `at` in UTC; `actor`: primary key of the user, None for the holder of the key at the command
    line or somebody not signed in; `about` and `number`: which thing ("person", 17); `link`: 32 bytes."""

    seq: int
    at: datetime
    actor: int | None
    deed: Deed
    outcome: Outcome
    about: str
    number: int | None
    said: Mapping[str, Any]
    link: bytes


def note(
    actor: int | None,
    deed: Deed,
    about: str = "",
    number: int | None = None,
    *,
    outcome: Outcome = Outcome.DONE,
    said: Mapping[str, Any] | None = None,
) -> int:
    """Add an event, durable when this returns; its sequence number.

    Whoever shows something confidential calls it first: what cannot be noted is not shown. `said` is small
    JSON of closed terms, counts and codes, or a reason given by the actor; never a name of a case.
    """
    return note_if(actor, deed, about, number, lambda _file: (outcome, said or {}))[0]


def note_if(
    actor: int | None,
    deed: Deed,
    about: str,
    number: int | None,
    decide: Callable[[Any], tuple[Outcome, Mapping[str, Any]]],
) -> tuple[int, Outcome]:
    """Decide and note in one turn: two at once cannot both pass a limit that leaves room for one.

    `decide` is given the file's connection and says outcome and `said`; the sequence number and that outcome.
    """
    at = micros(clock.now())
    with _file().transaction() as connection:
        outcome, said = decide(connection)
        text = json.dumps(dict(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        last = connection.execute("SELECT seq, link FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        seq, before = (last[0] + 1, last[1]) if last else (1, START)
        row = (seq, at, actor, deed.value, outcome.value, about, number, text)
        connection.execute("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?)", (*row, linked(before, row)))
    return seq, outcome


def events(
    where: str = "1", params: tuple[Any, ...] = (), *, limit: int = -1, offset: int = 0
) -> list[Event]:
    """Events that fulfil an SQL condition of ours, the latest first."""
    with _file().opened() as connection:
        return select(connection, where, params, limit=limit, offset=offset)


def select(
    connection: Any, where: str, params: tuple[Any, ...] = (), *, limit: int = -1, offset: int = 0
) -> list[Event]:
    """The same on a connection that is open already: for what `note_if` decides by."""
    sql = f"SELECT {COLUMNS} FROM event WHERE {where} ORDER BY seq DESC LIMIT ? OFFSET ?"
    return [_event(row) for row in connection.execute(sql, (*params, limit, offset))]


def event(seq: int) -> Event | None:
    """The event with that number."""
    return next(iter(events("seq = ?", (seq,))), None)


def last(before: datetime | None = None) -> tuple[int, bytes]:
    """Number and link of the last event, or of the last one noted before an instant; (0, START) of none."""
    where, params = ("1", ()) if before is None else ("at < ?", (micros(before),))
    found = events(where, params, limit=1)
    return (found[0].seq, found[0].link) if found else (0, START)


def first_after(seq: int) -> datetime | None:
    """When the earliest event after number `seq` was noted; None where there is none."""
    with _file().opened() as connection:
        row = connection.execute("SELECT min(at) FROM event WHERE seq > ?", (seq,)).fetchone()
    return instant(row[0]) if row[0] is not None else None


def broken() -> Iterator[int]:
    """The sequence numbers at which the chain does not hold, in order; none in a sound trail."""
    before, expected = START, 1
    with _file().opened() as connection:
        for row in connection.execute(f"SELECT {COLUMNS} FROM event ORDER BY seq"):
            if row[0] != expected or linked(before, row[:8]) != row[8]:
                yield row[0]
            before, expected = row[8], row[0] + 1


def linked(before: bytes, row: tuple[Any, ...]) -> bytes:
    """The next link of the chain. `row`: the eight columns before the link."""
    text = json.dumps(list(row), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(b"\x04" + before + text.encode()).digest()


def micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def instant(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def _event(row: tuple[Any, ...]) -> Event:
    seq, at, actor, deed, outcome, about, number, said, link = row
    return Event(
        seq, instant(at), actor, Deed(deed), Outcome(outcome), about, number, json.loads(said), bytes(link)
    )


def _file() -> SideFile:
    path = unlocked.home().trail
    with _lock:
        if str(path) not in _files:
            create_side_file(path, unlocked.trail_key(), SCHEMA)
            _files[str(path)] = SideFile(path, unlocked.trail_key())
        return _files[str(path)]


def close() -> None:
    """Let go of the files; whoever notes or reads next opens them again."""
    with _lock:
        for file in _files.values():
            file.close()
        _files.clear()
