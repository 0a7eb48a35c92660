"""Two people of one register who may be one: everybody is looked for among the others.

A register is made of people whom somebody told apart, so that two of them are one only rarely: of a hundred
people perhaps three were entered twice. Each is asked for as an entry of a list would be, once from either
side, and the lower of the two probabilities counts, so that the order does not matter.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from constancia.domain.matching.engine import Index
from constancia.domain.matching.shapes import Candidate, Known, Mention, Reason

ENTERED_TWICE = 0.03
"""Share of people who are expected to stand in a register twice."""
TOP = 6


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


def doubles(index: Index, *, least: float = 0.5, among: Collection[int] | None = None) -> list[Double]:
    """Pairs with at least that probability, the likeliest first; `among`: only from these people's side."""
    asked = [one for one in index.people() if one.names and (among is None or one.key in among)]
    found: dict[tuple[int, int], dict[int, Candidate]] = {}
    answers = index.match(
        [as_mention(one) for one in asked],
        top=TOP,
        coverage=ENTERED_TWICE,
        leaving_out=[one.key for one in asked],
    )
    for known, answer in zip(asked, answers, strict=True):
        for candidate in answer.candidates:
            pair = (min(known.key, candidate.key), max(known.key, candidate.key))
            found.setdefault(pair, {})[known.key] = candidate
    told = [
        Double(one, other, probability, sides[min(sides)].reasons)
        for (one, other), sides in found.items()
        if len(sides) == 2 or among is not None
        if (probability := min(side.probability for side in sides.values())) >= least
    ]
    return sorted(told, key=lambda double: (-double.probability, double.one, double.other))
