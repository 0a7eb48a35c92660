"""The auditor's side: a key of their own, and their result signed with it. Needs no register."""

from __future__ import annotations

from pathlib import Path

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.auditing import Result
from constancia.domain.ledger.note import SIGNATURE, Key, signature_line, with_signatures
from constancia.infra import notekey
from constancia.infra.files import open_to_others


def create_key(path: Path, name: str) -> Key:
    """A new key under `name` in a new file at `path`; what others know it by.

    Raises InputRefused `audit.key_name`; StoreRefused `audit.key_taken` (never overwritten),
    `audit.key_folder` (it cannot be written there).
    """
    if not notekey.is_name(name):
        raise InputRefused("audit.key_name")
    try:
        return notekey.create(path, name, SIGNATURE).key
    except FileExistsError:
        raise StoreRefused("audit.key_taken", file=path.name) from None
    except OSError:
        raise StoreRefused("audit.key_folder", file=path.name) from None


def signed_result(result: Result, path: Path) -> str:
    """The result as a note signed with the key in the file at `path`.

    Raises StoreRefused: `audit.key_missing`, `audit.key_mode` (others may read it), `audit.key_unreadable`.
    """
    if not path.is_file():
        raise StoreRefused("audit.key_missing", file=path.name)
    if (mode := open_to_others(path)) is not None:
        raise StoreRefused("audit.key_mode", file=path.name, mode=mode)
    found = notekey.load(path, SIGNATURE)
    if found is None:
        raise StoreRefused("audit.key_unreadable", file=path.name)
    text = result.text()
    return with_signatures(text, [signature_line(text, found.key, found.sign)])
