"""Finding in a text what somebody copied from it."""

from __future__ import annotations

import re
from bisect import bisect_right

LONGEST = 2000
"""Characters of what is sought; longer ones are not claims."""


def find(text: str, quote: str, near: int = 0) -> tuple[int, str] | None:
    """Where `quote` stands in `text`, and the words as they stand there; None where it does not.

    Blanks and line ends count as equal, for what is copied out of a page has others. Of several
    occurrences the one that begins nearest to `near`; of two as near, the first.
    """
    sought = " ".join(quote.split())
    if not sought or len(quote) > LONGEST:
        return None
    words = [(one.start(), one.group()) for one in re.finditer(r"\S+", text)]
    plain = " ".join(word for _start, word in words)
    starts, places, at = [start for start, _word in words], [], 0
    for _start, word in words:
        places.append(at)
        at += len(word) + 1
    here = _moved(near, starts, places)
    found = {plain.rfind(sought, 0, here + len(sought)), plain.find(sought, here)} - {-1}
    if not found:
        return None
    spots = [
        (_moved(one, places, starts), _moved(one + len(sought) - 1, places, starts) + 1) for one in found
    ]
    start, end = min(spots, key=lambda spot: (abs(spot[0] - near), spot[0]))
    return start, text[start:end]


def _moved(place: int, those: list[int], others: list[int]) -> int:
    """A place counted from the word that it is in or after: `those` and `others` are where each begins.

    What stands before the first word goes with it; blanks after a word never reach the next one.
    """
    word = bisect_right(those, place) - 1
    if word < 0:
        return others[0]
    moved = others[word] + place - those[word]
    return min(moved, others[word + 1] - 1) if word + 1 < len(others) else moved
