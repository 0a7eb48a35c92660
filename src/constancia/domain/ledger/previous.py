"""That nothing was taken out since an earlier checkpoint: the proof and that checkpoint in one file.

    old <size of the earlier checkpoint>
    <hash in base64, one a line, may be none>

    <the earlier checkpoint's signed note>

The lines are those of a request to a witness (C2SP tlog-witness); there the note is the newer one, here the
older: who checks an edition has the newer already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.domain.ledger.checkpoint import Checkpoint, Logs, keys_of, open_checkpoint
from constancia.domain.ledger.encoding import b64, number, unhashes, utf8
from constancia.domain.ledger.merkle import check_consistency
from constancia.domain.ledger.note import Key, Note
from constancia.domain.ledger.proof import LARGEST_PROOF
from constancia.domain.ledger.refused import ProofRefused


@dataclass(frozen=True, slots=True)
class Previous:
    """`size` of the earlier tree; `hashes`: 32 bytes each (RFC 9162, 2.1.4); `checkpoint`: the earlier
    note."""

    size: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes

    def data(self) -> bytes:
        """The file."""
        return "\n".join([f"old {self.size}", *map(b64, self.hashes), "", ""]).encode() + self.checkpoint

    @staticmethod
    def read(data: bytes) -> Previous:
        """Raises ProofRefused `proof.previous`, `proof.text`, `proof.number`, `proof.base64`,
        `proof.length`."""
        head, gap, checkpoint = utf8(data, LARGEST_PROOF).partition("\n\n")
        first, *lines = head.split("\n")
        if not gap or not first.startswith("old "):
            raise ProofRefused("proof.previous")
        return Previous(number(first.removeprefix("old ")), unhashes(lines), checkpoint.encode())


def check_previous(
    data: bytes, newer: Checkpoint, log: Logs, witnesses: Sequence[Key] = (), *, strict: bool = False
) -> tuple[Checkpoint, Note]:
    """The earlier checkpoint, signed by the same `log`, and who signed it: the tree of `newer` begins with
    its. `newer`: as opened by whoever asks.

    Raises ProofRefused as `Previous.read`, `open_checkpoint` and `check_consistency`; `proof.origin` where
    `newer` is of another log, `proof.sizes` where the first line and the checkpoint differ.
    """
    found = Previous.read(data)
    older, note = open_checkpoint(found.checkpoint, log, witnesses, strict=strict)
    if newer.origin != keys_of(log)[0].name:
        raise ProofRefused("proof.origin")
    if older.size != found.size:
        raise ProofRefused("proof.sizes")
    check_consistency(older.size, newer.size, found.hashes, older.root, newer.root)
    return older, note
