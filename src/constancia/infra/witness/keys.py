"""The key that a witness cosigns with, in a file of one line that is its owner's alone (`infra.notekey`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.note import COSIGNATURE, Key, Sign, signature_line
from constancia.infra import notekey
from constancia.infra.files import open_to_others


@dataclass(frozen=True, slots=True)
class Signer:
    """A witness that can cosign. `key`: what others know it by."""

    key: Key
    sign: Sign

    def cosign(self, text: str, time: int) -> str:
        """The signature line under a checkpoint's text; `time` in seconds since 1970, above zero."""
        return signature_line(text, self.key, self.sign, time)


def check_name(name: str) -> None:
    """Raises InputRefused `witness.name` unless it is one: letters, digits, ".", "_", "-" and "/", as of an
    address without "https://"."""
    if not notekey.is_name(name):
        raise InputRefused("witness.name")


def create(path: Path, name: str) -> Signer:
    """A new key under `name` in a new file at `path`, durably.

    Raises as `check_name`; StoreRefused `witness.taken` where the file is there: a key is never overwritten.
    """
    check_name(name)
    try:
        made = notekey.create(path, name, COSIGNATURE)
    except FileExistsError:
        raise StoreRefused("witness.taken") from None
    return Signer(made.key, made.sign)


def load(path: Path) -> Signer:
    """The key in the file at `path`.

    Raises StoreRefused: `witness.missing`, `witness.mode` (others may read it), `witness.key` (no such line,
    or its parts do not belong together).
    """
    if not path.is_file():
        raise StoreRefused("witness.missing", file=path.name)
    if (mode := open_to_others(path)) is not None:
        raise StoreRefused("witness.mode", file=path.name, mode=mode)
    found = notekey.load(path, COSIGNATURE)
    if found is None:
        raise StoreRefused("witness.key")
    return Signer(found.key, found.sign)
