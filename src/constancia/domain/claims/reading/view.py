"""A text as the reader looks at it: compatibility forms undone, accents and case gone, offsets kept.

`𝗧𝗼𝘁𝗮𝗹` is read as `total`, and every place in the view knows its place in the text as it was given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from constancia.domain.errors import InputRefused

LIMIT = 500_000
"""Characters of a text that is read at all."""

_GONE = frozenset({"Mn", "Me", "Cf"})
_SPELT = {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-",
          "‐": "-", "‑": "-", "…": ".", "\r": " ", "\x00": " ", "\u2028": "\n", "\u2029": "\n",
          "\u0085": "\n", "\x0b": "\n", "\x0c": "\n"}  # fmt: skip


class _Folds(dict[str, tuple[str, str]]):
    """One character → as it is read with its case, and folded: one character each, or none."""

    def __missing__(self, symbol: str) -> tuple[str, str]:
        self[symbol] = found = _fold(symbol)
        return found


def _fold(symbol: str) -> tuple[str, str]:
    if symbol in _SPELT:
        return _SPELT[symbol], _SPELT[symbol]
    if symbol in "\u00a0\u2007\u2009\u202f":
        return "\u00a0", "\u00a0"  # a blank that may stand within a number
    if unicodedata.category(symbol) in _GONE:
        return "", ""
    if symbol.isnumeric() and not unicodedata.normalize("NFKC", symbol).isdecimal():
        return "¤", "¤"  # fractions and the like: no figure of ours, and no two figures either
    if "⁰" <= symbol <= "₉" or symbol in "¹²³ªº":
        return "º", "º"  # footnote marks and ordinal letters: never part of a number
    cased = unicodedata.normalize("NFKC", symbol)[:1] or " "
    plain = unicodedata.normalize("NFKD", cased)[:1].lower()
    return cased, plain if len(plain) == 1 else cased


_FOLDS = _Folds()


@dataclass(frozen=True, slots=True)
class View:
    """`folded` and `cased` are of one length; `places[i]` is where their i-th character stands in `text`."""

    text: str
    folded: str
    cased: str
    places: Sequence[int]

    def quote(self, start: int, end: int) -> tuple[int, str]:
        """Where a stretch of the view begins in the text, and the text's own words for it."""
        first = self.places[start]
        last = self.places[end - 1] + 1
        return first, self.text[first:last]


def view(text: str) -> View:
    """InputRefused `claims.text_too_long` beyond `LIMIT` characters."""
    if len(text) > LIMIT:
        raise InputRefused("claims.text_too_long", limit=LIMIT)
    pairs = [_FOLDS[symbol] for symbol in text]
    cased = "".join(pair[0] for pair in pairs)
    folded = "".join(pair[1] for pair in pairs)
    if len(cased) == len(text):
        return View(text, folded, cased, range(len(text)))
    return View(text, folded, cased, [place for place, pair in enumerate(pairs) if pair[0]])
