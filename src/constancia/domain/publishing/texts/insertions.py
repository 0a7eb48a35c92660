"""What may stand between {{ and }}: a name, a note on a document, or a block that is called.

Spanish and English spellings are valid in both languages; accents and capitals make no difference to the
word of a block.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from constancia.domain.publishing.names import tidy

BLOCKS: Mapping[str, str] = {
    "tabla": "table",
    "table": "table",
    "tablas": "tables",
    "tables": "tables",
    "grafico": "chart",
    "chart": "chart",
    "balance": "balance",
    "movimiento": "movement",
    "movement": "movement",
    "anuncios": "announcements",
    "announcements": "announcements",
    "cifras": "figures",
    "figures": "figures",
    "otras_cifras": "claims",
    "claims": "claims",
    "puente": "bridge",
    "bridge": "bridge",
    "definiciones": "definitions",
    "definitions": "definitions",
    "erratas": "errata",
    "errata": "errata",
    "lista": "named",
    "named": "named",
    "resumen": "summary",
    "summary": "summary",
}
"""The word of a block, in either language → the block."""

NOTES = frozenset({"nota", "fuente", "note", "source"})
"""Words that cite a document of the content by its number."""


@dataclass(frozen=True, slots=True)
class Call:
    """A block called by `word` (as in BLOCKS, its value) with what stands after the colon."""

    block: str
    given: tuple[str, ...]


def called(body: str) -> Call | None:
    """The block that the body of an insertion calls, None if it calls none."""
    word, _, rest = body.partition(":")
    block = BLOCKS.get(_folded(word))
    if block is None:
        return None
    parts = [rest] if block in ("table", "chart") else rest.replace(",", " ").split()
    return Call(block, tuple(tidy(part) for part in parts if part.strip()))


def cites(body: str) -> str | None:
    """What stands after "nota:", None if the body is not a note."""
    word, colon, rest = body.partition(":")
    return rest.strip() if colon and _folded(word) in NOTES else None


def head(body: str) -> str | None:
    """The word before the colon, None where there is no colon."""
    word, colon, _ = body.partition(":")
    return tidy(word) if colon else None


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.strip().casefold())
    return "".join(symbol for symbol in plain if not unicodedata.combining(symbol)).replace("-", "_")
