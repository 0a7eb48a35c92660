"""Whether two texts are the same text: one wire story in two papers, a post quoted in an article.

Texts are compared as sets of shingles, five words in a row, by Jaccard's index: how many both have, of all
that either has. It is estimated from bottom-k sketches (A. Z. Broder, "On the resemblance and containment of
documents", SEQUENCES 1997): the 128 smallest hashes of each set, kept beside each text, so that a new text is
compared with all others without reading them. The standard error is at most 1/(2√128), 0.045.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from constancia.domain.names import fold

WORDS = 5
"""Of one shingle. A text of fewer is one shingle."""
KEPT = 128
SAME = 0.8
"""Resemblance from which on it is the same text, edited."""
MUCH = 0.3
"""Resemblance from which on the texts have much in common."""


def digest(text: str) -> str:
    """SHA-256 (hexadecimal) of the folded words: equal for one text in whatever layout, with or without its
    accents, capitals, quotes and signs."""
    return hashlib.sha256(" ".join(_words(text)).encode()).hexdigest()


def sketch(text: str) -> tuple[int, ...]:
    """The `KEPT` smallest 64-bit hashes of the text's shingles, ascending: all of them where there are fewer,
    none where there are no words."""
    return tuple(sorted(shingles(text))[:KEPT])


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Jaccard's index, 0 to 1, estimated from two sketches; exact where the texts have at most `KEPT`
    shingles together. Texts without words resemble nothing."""
    mine, theirs = set(one), set(other)
    lowest = sorted(mine | theirs)[:KEPT]
    return len(mine & theirs & set(lowest)) / len(lowest) if lowest else 0.0


def containment(short: str, long: str) -> float:
    """How much of `short` stands in `long`, 0 to 1: the exact share of its shingles.

    A sketch cannot say this of a post within an article: too few of the article's kept hashes are the post's.
    """
    wanted = shingles(short, min(WORDS, len(_words(short)) or 1))
    if not wanted:
        return 0.0
    return len(wanted & shingles(long, min(WORDS, len(_words(short))))) / len(wanted)


def shingles(text: str, words: int = WORDS) -> frozenset[int]:
    """The 64-bit hashes (BLAKE2b) of all runs of `words` words of the folded text."""
    found = _words(text)
    if not found:
        return frozenset()
    last = max(len(found) - words, 0)
    return frozenset(_hash(" ".join(found[at : at + words])) for at in range(last + 1))


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode(), digest_size=8).digest(), "big")


def _words(text: str) -> list[str]:
    return fold(text).split()
