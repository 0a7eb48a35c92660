"""Which characters of a text are printed as they are.

A report quotes what others wrote. Some characters would do more than be read: control characters (most are
forbidden in XML), halves of a surrogate pair, non-characters, and the marks that steer the direction of what
follows, with which a text can make 573 look like 375. Each of these stands in print by its number ("U+202E"),
so that an editor sees what is there and nothing is dropped in silence. Letters of right-to-left scripts stay.
"""

from __future__ import annotations

import re

_SPACES = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_STEERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NO_CHARACTERS = "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
)
_UNFIT = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff{_STEERING}{_NO_CHARACTERS}]")


def printable(text: str) -> str:
    """The text as writers print it: tabs and line ends are one space, what is unfit is said by its number."""
    return _UNFIT.sub(lambda found: f"U+{ord(found[0]):04X}", _SPACES.sub(" ", text))
