"""Addresses in a PDF: which can be followed, and which are printed for those who read on paper."""

from __future__ import annotations

import re
from urllib.parse import quote

_FOLLOWED = re.compile(r"(https?://|mailto:)[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_KEPT = "%:/?#[]@!$&'()*+,;=-._~"
LONGEST_FOLLOWED = 2000
LONGEST_IN_TEXT = 45
"""A longer address is printed in notes alone: in the text it would be in the way."""


def clickable(address: str) -> str | None:
    """The address as a PDF may hold it (plain ASCII), None for one that is not to be followed."""
    if not _FOLLOWED.fullmatch(address):
        return None
    try:
        ascii_only = quote(address, safe=_KEPT)
    except UnicodeEncodeError:  # a lone surrogate
        return None
    return ascii_only if len(ascii_only) <= LONGEST_FOLLOWED else None


def printed(address: str, words: str, *, short: bool) -> str | None:
    """The address to print beside the words of its link; None where the words already say it, and, if
    `short`, where it is long."""
    said = re.sub(r"^(https?://(www\.)?|mailto:)", "", address, flags=re.IGNORECASE).rstrip("/")
    if said in words or (short and len(said) > LONGEST_IN_TEXT):
        return None
    return said
