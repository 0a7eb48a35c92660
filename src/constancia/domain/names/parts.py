"""The words by which a name is compared, and on which side of it the given names stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import regex
from anyascii import anyascii

from constancia.domain.names.folding import fold

PARTICLES = frozenset(
    {"al", "ben", "bin", "da", "das", "de", "del", "della", "der", "di", "do", "dos", "du", "el", "la", "las",
     "le", "les", "lo", "los", "san", "santa", "van", "vande", "von"}
)  # fmt: skip
"""Little words that lists put in or leave out."""
TITLES = frozenset(
    {"sr", "sra", "srta", "don", "dona", "dr", "dra", "ing", "lic", "licdo", "licda", "abg", "abog", "prof",
     "profa", "arq", "econ", "gral", "cnel", "tcnel", "tte", "ptte", "cap", "sgto", "cabo", "cmte", "vda",
     "viuda", "alias", "ciudadano", "ciudadana", "ciud"}
)  # fmt: skip
"""What stands before a name and is none of it."""
_AND = frozenset({"y", "Y", "i", "I"})
MOST_WORDS = 8
"""Words of one name that are compared."""
LONGEST = 400
"""Characters of a name that are looked at."""

_CAMEL = re.compile(r"(?<=[a-záéíóúüñ]{2})(?=[A-ZÁÉÍÓÚÜÑ][a-záéíóúüñ])")
_JOINED = re.compile(r"(?<=[^\W\d_])['’`´](?=[^\W\d_])")
_LATIN = regex.compile(r"\p{Latin}")
_OTHER = regex.compile(r"[^\p{Latin}\p{Cyrillic}\p{Greek}\P{L}]")
_SEEN_AS = str.maketrans("015348|!", "olseabll")
"""Digits and signs that scanners read for letters."""


@dataclass(frozen=True, slots=True)
class Words:
    """A name taken apart: its words, folded; `comma`: how many stand before the first comma, 0 if none.

    `sure` is False for a script whose transliteration says little of how the name is written in Latin
    letters (Arabic, Chinese …): not finding it means nothing.
    """

    words: tuple[str, ...]
    comma: int = 0
    sure: bool = True


@cache
def given_names() -> frozenset[str]:
    """Common given names, folded."""
    data = tomllib.loads(files("constancia.domain.names").joinpath("given.toml").read_text("utf-8"))
    return frozenset(word for words in data.values() for word in words.split())


def words_of(name: str) -> list[str]:
    """The words of a name by which it is compared: folded, without particles, in order.

    Names in other scripts by their transliteration into Latin letters. [] where there is nothing to
    compare. "D'Elía" is one word, "MaríaPérez" two; digits within words are read as the letters that
    scanners take for them; a word of one letter is an initial; "y" between two surnames is none.
    """
    return list(taken_apart(name).words)


def taken_apart(name: str) -> Words:
    """See `words_of`."""
    before, comma, after = name[:LONGEST].partition(",")
    sure = name.isascii() or not _OTHER.search(name)
    first = list(_words(before))
    if not comma:
        return Words(tuple(first), 0, sure)
    rest = list(_words(after))
    return Words((*first, *rest), len(first) if rest else 0, sure)


def _words(text: str) -> Iterator[str]:
    pieces = text.split()
    for place, piece in enumerate(pieces):
        if piece in _AND and 0 < place < len(pieces) - 1:
            continue
        yield from _pieces(piece)


@lru_cache(maxsize=100_000)
def _pieces(piece: str) -> tuple[str, ...]:
    if not any(c.isalpha() for c in piece):
        return ()
    text = _CAMEL.sub(" ", _JOINED.sub("", piece.replace("ª", "a ").replace("º", "o ")))
    if not _LATIN.search(text):  # a word in one other script; letters that look Latin mean their own sounds
        text = anyascii(text)
    text = fold(text)
    if not text.isascii():
        text = fold(anyascii(text))
    found = []
    for word in text.split():
        if not word.isalpha():
            word = word.translate(_SEEN_AS)
            if not word.isalpha():
                continue
        if word not in PARTICLES and word not in TITLES:
            found.append(word)
    return tuple(found)
