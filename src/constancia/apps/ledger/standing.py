"""Whether this database is the one whose checkpoint was published last.

The last checkpoint lies outside the database as well. A database restored from a backup is behind it: going
on from there would fork the log, and a forked log is worse than none. So it is read only until it is
recovered.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

from constancia.apps.ledger.keys import log_keys
from constancia.apps.ledger.models import LOGS
from constancia.apps.ledger.trees import root_at, size_of
from constancia.domain.errors import StoreRefused
from constancia.domain.ledger.checkpoint import Checkpoint, open_checkpoint
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra import unlocked
from constancia.infra.files import write_whole

Standing = Literal["ours", "restored", "forked", "unreadable"]
"""ours: the database holds everything that was published; restored: it is behind; forked: it says something
else; unreadable: the file with the last checkpoint cannot be believed."""

SEPARATOR = b"\n====\n"

_recovering: ContextVar[bool] = ContextVar("recovering", default=False)
_seen: tuple[tuple[str, int, int, int], Standing] | None = None


def standing() -> Standing:
    """Compares with the last published checkpoint, anew only where its file has changed."""
    found = _standing(unlocked.home().checkpoint)
    # Since a restore that nobody told what was published last, "ours" only means: nobody said otherwise.
    return "restored" if found == "ours" and unlocked.home().restored_mark.exists() else found


def _standing(path: Path) -> Standing:
    global _seen
    try:
        found = path.stat()
    except FileNotFoundError:
        return "ours"  # nothing was ever published; a register that lost the file is for `fsck` to tell
    mark = (str(path), found.st_ino, found.st_mtime_ns, found.st_size)
    if _seen is None or _seen[0] != mark:
        _seen = (mark, _compared(path))
    return _seen[1]


def forget() -> None:
    """Compare anew at the next question."""
    global _seen
    _seen = None


def refuse_unless_ours() -> None:
    """Raises StoreRefused `ledger.restored`, `ledger.forked`, `ledger.unreadable`."""
    if _recovering.get():
        return
    found = standing()
    if found == "restored":
        behind = _standing(unlocked.home().checkpoint) == "restored"
        raise StoreRefused("ledger.restored" if behind else "ledger.restored_unconfirmed")
    if found == "forked":
        raise StoreRefused("ledger.forked")
    if found == "unreadable":
        raise StoreRefused("ledger.unreadable", file=unlocked.home().checkpoint.name)


@contextmanager
def recovering() -> Iterator[None]:
    """Inside, a restored database may be written to: to give it back what the published log holds."""
    token = _recovering.set(True)
    try:
        yield
    finally:
        _recovering.reset(token)
        forget()


def published() -> dict[str, Checkpoint]:
    """The last published checkpoint of each log, out of the file. Raises ProofRefused, OSError."""
    return _read(unlocked.home().checkpoint.read_bytes())


def keep(notes: list[str]) -> None:
    """Put the signed checkpoints into the file, before anybody else is given them."""
    write_whole(unlocked.home().checkpoint, SEPARATOR.join(note.encode() for note in notes))


def _read(data: bytes) -> dict[str, Checkpoint]:
    found = {}
    keys = {log: log_keys(log) for log in LOGS}
    for note in data.split(SEPARATOR):
        name = note.split(b"\n", 1)[0].decode("utf-8", "replace")
        log = next((log for log, known in keys.items() if known[0].name == name), None)
        if log is None or log in found:
            raise ProofRefused("proof.origin")
        found[log] = open_checkpoint(note, keys[log])[0]
    return found


def _compared(path: Path) -> Standing:
    try:
        found = _read(path.read_bytes())
    except (ProofRefused, OSError):
        return "unreadable"
    for log, last in found.items():
        if size_of(log) < last.size:
            return "restored"
        if root_at(log, last.size) != last.root:
            return "forked"
    return "ours"
