"""With which key of a log a backup has to be signed: never simply the one that the backup itself names."""

from __future__ import annotations

from pathlib import Path

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.note import SIGNATURE, Key
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra.backup import state
from constancia.infra.backup.store import BackupStore
from constancia.infra.home import Home

LARGEST = 64_000
LOG = "/hechos/"
"""In the name of the log that signs."""


def read(given: str) -> tuple[Key, ...]:
    """The key in words, or in a file that has it as a word: a policy, a note of somebody's; all of them where
    a log that changed its key has several. Raises InputRefused `backup.log_key`."""
    found: list[Key] = []
    for word in _text(given).split():
        try:
            key = Key.read(word)
        except ProofRefused:
            continue
        if key.kind == SIGNATURE and LOG in key.name and (not found or key.name == found[0].name):
            found.append(key)
    if not found:
        raise InputRefused("backup.log_key")
    return tuple(dict.fromkeys(found))


def pinned(store: BackupStore, given: str | None, home: Home | None) -> tuple[tuple[Key, ...], bool]:
    """The key given, else the one that this register signs with, else, for want of better, the one that the
    newest backup names; and whether it was known from elsewhere. Raises as `read`; StoreRefused
    `backup.none`."""
    if given is not None:
        return read(given), True
    known = state.read(home).log_key if home is not None else ""
    if known:
        return read(known), True
    names = store.names()
    if not names:
        raise StoreRefused("backup.none")
    return read(store.log_key(names[-1])), False


def _text(given: str) -> str:
    try:
        path = Path(given)
        if path.is_file():
            with path.open("rb") as file:
                return file.read(LARGEST).decode("utf-8", "replace")
    except (OSError, ValueError):
        pass
    return given
