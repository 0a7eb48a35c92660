"""Text as it can be printed: what no font shows, or what would steer the line, stands there by its number.

A piece is a dictionary with a `kind`: "text" (characters to print), "code" (the number of a character that is
not printed as itself, "U+202E") or "fold" (a place where a very long word may be broken).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from constancia.infra.typesetting import unprintable

Piece = dict[str, str]

LONGEST_WORD = 26
LONGEST_IN_A_CELL = 20
"""Characters in a row without a blank; what is longer may be broken between any two of its parts."""
_PART = 6

_BLANK = regex.compile(r"[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_STEERING = regex.compile(r"[\p{Bidi_Control}\p{Cc}\p{Cn}\p{Co}\p{Cs}\ufff9-\uffff]")
_BEYOND_ASCII = regex.compile(r"[^\x00-\x7f]+")
_BOX = "□"
_CLUSTER = regex.compile(r"\X")
_AFTER_MARKS = regex.compile(r"[^-/._?&=#]*[-/._?&=#]+|[^-/._?&=#]+")
_WORD = regex.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Letters:
    """What is known of the characters of one document. `lacking`: clusters that cannot be printed."""

    lacking: frozenset[str]

    def pieces(self, text: str, longest: int = LONGEST_WORD) -> list[Piece]:
        """The text in pieces; put together they say all of it. Line ends become blanks. `longest`: how many
        characters of a word are kept together."""
        found: list[Piece] = []
        for kind, part in self._parts(_BLANK.sub(" ", text)):
            if kind == "text":
                found += _folded(part, longest)
            else:
                found.append({"kind": "code", "text": part})
        return found

    def address(self, text: str) -> list[Piece]:
        """An address in pieces, to be broken after its marks and never with a hyphen more."""
        found: list[Piece] = []
        for number, part in enumerate(_AFTER_MARKS.findall(text)):
            found += ([{"kind": "fold"}] if number else []) + self.pieces(part, LONGEST_IN_A_CELL)
        return found

    def plain(self, text: str) -> str:
        """The text as a plain string, for metadata and alternative texts."""
        return "".join(part for _, part in self._parts(_BLANK.sub(" ", text)))

    def drawn(self, text: str) -> str:
        """The source of a picture, where a character that cannot be printed becomes one box, not a number."""
        boxed: str = _BEYOND_ASCII.sub(lambda match: self._boxed(match.group()), text)
        return boxed

    def _boxed(self, text: str) -> str:
        return "".join(
            _BOX if cluster in self.lacking or _STEERING.search(cluster) else cluster
            for cluster in _CLUSTER.findall(text)
        )

    def _parts(self, text: str) -> Iterator[tuple[str, str]]:
        """("text" | "code", characters), neighbouring text together."""
        kept = ""
        for cluster in _CLUSTER.findall(text):
            if cluster not in self.lacking and not _STEERING.search(cluster):
                kept += cluster
                continue
            for character in cluster:
                if character.isascii() and character.isprintable():
                    kept += character
                    continue
                if kept:
                    yield "text", kept
                    kept = ""
                yield "code", f"U+{ord(character):04X}"
        if kept:
            yield "text", kept


def letters(texts: Iterable[str]) -> Letters:
    """What can be printed of the texts. Asks the typesetter once, for what is beyond plain ASCII."""
    clusters = {
        cluster
        for text in texts
        if not text.isascii()
        for cluster in _CLUSTER.findall(text)
        if not cluster.isascii() and not _STEERING.search(cluster)
    }
    return Letters(unprintable(frozenset(clusters)))


def _folded(text: str, longest: int) -> Iterator[Piece]:
    """The text with folds in its very long words, never inside a character with its marks."""
    at = 0
    for match in _WORD.finditer(text):
        if len(match.group()) <= longest:
            continue
        if match.start() > at:
            yield {"kind": "text", "text": text[at : match.start()]}
        for number, part in enumerate(_parts_of(match.group())):
            if number:
                yield {"kind": "fold"}
            yield {"kind": "text", "text": part}
        at = match.end()
    if at < len(text):
        yield {"kind": "text", "text": text[at:]}


def _parts_of(word: str) -> Iterator[str]:
    """A word in parts of a few characters, that end after a hyphen or another mark where there is one."""
    for stretch in _AFTER_MARKS.findall(word):
        clusters = _CLUSTER.findall(stretch)
        for start in range(0, len(clusters), _PART):
            yield "".join(clusters[start : start + _PART])
