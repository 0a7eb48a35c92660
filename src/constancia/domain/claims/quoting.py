"""Finding in a text what somebody copied from it."""

from __future__ import annotations

import re

LONGEST = 2000
"""Characters of what is sought; longer ones are not claims."""


def find(text: str, quote: str, near: int = 0) -> tuple[int, str] | None:
    """Where `quote` stands in `text`, and the words as they stand there; None where it does not.

    Blanks and line ends count as equal, for what is copied out of a page has others. Of several
    occurrences the one that begins nearest to `near`; of two as near, the first.
    """
    words = quote.split()
    if not words or len(quote) > LONGEST:
        return None
    found = [(one.start(), one.group()) for one in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    return min(found, key=lambda one: abs(one[0] - near), default=None)
