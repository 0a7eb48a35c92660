"""A checkpoint in words for paper, radio and telephone: origin, size, and the root's first half.

Paper is a witness too: who keeps a printed bulletin can show later what the log was. The words are proquints
(D. S. Wilkerson, "A Proposal for Proquints: Identifiers that are Readable, Spellable, and Pronounceable",
2009): consonant (4 bits), vowel (2), consonant (4), vowel (2), consonant (4). Eight of them are 128 bits:
nobody finds another tree for printed words (2^128 attempts), though who makes both trees beforehand would
need 2^64. So words confirm a checkpoint that somebody has; they never replace its signatures and witnesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.encoding import number
from constancia.domain.ledger.note import NAME
from constancia.domain.ledger.refused import ProofRefused

WORDS = 8

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_WORD = f"[{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}][{_VOWELS}][{_CONSONANTS}]"
_FORM = re.compile(f"([^ ]+) ([0-9]+) ({_WORD}(?:-{_WORD}){{{WORDS - 1}}})")


@dataclass(frozen=True, slots=True)
class SpokenRoot:
    """`start`: the first 16 bytes of the root."""

    origin: str
    size: int
    start: bytes

    @staticmethod
    def of(checkpoint: Checkpoint) -> SpokenRoot:
        return SpokenRoot(checkpoint.origin, checkpoint.size, checkpoint.root[: 2 * WORDS])

    def agrees(self, checkpoint: Checkpoint) -> bool:
        """Whether these are the words of that checkpoint."""
        return self == SpokenRoot.of(checkpoint)

    def __str__(self) -> str:
        """One line: "org.example/constancia/hechos/1 20038 lusab-babad-…"."""
        return f"{self.origin} {self.size} {proquints(self.start)}"

    @staticmethod
    def read(text: str) -> SpokenRoot:
        """Raises ProofRefused `proof.words` for any other way to write it, `proof.number`."""
        found = _FORM.fullmatch(text)
        if found is None or not NAME.fullmatch(found[1]):
            raise ProofRefused("proof.words")
        return SpokenRoot(found[1], number(found[2]), _bytes(found[3]))


def proquints(data: bytes) -> str:
    """Two bytes a word, joined by hyphens."""
    return "-".join(_word(int.from_bytes(data[at : at + 2], "big")) for at in range(0, len(data), 2))


def _word(value: int) -> str:
    return (
        _CONSONANTS[value >> 12] + _VOWELS[value >> 10 & 3] + _CONSONANTS[value >> 6 & 15]
        + _VOWELS[value >> 4 & 3] + _CONSONANTS[value & 15]
    )  # fmt: skip


def _bytes(words: str) -> bytes:
    value = 0
    for letter in words.replace("-", ""):
        if letter in _VOWELS:
            value = value << 2 | _VOWELS.index(letter)
        else:
            value = value << 4 | _CONSONANTS.index(letter)
    return value.to_bytes(2 * WORDS, "big")
