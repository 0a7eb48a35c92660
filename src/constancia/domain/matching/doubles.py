"""Two people of one register who may be one: everybody is looked for among the others.

A register is made of people whom somebody told apart, so that two of them are one only rarely: of a hundred
people perhaps three were entered twice. Each is asked for as an entry of a list would be, once from either
side, and the lower of the two probabilities counts, so that the order does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from constancia.domain.matching.engine import Index
from constancia.domain.matching.shapes import Candidate, Known, Mention, Reason

ENTERED_TWICE = 0.03
"""Share of people who are expected to stand in a register twice."""
TOP = 6
KEPT = 16
"""People compared word by word with each: who is entered twice is among the nearest."""
WORTH_KEEPING = 0.05
_PIECE = 500


@dataclass(frozen=True, slots=True)
class Double:
    """Two people (keys, `one` < `other`), how likely they are one, and why: `theirs` is of `one`."""

    one: int
    other: int
    probability: float
    reasons: tuple[Reason, ...]


def as_mention(known: Known) -> Mention:
    """A person of the register as a list would tell of them."""
    return Mention(
        known.names[0],
        document=known.documents[0] if known.documents else "",
        born=known.born,
        sex=known.sex,
        state=known.states[0] if known.states else "",
        place=known.places[0] if known.places else "",
        day=known.days[0] if known.days else None,
        occupation=known.occupation,
    )


def doubles(
    index: Index,
    *,
    least: float = 0.5,
    among: Collection[int] | None = None,
    told: Callable[[int], None] | None = None,
) -> list[Double]:
    """Pairs with at least that probability, the likeliest first; `among`: only those with one of these keys.

    `told` is called with how many people were looked for, now and then.
    """
    asked = [one for one in index.people() if among is None or one.key in among]
    found = _asked(index, asked, told)
    if among is not None:
        others = {key for pair in found for key in pair} - set(among)
        found = _joined(
            found, _asked(index, [one for key in sorted(others) if (one := index.known(key))], None)
        )
    doubled = [
        Double(one, other, probability, sides[min(sides)].reasons)
        for (one, other), sides in found.items()
        if len(sides) == 2 and (among is None or one in among or other in among)
        if (probability := min(side.probability for side in sides.values())) >= least
    ]
    return sorted(doubled, key=lambda double: (-double.probability, double.one, double.other))


Found = dict[tuple[int, int], dict[int, Candidate]]
"""Pair → from which side → what was found."""


def _asked(index: Index, asked: Sequence[Known], told: Callable[[int], None] | None) -> Found:
    found: Found = {}
    for start in range(0, len(asked), _PIECE):
        piece = asked[start : start + _PIECE]
        answers = index.match(
            [as_mention(one) for one in piece],
            top=TOP,
            coverage=ENTERED_TWICE,
            leaving_out=[one.key for one in piece],
            kept=KEPT,
        )
        for known, answer in zip(piece, answers, strict=True):
            for candidate in answer.candidates:
                if candidate.probability >= WORTH_KEEPING:
                    pair = (min(known.key, candidate.key), max(known.key, candidate.key))
                    found.setdefault(pair, {})[known.key] = candidate
        if told:
            told(start + len(piece))
    return found


def _joined(one: Found, other: Found) -> Found:
    return {pair: one.get(pair, {}) | other.get(pair, {}) for pair in {**one, **other}}
