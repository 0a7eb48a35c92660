"""What is printed of the log in a bulletin and a report."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.language import Language
from constancia.domain.publishing.wording import said


@dataclass(frozen=True, slots=True)
class Seal:
    """The log when the edition was made: its `origin`, how many leaves, and its root as eight words. Whoever
    keeps the paper can hold us to it."""

    origin: str
    size: int
    words: str


def sealed(seal: Seal, language: Language) -> str:
    """The sentence that prints it."""
    # Digit by digit as the verifier writes it, without separators.
    return said("seal.printed", language, origin=seal.origin, size=str(seal.size), words=seal.words)
