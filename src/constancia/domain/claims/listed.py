"""The names of an announced list, out of what was pasted."""

from __future__ import annotations

import re

from constancia.domain.errors import InputRefused
from constancia.domain.names import clean_written, match_key

MOST = 5_000

_NUMBERING = re.compile(
    r"^(?:[-–—•·*▪●]\s*)?(?:n\s?[.º°]+\s*(?=\d))?(?:\(?\d{1,4}\s*(?:[.):°º]+[-–—]?|[-–—])\s*|\d{1,4}\s+)?",
    re.IGNORECASE,
)


def names_in(text: str) -> list[str]:
    """One name per line, without the bullet or number before it; lines without a letter or digit are none.

    Raises InputRefused: `announcement.list_empty`, `announcement.list_long`, `announcement.list_line` (the
    line cannot be stored as a name: its row, counted from 1).
    """
    found = []
    for row, line in enumerate(text.splitlines(), start=1):
        name = _NUMBERING.sub("", line.strip(), count=1).strip(" ,;\t")
        if not match_key(name):
            continue
        try:
            found.append(clean_written(name))
        except InputRefused as error:
            raise InputRefused("announcement.list_line", row=row) from error
        if len(found) > MOST:
            raise InputRefused("announcement.list_long", limit=MOST)
    if not found:
        raise InputRefused("announcement.list_empty")
    return found
