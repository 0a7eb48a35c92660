"""Checkpoints: how large a log is and what its root is, as a signed note (C2SP tlog-checkpoint)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.domain.ledger.encoding import b64, number, unhash
from constancia.domain.ledger.merkle import EMPTY
from constancia.domain.ledger.note import NAME, Key, Note, open_note
from constancia.domain.ledger.refused import ProofRefused


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the log called `origin` after `size` leaves; `root` 32 bytes."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64(self.root)}\n"

    @staticmethod
    def read(text: str) -> Checkpoint:
        """Raises ProofRefused `proof.checkpoint` (lines, origin, a root of nothing that is none; extension
        lines too: no cosignature would cover them in every scheme), `proof.number`, `proof.base64`."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not NAME.fullmatch(lines[0]):
            raise ProofRefused("proof.checkpoint")
        found = Checkpoint(lines[0], number(lines[1]), unhash(lines[2]))
        if found.size == 0 and found.root != EMPTY:
            raise ProofRefused("proof.checkpoint")
        return found


Logs = Key | tuple[Key, ...]
"""The key of a log, or all that it has had (`key_change`): it is signed where one of them did."""


def keys_of(log: Logs) -> tuple[Key, ...]:
    return (log,) if isinstance(log, Key) else log


def open_checkpoint(
    data: bytes, log: Logs, witnesses: Sequence[Key] = (), *, strict: bool = False
) -> tuple[Checkpoint, Note]:
    """A checkpoint signed by its log, and the note with whoever else signed it.

    Raises ProofRefused: as `open_note` and `Checkpoint.read`; `proof.origin` where it is of another log,
    `proof.unsigned` where the log itself did not sign.
    """
    keys = keys_of(log)
    note = open_note(data, (*keys, *witnesses), strict=strict)
    found = Checkpoint.read(note.text)
    if found.origin != keys[0].name:
        raise ProofRefused("proof.origin")
    if not any(note.by(key) for key in keys):
        raise ProofRefused("proof.unsigned")
    return found, note
