"""Which characters a text may hold.

What steers a terminal, turns the direction of writing or cannot stand in XML has no place in a text that is
published: the desk's own texts are refused with the line, and strings that come with the content lose them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef"  # separators, marks, no characters at all
    "\ud800-\udfff\U000e0000-\U000e007f]"  # half characters, invisible tags
)


def unix_lines(text: str) -> str:
    """The text with line feeds for every way of ending a line, and without a mark of byte order."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def refused(text: str) -> Iterator[tuple[int, str]]:
    """(line from 1, "U+202E") of each character that may not stand in a text."""
    line, seen = 1, 0
    for found in _REFUSED.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        yield line, f"U+{ord(found.group()):04X}"


def plain(text: str) -> str:
    """A string of the content on one line, without what may not stand in a text."""
    return " ".join(_REFUSED.sub(" ", text).split())
