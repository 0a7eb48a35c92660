"""What is proposed for each entry of a list: a person, somebody new, or that a person should look.

Costs are not alike: to propose nobody costs a look, to propose the wrong person may cost a liberty. So a
person is proposed only from a high probability on, and where another entry of the list may be the same
person too, each of the two makes the other less certain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from constancia.domain.matching.assigning import assigned
from constancia.domain.matching.degrees import ACCEPT, NEW
from constancia.domain.matching.shapes import Candidate, Matched, Proposal, Proposed


def propose(found: Sequence[Matched], *, accept: float = ACCEPT, new: float = NEW) -> list[Proposal]:
    """One proposal per entry, in order. Entries that repeat another word for word should be left out."""
    rivals = _claims(found)
    return [
        _proposal(one, chosen, rivals, accept, new)
        for one, chosen in zip(found, assigned(found), strict=True)
    ]


def _claims(found: Sequence[Matched]) -> dict[int, list[float]]:
    """Person → with which probabilities the entries of the list are that person."""
    claims: dict[int, list[float]] = defaultdict(list)
    for one in found:
        for candidate in one.candidates:
            claims[candidate.key].append(candidate.probability)
    return claims


def _proposal(
    one: Matched, chosen: Candidate | None, claims: dict[int, list[float]], accept: float, new: float
) -> Proposal:
    margin = one.margin
    if chosen is not None:
        probability = _alone(chosen.probability, claims[chosen.key])
        if probability >= accept:
            return Proposal(Proposed.PERSON, chosen.key, probability, margin)
        return Proposal(Proposed.UNSURE, None, probability, margin)
    if one.comparable and one.nobody >= new:
        return Proposal(Proposed.NEW, None, one.nobody, margin)
    return Proposal(Proposed.UNSURE, None, one.nobody, margin)


def _alone(probability: float, claims: Sequence[float]) -> float:
    """The probability of one claim on a person, given that no two entries are the same person."""
    others = list(claims)
    others.remove(probability)
    odds = probability / max(1 - probability, 1e-12)
    rivals = sum(other / max(1 - other, 1e-12) for other in others)
    return odds / (1 + odds + rivals)
