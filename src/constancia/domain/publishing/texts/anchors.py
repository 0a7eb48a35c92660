"""Addresses within a document, made of the words of its headings."""

from __future__ import annotations

import unicodedata

_LONGEST = 60


def slug(text: str) -> str:
    """The words in [a-z0-9-], without accents; "parte" where no letter is left."""
    plain = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(
        symbol if symbol.isascii() and symbol.isalnum() else " "
        for symbol in plain
        if not unicodedata.combining(symbol)
    )
    return "-".join(kept.split())[:_LONGEST].strip("-") or "parte"
