"""Whether two texts are the same, or have much in common."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from constancia.domain.names import fold


def digest(text: str) -> str:
    """SHA-256 of the words of a text, whatever its layout, case and accents."""
    return hashlib.sha256(" ".join(fold(text).split()).encode()).hexdigest()


def sketch(text: str) -> tuple[int, ...]:
    """The least hashes of the text's runs of five words."""
    words = fold(text).split()
    runs = {" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))}
    hashes = {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs}
    return tuple(sorted(hashes)[:128])


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Jaccard similarity, estimated."""
    least = sorted(set(one) | set(other))[:128]
    return sum(h in one and h in other for h in least) / len(least) if least else 0.0
