"""Invented tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product

import numpy as np

from constancia.domain.disclosure.system import Nested
from constancia.domain.disclosure.table import Table

_STATES = (60, 55, 45, 40, 35, 30, 25, 25, 20, 15, 14, 12, 11, 11, 9, 8, 8, 6, 5, 4, 3, 2, 1, 0.5)


def table(name: str, **counts: int) -> Table:
    """By one dimension, of the same name."""
    return Table(name, (name,), {(category,): count for category, count in counts.items()}, "held")


def random_table(seed: int, dimensions: int | None = None, most: int = 5) -> Table:
    """One to three dimensions of two to `most` categories with few people in many cells."""
    random = np.random.default_rng(seed)
    size = dimensions or int(random.integers(1, 4))
    shape = [int(random.integers(2, most + 1)) for _ in range(size)]
    mean = random.gamma(0.8, 6.0, shape)
    counts = random.poisson(mean)
    names = [[f"{'abc'[k]}{i}" for i in range(n)] for k, n in enumerate(shape)]
    cells = dict(zip(product(*names), (int(n) for n in counts.ravel()), strict=True))
    return Table("held", tuple(f"d{k}" for k in range(size)), cells, "held")


def layout_of_225_cells() -> Table:
    """24 states, two sexes, civilians and military with all margins: the layout of the study of methods."""
    means = np.array(_STATES)[:, None, None] * np.array([[0.62, 0.25], [0.12, 0.01]])[None]
    counts = np.random.default_rng(3).poisson(means)
    cells = {
        (f"s{i:02}", ("man", "woman")[j], ("civilian", "military")[k]): int(counts[i, j, k])
        for i, j, k in product(range(24), range(2), range(2))
    }
    return Table("held_by_state_sex_profile", ("state", "sex", "profile"), cells, "held")


SHARES: dict[str, dict[str, float]] = {
    "sex": {"man": 0.85, "woman": 0.13, "other": 0.005, "not_known": 0.015},
    "profile": {"civilian": 0.6, "military": 0.3, "police": 0.05, "not_known": 0.05},
    "age_group": {"adult": 0.96, "adolescent": 0.02, "not_known": 0.02},
    "convicted": {"convicted": 0.3, "not_convicted": 0.5, "not_known": 0.2},
    "nationality": {"national": 0.88, "foreign": 0.06, "dual": 0.03, "not_known": 0.03},
}
ASKED = (
    ("state",),
    ("state", "sex"),
    ("state", "profile"),
    ("state", "age_group"),
    ("state", "convicted"),
    ("state", "nationality"),
    ("place",),
    ("sex",),
    ("sex", "profile"),
)


def people(seed: int, number: int = 900) -> dict[str, list[str]]:
    """A category of each dimension for each of `number` invented people."""
    random = np.random.default_rng(seed)
    means = np.array([*_STATES, 6.0])
    states = random.choice(25, number, p=means / means.sum())
    columns = {"state": ["not_known" if s == 24 else f"s{s:02}" for s in states]}
    for dimension, shares in SHARES.items():
        share = np.array(list(shares.values()))
        columns[dimension] = [str(one) for one in random.choice(list(shares), number, p=share / share.sum())]
    columns["place"] = [
        "not_known" if s == 24 else f"s{s:02} place {random.integers(0, 2) if s < 15 else 0}" for s in states
    ]
    return columns


def counted(columns: dict[str, list[str]], asked: Sequence[tuple[str, ...]] = ASKED) -> list[Table]:
    """Linked tables of the same people."""
    return [
        Table(
            "held_by_" + "_".join(dimensions),
            dimensions,
            dict(Counter(zip(*(columns[d] for d in dimensions), strict=True))),
            "held",
            tuple(tuple(sorted(set(columns[d]))) for d in dimensions),
        )
        for dimensions in asked
    ]


def places_in_states(columns: dict[str, list[str]]) -> Nested:
    pairs = dict(zip(columns["place"], columns["state"], strict=True))
    return Nested("place", "state", {place: state for place, state in pairs.items() if place != "not_known"})
