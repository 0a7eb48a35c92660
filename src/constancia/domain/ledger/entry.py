"""What the logs hash: four lines that commit to something and say nothing of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from constancia.domain.ledger.encoding import b64, unhash
from constancia.domain.ledger.merkle import leaf_hash
from constancia.domain.ledger.refused import ProofRefused

VERSION = "constancia/leaf/v1"

Kind = Literal["fact", "case", "edition", "erratum", "audit", "backup", "keys", "erasure", "adopted"]
"""fact: anything recorded of a person (facts, reviews, further sources), and the padding that looks like it;
case: an entry of the roster; adopted: that what was recorded before there was a log was entered later; the
others: a document of that kind, by its SHA-256."""

KINDS: tuple[Kind, ...] = (
    "fact", "case", "edition", "erratum", "audit", "backup", "keys", "erasure", "adopted",
)  # fmt: skip

WEEK = re.compile(r"[0-9]{4}-W(?:0[1-9]|[1-4][0-9]|5[0-3])")
"""A week as an entry writes it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`week`: of the recording, "2026-W09", coarse on purpose; `root`: of the slots, or a document's
    SHA-256."""

    kind: Kind
    week: str
    root: bytes

    def data(self) -> bytes:
        """The bytes that are hashed."""
        return f"{VERSION}\n{self.kind}\n{self.week}\n{b64(self.root)}\n".encode()

    def leaf(self) -> bytes:
        """The hash of the entry as a leaf."""
        return leaf_hash(self.data())

    @staticmethod
    def read(data: bytes) -> Entry:
        """Raises ProofRefused `proof.entry`, `proof.base64`."""
        try:
            lines = data.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise ProofRefused("proof.entry") from None
        if len(lines) != 5 or lines[0] != VERSION or lines[4] or not WEEK.fullmatch(lines[2]):
            raise ProofRefused("proof.entry")
        kind = next((one for one in KINDS if one == lines[1]), None)
        if kind is None:
            raise ProofRefused("proof.entry")
        return Entry(kind, lines[2], unhash(lines[3]))
