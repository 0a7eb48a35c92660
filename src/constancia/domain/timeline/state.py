"""State versions: what the fold of facts writes, and what every figure counts.

One row stands for one spell of one detention (a stretch in one custody state), in one window of
known time, under a range of exit grades, cut where breakdown attributes change. Days are proleptic
ordinals (`date.toordinal`); instants are microseconds since 1970 UTC.
"""

from __future__ import annotations

from dataclasses import dataclass

OPEN_PAST = 0
"""Day ordinal that stands for "no earliest day known"."""
OPEN_FUTURE = 4_000_000
"""Day ordinal that stands for "no end known"."""
KNOWN_OPEN = 2**62
"""Instant that stands for "still so"."""
AGE_UNKNOWN = -1
"""`adult_from` of somebody of whom neither birth, age nor group is known."""

BASIS_BOTH, BASIS_DECLARED, BASIS_WITNESSED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class StateVersion:
    """See the module. Half-open windows: known_from ≤ T < known_to, start ≤ D < end, seg_from ≤ D < seg_to.

    `grade_low`..`grade_high`: the row holds for every figure whose minimum exit grade lies in that
    range (1..3), for an exit below the minimum leaves the person inside.
    `adult_from`: the day of the 18th birthday if the person was a minor when the detention began,
    0 if adult throughout, AGE_UNKNOWN if not known.
    `exit_kind`: how the spell ended: "release.<kind>", "death", "escape", "closed.<kind>", "" while open.
    `measures`, `groups`, `recognition` are space-joined sorted codes; recognition entries are
    "<framework>:<outcome>". Empty text means "not known" (or none).
    """

    person: int
    detention: int
    spell: int
    basis: int
    known_from: int
    known_to: int
    grade_low: int
    grade_high: int
    entry_kind: str
    entry_grade: int
    entry_earliest: int
    entry_latest: int
    entry_day: int
    custody: str
    start_earliest: int
    start_latest: int
    start_day: int
    start_grade: int
    end_earliest: int
    end_latest: int
    end_day: int
    end_grade: int
    exit_kind: str
    next_custody: str
    seg_from: int
    seg_to: int
    sex: str
    adult_from: int
    profile: str
    nationality: str
    state: str
    place: str
    authority: str
    case_state: str
    context: str
    occupation: str
    groups: str
    measures: str
    whereabouts: str
    recognition: str
