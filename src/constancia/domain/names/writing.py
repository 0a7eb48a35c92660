"""What may be stored as a name or another text: it alters blanks and the Unicode form, and nothing else."""

from __future__ import annotations

import re
import unicodedata

import regex

from constancia.domain.errors import InputRefused

MAX_CHARACTERS = 400
MAX_COMBINING = 4
"""Combining marks in a row that a letter may carry after composition; Vietnamese and Hebrew need three."""

_REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; tab, line ends and NEL count as blanks
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of writing direction
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # halves of pairs, non-characters, annotations
    "\U000e0000-\U000e007f]"  # tags: invisible text within text
)
_STORM = regex.compile(rf"[\p{{Mn}}\p{{Me}}]{{{MAX_COMBINING + 1}}}")


def written(text: str, *, limit: int, lines: bool = False) -> str:
    """`text` as it may be stored: composed (NFC), blanks single and none at the ends, otherwise exact.

    With `lines` (an account of events) line ends stay, as single "\\n". Quotes, markup, formulas and emoji
    are text and stay; whoever shows or exports them escapes them.
    InputRefused: `name.too_long` (over `limit` characters), `name.control` (null, controls, changes of
    writing direction, non-characters), `name.damaged` (a replacement character: read in the wrong
    encoding), `name.combining` (more than four combining marks in a row).
    """
    if len(text) > 10 * limit:
        raise InputRefused("name.too_long", limit=limit)
    if not (text.isascii() and text.isprintable()):
        if _REFUSED.search(text):
            raise InputRefused("name.control")
        if "\ufffd" in text:
            raise InputRefused("name.damaged")
        text = unicodedata.normalize("NFC", text)
        if _STORM.search(text):
            raise InputRefused("name.combining", limit=MAX_COMBINING)
    if lines:
        cleaned = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    else:
        cleaned = " ".join(text.split())
    if len(cleaned) > limit:
        raise InputRefused("name.too_long", limit=limit)
    return cleaned


def clean_written(text: str) -> str:
    """`written` for a name, a label or a title: one line of at most 400 characters."""
    return written(text, limit=MAX_CHARACTERS)
