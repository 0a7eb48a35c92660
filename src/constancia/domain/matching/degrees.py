"""How likely in words. The thresholds stand here and nowhere else."""

from __future__ import annotations

from constancia.domain.vocabulary.terms import Likelihood

FROM = {Likelihood.ALMOST_CERTAIN: 0.95, Likelihood.PROBABLE: 0.5, Likelihood.POSSIBLE: 0.05}
"""From which probability on each is said, the highest first. What is below all of them is left unsaid."""

ACCEPT = 0.95
"""From which probability on a person is proposed; a desk may choose another."""
NEW = 0.95
"""From which probability of nobody on an entry is proposed as new."""


def likelihood(probability: float) -> Likelihood | None:
    """The word for a probability; None where nobody would be asked to look."""
    return next((word for word, least in FROM.items() if probability >= least), None)
