"""Text as it is kept: composed, in lines, and without what is not seen."""

from __future__ import annotations

import re
import unicodedata

import regex

from constancia.domain.errors import TextRefused
from constancia.infra.texts.limits import FIELD, MAX_CHARACTERS, MAX_LINE

_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_TURNED = re.compile("[\u202d\u202e]")
_UNSEEN = re.compile("[\u00ad\u034f\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff]")
_HIDDEN = re.compile("[\U000e0000-\U000e007f]")
_STORM = regex.compile(r"([\p{Mn}\p{Me}]{4})[\p{Mn}\p{Me}]+")
_BLANKS = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_MIXED = regex.compile(
    r"\b(?=[\p{L}\p{M}]*\p{Latin})(?=[\p{L}\p{M}]*[\p{Cyrillic}\p{Greek}])[\p{L}\p{M}]{3,}", regex.VERSION1
)
_WORDS = regex.compile(r"\p{L}+")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_DISGUISED = 50
"""One word in so many with letters of two alphabets: written to pass unrecognised, or badly read."""


def tidy(text: str, *, rows: bool = False) -> tuple[str, tuple[str, ...]]:
    """The text as it is kept, and what a person should know of it (codes of the catalogue).

    Composed (NFC); lines end in "\\n" and are trimmed, at most one of them empty in a row; blanks of all
    widths are one space, and around a tab none; controls, marks of direction and what is not seen are gone.
    `rows`: empty cells at the beginning of a line stay, so that the others keep their columns.
    Tidying twice changes nothing more.
    Raises TextRefused `texts.empty`, `texts.too_long`, `texts.line_too_long`, `texts.scripts_mixed`.
    """
    if len(text) > 4 * MAX_CHARACTERS:
        raise TextRefused("texts.too_long", limit=MAX_CHARACTERS)
    notes = []
    if "\ufffd" in text:
        notes.append("texts.characters_lost")
    if _TURNED.search(text):
        notes.append("texts.direction_stripped")
    if _HIDDEN.search(text):
        notes.append("texts.hidden_stripped")
    text = _ENDS.sub("\n", text)
    for unwanted in (_CONTROLS, _DIRECTION, _UNSEEN, _HIDDEN):
        text = unwanted.sub("", text)
    text = unicodedata.normalize("NFC", text.translate(_LIGATURES))
    plain = _STORM.sub(r"\1", text)
    if plain != text:
        notes.append("texts.marks_stripped")
    text = _lines(plain, rows)
    if len(text) > MAX_CHARACTERS:
        raise TextRefused("texts.too_long", limit=MAX_CHARACTERS)
    if not any(symbol.isalnum() for symbol in text):
        raise TextRefused("texts.empty")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise TextRefused("texts.line_too_long", line=number, limit=MAX_LINE)
    if mixed := len(_MIXED.findall(text)):
        if mixed >= 5 and mixed * _DISGUISED > len(_WORDS.findall(text)):
            raise TextRefused("texts.scripts_mixed", words=mixed)
        notes.append("texts.look_alike_letters")
    return text, tuple(notes)


def field(written: str | None) -> str:
    """A title or name out of a document's own data: one line, cut where it is longer than one is."""
    if not written:
        return ""
    bare = written[: 10 * FIELD]
    for unwanted in (_DIRECTION, _UNSEEN, _HIDDEN):
        bare = unwanted.sub("", bare)
    line = " ".join(_CONTROLS.sub(" ", unicodedata.normalize("NFC", bare)).split())
    return line if len(line) <= FIELD else line[: FIELD - 1].rstrip() + "…"


def _lines(text: str, rows: bool) -> str:
    kept: list[str] = []
    for line in text.split("\n"):
        cells = (_BLANKS.sub(" ", cell).strip(" ") for cell in line.split("\t"))
        line = "\t".join(cells).rstrip("\t") if rows else "\t".join(cells).strip("\t")
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")
