"""State versions of invented people, as whole numbers, for measuring counting without a register.

Four rows per person on average: held as reported, held as verified, then out, some with two exit grades.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from constancia.apps.figures.reading import COLUMNS
from constancia.domain.timeline.state import KNOWN_OPEN, OPEN_FUTURE
from constancia.infra.columnar import Rows

TERMS = [
    "",
    "in_custody",
    "out_under_measures",
    "free",
    "release.under_measures",
    "release.full",
    "woman",
    "man",
    "civilian",
    "military",
    "national",
    "foreign",
    "convicted",
    "charged",
    "foro_penal:recognised",
    "known",
    *(f"state_{n}" for n in range(24)),
    *(f"place_{n}" for n in range(400)),
]
DAY = 86_400_000_000
FIRST, LAST = 735_000, 739_600
"""Days of the first and the last arrest: 2013 to 2026."""
EPOCH = 719_163
"""Ordinal of 1 January 1970."""


class SyntheticStates:
    """A StateReader over `people` invented people, always the same ones for a seed."""

    def __init__(self, people: int, seed: int = 1) -> None:
        random = np.random.default_rng(seed)
        number = {text: n for n, text in enumerate(TERMS)}
        p = np.arange(1, people + 1)
        arrest = random.integers(FIRST, LAST, people)
        imprecise = np.where(random.random(people) < 0.1, random.integers(1, 15, people), 0)
        known = (arrest - EPOCH + random.integers(0, 60, people)) * DAY
        stay = random.integers(1, 900, people)
        released = random.random(people) < 0.85
        exit_known = known + (stay + random.integers(0, 20, people)) * DAY
        full = random.random(people) < 0.3
        base = {
            "person": p,
            "detention": p,
            "basis": np.zeros(people),
            "entry_earliest": arrest - imprecise,
            "entry_latest": arrest + imprecise,
            "entry_day": arrest,
            "seg_from": np.zeros(people),
            "seg_to": np.full(people, OPEN_FUTURE),
            "adult_from": np.where(random.random(people) < 0.03, arrest + 300, 0),
            "sex": np.where(random.random(people) < 0.2, number["woman"], number["man"]),
            "profile": np.where(random.random(people) < 0.2, number["military"], number["civilian"]),
            "nationality": np.where(random.random(people) < 0.05, number["foreign"], number["national"]),
            "state": number["state_0"] + random.integers(0, 24, people),
            "place": number["place_0"] + random.integers(0, 400, people),
            "case_state": np.where(random.random(people) < 0.3, number["convicted"], number["charged"]),
            "recognition": np.where(random.random(people) < 0.9, number["foro_penal:recognised"], 0),
            "whereabouts": np.full(people, number["known"]),
        }
        held = {
            "custody": np.full(people, number["in_custody"]),
            "start_earliest": base["entry_earliest"],
            "start_latest": base["entry_latest"],
            "start_day": arrest,
        }
        still = {side: np.full(people, OPEN_FUTURE) for side in ("end_earliest", "end_latest", "end_day")}
        leaving = np.maximum(arrest + stay, base["entry_latest"])
        out = dict.fromkeys(("end_earliest", "end_latest", "end_day"), leaving)
        out["exit_kind"] = np.where(full, number["release.full"], number["release.under_measures"])
        out["next_custody"] = np.where(full, number["free"], number["out_under_measures"])
        after = {f"start_{side}": leaving for side in ("earliest", "latest", "day")}
        after |= {"custody": out["next_custody"], "spell": np.ones(people)}
        verified = known + random.integers(1, 20, people) * DAY
        end = np.where(released, np.maximum(exit_known, verified), KNOWN_OPEN)
        confirmed = end + random.integers(1, 10, people) * DAY
        self._rows = np.concatenate(
            [
                self._of(base, held, still, known, verified, 1, 3, 1),
                self._of(base, held, still, verified, end, 1, 3, 3),
                *(
                    self._of(base, part, tail, low, high, least, most, 3)[released]
                    for part, tail, low, high, least, most in (
                        (held, still, end, confirmed, 2, 3),
                        (held, out, end, confirmed, 1, 1),
                        (held, out, confirmed, np.full(people, KNOWN_OPEN), 1, 3),
                        (after, still, confirmed, np.full(people, KNOWN_OPEN), 1, 3),
                    )
                ),
            ]
        )

    def _of(
        self,
        base: Mapping[str, Rows],
        spell: Mapping[str, Rows],
        tail: Mapping[str, Rows],
        known_from: Rows,
        known_to: Rows,
        low: int,
        high: int,
        grade: int,
    ) -> Rows:
        people = len(known_from)
        given = {**base, **spell, **tail, "known_from": known_from, "known_to": known_to}
        whole = {"grade_low": low, "grade_high": high, "entry_grade": grade}
        lines = [given.get(name, np.full(people, whole.get(name, 0))) for name in COLUMNS]
        return np.stack(lines, axis=1).astype(np.int64)

    def latest_change(self) -> int:
        return 1

    def all_rows(self) -> Iterator[Rows]:
        for start in range(0, len(self._rows), 20_000):
            yield self._rows[start : start + 20_000]

    def rewritten(self, after: int, upto: int) -> Sequence[int]:
        return []

    def rows_of(self, detentions: Sequence[int]) -> Rows:
        return self._rows[:0]

    def erased(self) -> Mapping[int, int]:
        return {}

    def terms(self, after: int) -> Mapping[int, str]:
        return {n: text for n, text in enumerate(TERMS) if n > after}
