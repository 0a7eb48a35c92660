"""How much each part of an alignment is worth. The numbers are data, learned from invented lists.

For a mention and the people who may be meant, with "nobody of the register" as one more: the probability of
each is in proportion to 2 to the power of its weight (a conditional logit, McFadden 1974, whose weights are
those of Fellegi and Sunter, 1969: how many times likelier what is seen is if it is one person). Weights of
"nobody": a stranger (`nobody_at`), or somebody of the family of each of these people: a brother or a
daughter shares the surnames, and the given name is anybody's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from constancia.domain.matching.aligning import FEATURES

CURRENT = "names-1"


@dataclass(frozen=True, slots=True)
class Weights:
    """`features`: bits per FEATURES, in that order. `coverage`: the share of a list's people in the register
    that the rest was learned with. `kin`: bits of somebody of the family who is not in the register."""

    features: NDArray[np.float64]
    nobody: float
    per_doubling: float
    kin: float
    coverage: float

    def nobody_at(self, people: int, coverage: float) -> float:
        """The weight of "nobody" in a register of so many people, of whom a list has `coverage`, in bits."""
        return float(self.per_doubling * np.log2(max(people, 2)) + self.nobody + self.odds(coverage))

    def odds(self, coverage: float) -> float:
        """What an expected coverage other than the one it was learned with adds to "nobody", in bits."""
        share = min(max(coverage, 0.01), 0.99)
        return float(np.log2((1 - share) / share) - np.log2((1 - self.coverage) / self.coverage))


@cache
def weights(name: str = CURRENT) -> Weights:
    """The weights called so (`weights/<name>.toml`)."""
    text = files("constancia.domain.matching").joinpath("weights").joinpath(f"{name}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    told: Mapping[str, float] = data["bits"]
    return Weights(
        np.array([told[one] for one in FEATURES]),
        float(data["nobody"]),
        float(data["per_doubling"]),
        float(data["kin"]),
        float(data["coverage"]),
    )
