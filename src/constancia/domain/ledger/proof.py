"""That something is in a log, as one file that is checked without a network (C2SP tlog-proof@v1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from constancia.domain.ledger.checkpoint import Checkpoint, Logs, open_checkpoint
from constancia.domain.ledger.encoding import b64, number, unb64, unhashes, utf8
from constancia.domain.ledger.merkle import check_inclusion
from constancia.domain.ledger.note import Key, Note
from constancia.domain.ledger.refused import ProofRefused

HEADER = "c2sp.org/tlog-proof@v1"
LARGEST_PROOF = 128_000


@dataclass(frozen=True, slots=True)
class TlogProof:
    """`index` of the leaf; `hashes`: 32 bytes each, from the leaf's sibling up; `checkpoint`: its note as it
    was signed; `extra`: what nobody signed, never to be believed by itself."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes = b""

    def data(self) -> bytes:
        """The file."""
        lines = [HEADER, f"index {self.index}", *map(b64, self.hashes), "", ""]
        if self.extra:
            lines.insert(1, f"extra {b64(self.extra)}")
        return "\n".join(lines).encode() + self.checkpoint

    @staticmethod
    def read(data: bytes) -> TlogProof:
        """Raises ProofRefused `proof.form`, `proof.text`, `proof.number`, `proof.base64`, `proof.length`
        (more hashes than any tree has levels). The checkpoint is not looked at."""
        head, gap, checkpoint = utf8(data, LARGEST_PROOF).partition("\n\n")
        lines = head.split("\n")
        if not gap or lines.pop(0) != HEADER:
            raise ProofRefused("proof.form")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = unb64(lines.pop(0).removeprefix("extra "))
            if not extra:
                raise ProofRefused("proof.form")
        if not lines or not lines[0].startswith("index "):
            raise ProofRefused("proof.form")
        index = number(lines[0].removeprefix("index "))
        return TlogProof(index, unhashes(lines[1:]), checkpoint.encode(), extra)


@dataclass(frozen=True, slots=True)
class Logged:
    """What a proof that holds shows: the leaf has this `index` in the log at this `checkpoint`; `note`: who
    signed it. Whether these are enough is for the policy to say."""

    index: int
    checkpoint: Checkpoint
    note: Note


def check_proof(
    data: bytes, leaf: bytes, log: Logs, witnesses: Sequence[Key] = (), *, strict: bool = False
) -> Logged:
    """That the `leaf` (hash of 32 bytes, computed by whoever asks) is in the `log`. `strict` refuses the
    extra line, which nobody signs, and signatures of unknown keys.

    Raises ProofRefused as `TlogProof.read`, `open_checkpoint` and `check_inclusion`.
    """
    proof = TlogProof.read(data)
    if strict and proof.extra:
        raise ProofRefused("proof.form")
    checkpoint, note = open_checkpoint(proof.checkpoint, log, witnesses, strict=strict)
    check_inclusion(proof.index, checkpoint.size, leaf, proof.hashes, checkpoint.root)
    return Logged(proof.index, checkpoint, note)
