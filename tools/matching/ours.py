"""The engine's answers to a list, as `measuring` wants them."""

from __future__ import annotations

from time import perf_counter

from constancia.domain.matching.engine import Index
from constancia.domain.matching.shapes import Matched
from tools.matching.entries import Trial
from tools.matching.measuring import Answers


def answered(trial: Trial, index: Index | None = None) -> tuple[Answers, list[Matched]]:
    """Builds the index (unless given) and asks it."""
    start = perf_counter()
    index = index or Index(trial.people)
    built = perf_counter()
    found = index.match(trial.mentions)
    done = perf_counter()
    return (
        Answers(
            trial.truth,
            [one.candidates[0].key if one.candidates else -1 for one in found],
            [one.candidates[0].probability if one.candidates else 0.0 for one in found],
            [one.margin for one in found],
            [
                truth >= 0 and truth in [c.key for c in one.candidates]
                for one, truth in zip(found, trial.truth, strict=True)
            ],
            done - built,
            built - start,
        ),
        found,
    )
