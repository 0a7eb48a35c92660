"""Learns what the parts of an alignment are worth, from invented registers and lists.

    make fit-matching      writes src/constancia/domain/matching/weights/names-1.toml anew

Nothing of the lists that are kept for reporting is used: other seeds, and not the list of CONSTANCIA_SHARED.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from constancia.domain.matching.aligning import FEATURES, align
from constancia.domain.matching.retrieving import Retriever
from constancia.domain.matching.table import BELIEVED, Table
from constancia.domain.names.parts import words_of
from tools.matching.entries import Trial, invented, names_only

Floats = NDArray[np.float64]

SETS = (
    (101, 100_000, 1.0),
    (102, 100_000, 1.0),
    (103, 2_000, 1.0),
    (104, 20_000, 1.0),
    (105, 100_000, 0.5),
    (106, 10_000, 0.5),
    (107, 400, 1.0),
    (108, 400, 0.5),
    (109, 1_000, 1.0),
)
"""Seed, size of the register, carelessness of the list."""
START = {
    "surprise_exact": 1, "surprise_sound": 1, "surprise_other": 1, "level_sound": -1.5, "level_form": -2.5,
    "level_slip": -2.5,
    "level_near_sound": -4, "level_short": -3.5, "level_initial": -1, "level_two_slips": -6,
    "missing_given": -3.5, "missing_given_more": -0.5, "missing_surname": -4.5, "missing_surname_more": -0.5,
    "conflict_given": -7, "conflict_given_more": -6, "conflict_surname": -7, "conflict_surname_more": -6,
    "extra": -4.5, "turned": -0.5, "disorder": -3, "level_exact": 0,
}  # fmt: skip
NOBODY = {"nobody": -4.0, "per_doubling": 1.0, "kin": -4.0}
"""See `weighing.Weights`; where they start."""
PRIOR = 3e-4
"""How strongly the weights are drawn to START."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Rows of one trial: which mention, the features, whether it is the right person."""

    people: int
    mention: NDArray[np.int64]
    features: Floats
    kin: Floats
    right: NDArray[np.bool_]
    counts: NDArray[np.bool_]
    """Mentions that count: those whose person was retrieved, and those of nobody."""
    nobody: NDArray[np.bool_]


def lesson(trial: Trial) -> Lesson:
    table = Table(trial.people)
    mentions = [words_of(one.name) for one in trial.mentions]
    near = table.vocabulary.neighbours(word for words in mentions for word in words)
    retriever = Retriever(table, near)
    aligned = align(table, mentions, near, [retriever.candidates(words, None) for words in mentions])
    truth = np.array(trial.truth)
    right = table.person[aligned.form] == truth[aligned.mention]
    found = np.zeros(len(truth), bool)
    found[aligned.mention[right]] = True
    nobody = truth < 0
    return Lesson(
        len(trial.people) + BELIEVED,
        aligned.mention,
        aligned.features.astype(float),
        aligned.kin.astype(float),
        right,
        found | nobody,
        nobody,
    )


def loss(weights: Floats, start: Floats, lessons: Sequence[Lesson]) -> tuple[float, Floats]:
    """Mean negative log-likelihood in bits, with its gradient; `weights`: of FEATURES, then NOBODY."""
    total, gradient, count = 0.0, np.zeros_like(weights), 0
    worth, (nobody, per_doubling, family) = weights[: -len(NOBODY)], weights[-len(NOBODY) :]
    for one in lessons:
        score, kin = one.features @ worth, one.kin @ worth + family
        size = float(np.log2(one.people))
        none = per_doubling * size + nobody
        top = np.full(len(one.counts), none)
        np.maximum.at(top, one.mention, np.maximum(score, kin))
        raised, related = np.exp2(score - top[one.mention]), np.exp2(kin - top[one.mention])
        stranger = np.exp2(none - top)
        absent = stranger.copy()
        np.add.at(absent, one.mention, related)
        whole = absent.copy()
        np.add.at(whole, one.mention, raised)
        share = raised / whole[one.mention]
        right = np.zeros(len(one.counts))
        np.add.at(right, one.mention[one.right], share[one.right])
        right = np.where(one.nobody, absent / whole, right)
        total -= float(np.log2(np.maximum(right[one.counts], 1e-12)).sum())
        count += int(one.counts.sum())
        # Of a softmax over groups: the share of each, less its share of the right group.
        mine = one.counts[one.mention]
        of_person = (share - one.right) * mine
        of_absent = 1 / whole - np.where(one.nobody, 1 / absent, 0)
        of_kin = related * of_absent[one.mention] * mine
        of_stranger = float((stranger * of_absent * one.counts).sum())
        gradient[: -len(NOBODY)] += of_person @ one.features + of_kin @ one.kin
        gradient[-3:] += (of_stranger, of_stranger * size, float(of_kin.sum()))
    away = weights - start
    return total / count + PRIOR * float(away @ away), gradient / count + 2 * PRIOR * away


def fitted(lessons: Sequence[Lesson], steps: int = 600) -> Floats:
    """Adam (Kingma and Ba 2015), with a step that shrinks: smooth and convex up to the alignment."""
    start = np.array([*(START[name] for name in FEATURES), *NOBODY.values()])
    weights, mean, square = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, steps + 1):
        _, gradient = loss(weights, start, lessons)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = 0.15 * (1 - step / (steps + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    return weights


def _trial(names: Path, seed: int, size: int, hand: float) -> Trial:
    return invented(names, seed, size, present=min(1000, size // 2), absent=min(300, size // 6), hand=hand)


def main() -> None:
    parser = argparse.ArgumentParser(prog="fit", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", type=Path, help="the folder with the tables of names")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    lessons = [lesson(names_only(_trial(given.names, *one))) for one in SETS]
    found = fitted(lessons)
    lost = loss(found, found, lessons)[0]
    told = dict(zip(FEATURES, found, strict=False))
    lines = [
        "# What each part of an alignment is worth, in bits (weighing.py). Written by `make fit-matching`",
        f"# from {len(SETS)} invented registers with a list each; mean loss {lost:.3f} bits.",
        "",
        *(f"{name} = {value:.2f}" for name, value in zip(NOBODY, found[-len(NOBODY) :], strict=True)),
        f"coverage = {1000 / 1300:.3f}",
        "",
        "[bits]",
        *(f"{name} = {told[name]:.2f}" for name in FEATURES),
    ]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
