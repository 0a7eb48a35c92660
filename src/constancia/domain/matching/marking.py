"""Two writings of a name side by side: which letters differ, whatever the order of the words."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from constancia.domain.names import fold

NEAR = 0.6
"""From which likeness on two words count as one word written two ways (difflib's ratio)."""
LONGEST = 400
"""Characters of a name that are compared; the rest is shown as it is."""
MOST = 12
"""Words without a counterpart that are held against each other; names have fewer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a name as written; `differs`: the other writing does not have it."""

    text: str
    differs: bool


def beside(theirs: str, ours: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both names in pieces, which joined are exactly `theirs` and `ours`.

    A word that stands in both, accents and order aside, does not differ. Of the others, two that are near
    differ by letters; a word with no counterpart differs whole.
    """
    left, right = theirs[:LONGEST].split(" "), ours[:LONGEST].split(" ")
    lone_left, lone_right = _apart(left, right)
    pairs = _paired([left[at] for at in lone_left], [right[at] for at in lone_right])
    marked_left = {lone_left[at]: _whole(left[lone_left[at]]) for at in range(len(lone_left))}
    marked_right = {lone_right[at]: _whole(right[lone_right[at]]) for at in range(len(lone_right))}
    for at, other in pairs:
        one, two = lone_left[at], lone_right[other]
        marked_left[one], marked_right[two] = _letters(left[one], right[two])
    return (
        _joined(left, marked_left, theirs[LONGEST:]),
        _joined(right, marked_right, ours[LONGEST:]),
    )


def _apart(left: list[str], right: list[str]) -> tuple[list[int], list[int]]:
    """The places of the words that the other side does not have."""
    waiting: dict[str, list[int]] = {}
    for at, word in enumerate(right):
        waiting.setdefault(fold(word), []).append(at)
    lone = []
    for at, word in enumerate(left):
        if not fold(word):
            continue
        same = waiting.get(fold(word))
        if same:
            same.pop(0)
        else:
            lone.append(at)
    rest = sorted(at for word, places in waiting.items() if word for at in places)
    return lone, rest


def _paired(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Words that are one word written two ways, the most alike first; each at most once."""
    likeness = sorted(
        (
            (-SequenceMatcher(None, fold(one), fold(two), autojunk=False).ratio(), at, other)
            for at, one in enumerate(left[:MOST])
            for other, two in enumerate(right[:MOST])
        ),
    )
    found: list[tuple[int, int]] = []
    for minus, at, other in likeness:
        if -minus >= NEAR and all(at != a and other != b for a, b in found):
            found.append((at, other))
    return found


def _letters(one: str, two: str) -> tuple[list[Piece], list[Piece]]:
    left: list[Piece] = []
    right: list[Piece] = []
    # Compared letter by letter as folded, where folding keeps their number; else as written.
    a, b = fold(one), fold(two)
    if len(a) != len(one) or len(b) != len(two):
        a, b = one.casefold(), two.casefold()
        if len(a) != len(one) or len(b) != len(two):
            a, b = one, two
    for what, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if a2 > a1:
            left.append(Piece(one[a1:a2], what != "equal"))
        if b2 > b1:
            right.append(Piece(two[b1:b2], what != "equal"))
    return left, right


def _whole(word: str) -> list[Piece]:
    return [Piece(word, True)] if word else []


def _joined(words: list[str], marked: dict[int, list[Piece]], rest: str) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for at, word in enumerate(words):
        if at:
            found.append(Piece(" ", False))
        found.extend(marked[at] if at in marked else [Piece(word, False)] if word else [])
    if rest:
        found.append(Piece(rest, False))
    together: list[Piece] = []
    for piece in found:
        if together and together[-1].differs == piece.differs:
            together[-1] = Piece(together[-1].text + piece.text, piece.differs)
        else:
            together.append(piece)
    return tuple(together)
