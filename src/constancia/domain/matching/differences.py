"""Two wordings of a name beside each other: which letters of the one are not in the other."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

LIKE = 60.0
"""From which likeness (0 to 100) on two words are laid beside each other letter by letter."""
LONGEST = 400
"""Characters of a wording that are compared; a longer one is marked whole."""


class Part(NamedTuple):
    """A piece of a wording, in its order; all pieces together are the wording with single blanks."""

    text: str
    differs: bool


def marked(one: str, other: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both wordings in pieces. The order of the words is no difference, nor are capitals; an accent is."""
    if max(len(one), len(other)) > LONGEST:
        differs = one != other
        return (Part(one, differs),), (Part(other, differs),)
    mine, theirs = one.split(), other.split()
    pairs = _pairs([word.casefold() for word in mine], [word.casefold() for word in theirs])
    back = {there: here for here, there in pairs.items()}
    return (
        _pieces(mine, [theirs[pairs[at]] if at in pairs else "" for at in range(len(mine))]),
        _pieces(theirs, [mine[back[at]] if at in back else "" for at in range(len(theirs))]),
    )


def _pairs(mine: list[str], theirs: list[str]) -> dict[int, int]:
    """Word of the one → word of the other, the likest first, each taken once."""
    likeness = sorted(
        (-fuzz.ratio(here, there), abs(at - to), at, to)
        for at, here in enumerate(mine)
        for to, there in enumerate(theirs)
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, at, to in likeness:
        if -score >= LIKE and at not in found and to not in taken:
            found[at] = to
            taken.add(to)
    return found


def _pieces(words: list[str], beside: list[str]) -> tuple[Part, ...]:
    pieces: list[Part] = []
    for at, (word, other) in enumerate(zip(words, beside, strict=True)):
        if at:
            pieces.append(Part(" ", False))
        pieces.extend(_letters(word, other))
    joined: list[Part] = []
    for piece in pieces:
        if joined and joined[-1].differs is piece.differs:
            joined[-1] = Part(joined[-1].text + piece.text, piece.differs)
        elif piece.text:
            joined.append(piece)
    return tuple(joined)


def _letters(word: str, other: str) -> list[Part]:
    if not other:
        return [Part(word, True)]
    folded, beside = word.casefold(), other.casefold()
    if len(folded) != len(word):  # a capital that becomes two letters: not worth laying out
        return [Part(word, folded != beside)]
    changes = Indel.opcodes(folded, beside)
    return [
        Part(word[step.src_start : step.src_end], step.tag != "equal")
        for step in changes
        if step.src_end > step.src_start
    ]
