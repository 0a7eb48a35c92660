"""A line as it may be kept and looked at: nothing unseen, nothing that turns it round."""

from __future__ import annotations

import re
import unicodedata

import regex

from constancia.domain.matching.reading.words import GIVEN, folded
from constancia.domain.names import MAX_COMBINING

_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff]")
_HIDDEN = re.compile("[\U000e0000-\U000e007f]")
_STORM = regex.compile(rf"([\p{{Mn}}\p{{Me}}]{{{MAX_COMBINING}}})[\p{{Mn}}\p{{Me}}]+")
_BLANKS = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ENDS_OF_NAMES = " \t,;:/\\|-–—_~*\"'“”«»!¡?¿=<>#·•…`"
_ABBREVIATED = 7
"""Characters up to which a last word with a full stop is taken for abbreviated ("Rguez.")."""


def lines_of(text: str) -> list[str]:
    """The lines of a text, as an editor numbers them."""
    return _ENDS.sub("\n", text).split("\n")


def clean(line: str) -> tuple[str, tuple[str, ...]]:
    """The line composed, blanks single, tabs kept, and codes for what was taken out of it."""
    if line.isascii() and line.isprintable():
        return " ".join(line.split(" ")) if "  " not in line else " ".join(line.split()), ()
    notes = []
    if _CONTROLS.search(line):
        notes.append("list.controls")
        line = _CONTROLS.sub("", line)
    if _TURNING.search(line):
        notes.append("list.direction")
        line = _TURNING.sub("", line)
    if _HIDDEN.search(line):
        notes.append("list.hidden")
        line = _HIDDEN.sub("", line)
    if "\ufffd" in line:
        notes.append("list.damaged")
        line = line.replace("\ufffd", "?")
    line = unicodedata.normalize("NFC", _UNSEEN.sub("", line))
    thinned = _STORM.sub(r"\1", line)
    if thinned != line:
        notes.append("list.marks")
    cells = (_BLANKS.sub(" ", cell).strip(" ") for cell in thinned.split("\t"))
    return "\t".join(cells), tuple(notes)


def bare(text: str) -> str:
    """Without the signs around it; a full stop stays behind what it may abbreviate ("M.", "Rguez.")."""
    text = text.strip(_ENDS_OF_NAMES)
    while text.startswith("."):
        text = text[1:].lstrip(_ENDS_OF_NAMES)
    if text.endswith("."):
        last = text.rpartition(" ")[2]
        if len(last) > _ABBREVIATED or folded(last) in GIVEN:
            text = text.rstrip(". ")
    return text
