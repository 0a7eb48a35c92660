"""How likely in words. The thresholds stand here and nowhere else."""

from __future__ import annotations

from enum import StrEnum


class Degree(StrEnum):
    """What a probability is called."""

    ALMOST_CERTAIN = "almost_certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


FROM = {Degree.ALMOST_CERTAIN: 0.95, Degree.PROBABLE: 0.5, Degree.POSSIBLE: 0.01}
"""From which probability on each is said, the highest first. What is below all of them is not worth a word."""


def degree(probability: float) -> Degree | None:
    """The degree of a probability; None where nobody would be asked to look."""
    return next((name for name, least in FROM.items() if probability >= least), None)
