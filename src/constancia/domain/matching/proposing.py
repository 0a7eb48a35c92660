"""What a list as a whole proposes: one person for one entry at most, and nobody is always possible."""

from __future__ import annotations

from collections.abc import Sequence

from constancia.domain.matching.shapes import Matched, Proposal, Proposed

ACCEPT = 0.95
"""From which probability on a person is proposed; a desk may choose another."""
NEW = 0.95
"""From which probability of nobody on an entry is proposed as new."""


def propose(found: Sequence[Matched], *, accept: float = ACCEPT, new: float = NEW) -> list[Proposal]:
    """One proposal per entry, in order."""
    taken: set[int] = set()
    proposals: dict[int, Proposal] = {}
    order = sorted(
        range(len(found)),
        key=lambda at: -(found[at].candidates[0].probability if found[at].candidates else 0.0),
    )
    for at in order:
        one = found[at]
        first = next((c for c in one.candidates if c.key not in taken), None)
        if first is not None and first.probability >= accept:
            taken.add(first.key)
            proposals[at] = Proposal(Proposed.PERSON, first.key, first.probability, one.margin)
        elif one.comparable and one.nobody >= new:
            proposals[at] = Proposal(Proposed.NEW, None, one.nobody, one.margin)
        else:
            proposals[at] = Proposal(Proposed.UNSURE, None, first.probability if first else 0.0, one.margin)
    return [proposals[at] for at in range(len(found))]
