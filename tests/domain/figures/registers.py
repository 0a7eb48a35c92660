"""Random registers as state versions: what the timeline may write, small and full of hard cases.

Days lie around day 1000, instants around 100, so that everything meets everything. Hypothesis draws the
seed, and ordinary random numbers do the rest: dense registers matter more here than small ones.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import strategies as st

from constancia.domain.timeline.state import KNOWN_OPEN, OPEN_FUTURE, OPEN_PAST, StateVersion

FIRST, LAST = 1000, 1040
KNOWN = (79, 85, 95, 100, 105, 110, 200, 200, 200)

EXITS = {
    "in_custody": [
        ("release.under_measures", "out_under_measures"),
        ("release.house_arrest", "house_arrest"),
        ("release.full", "free"),
        ("release.unspecified", "out_unspecified"),
        ("release.exile", "exiled"),
        ("death", "dead"),
        ("escape", "escaped"),
    ],
    "house_arrest": [
        ("release.under_measures", "out_under_measures"),
        ("release.full", "free"),
        ("closed.amnesty", "free"),
        ("death", "dead"),
    ],
    "out_under_measures": [("closed.amnesty", "free"), ("closed.dismissal", "free")],
    "out_unspecified": [("release.under_measures", "out_under_measures"), ("closed.amnesty", "free")],
}
RECOGNITIONS = ["foro_penal:recognised"] * 5 + ["", "wgad:not_recognised", "pace_1900:recognised_retrial"]

Moment = tuple[int, int, int]


def moment(random: Random, after: int) -> Moment:
    """(earliest, day, latest), the day not before `after`."""
    day = random.randint(after, max(after, min(LAST, after + 15)))
    spread = random.choice([0, 0, 0, 1, 2, 5, 12])
    if random.random() < 0.1:
        return (OPEN_PAST, day, day) if random.random() < 0.5 else (day, day, OPEN_FUTURE)
    return day - spread, day, day + spread


def chain(random: Random, entry: Moment) -> list[tuple[str, Moment, Moment, str, str, int, int]]:
    """Spells from the entry on: (custody, start, end, exit kind, next custody, start grade, end grade)."""
    spells, custody, start, start_grade = [], "in_custody", entry, 3
    while True:
        exits = EXITS.get(custody, [])
        if not exits or random.random() < 0.4:
            end = (OPEN_FUTURE, OPEN_FUTURE, OPEN_FUTURE)
            return [*spells, (custody, start, end, "", "", start_grade, 0)]
        kind, into = random.choice(exits)
        earliest, day, latest = moment(random, start[1])
        end = (min(max(earliest, start[0]), day), day, max(latest, start[2]))
        grade = random.randint(1, 3)
        spells.append((custody, start, end, kind, into, start_grade, grade))
        custody, start, start_grade = into, end, grade


def attributes(random: Random) -> dict[str, str]:
    return {
        "profile": random.choice(["", "civilian", "military"]),
        "place": random.choice(["", "penal_norte", "penal_sur"]),
        "case_state": random.choice(["", "charged", "convicted"]),
        "whereabouts": random.choice(["known", "unknown"]),
        "measures": random.choice(["", "travel_ban", "bail travel_ban"]),
    }


def of_slice(random, person, detention, window, basis, grades, fixed) -> list[StateVersion]:
    """The rows of one detention in one window of known time under one range of exit grades."""
    entry, entry_grade, rows = moment(random, FIRST), random.choice([0, 1, 2, 3, 3, 3, 3]), []
    for spell, (custody, start, end, kind, into, start_grade, end_grade) in enumerate(chain(random, entry)):
        cuts = sorted(random.sample(range(FIRST - 5, LAST + 5), random.choice([0, 0, 1, 2])))
        for low, high in pairwise([OPEN_PAST, *cuts, OPEN_FUTURE]):
            rows.append(
                StateVersion(
                    person=person, detention=detention, spell=spell, basis=basis,
                    known_from=window[0], known_to=window[1], grade_low=grades[0], grade_high=grades[1],
                    entry_kind="arrest", entry_grade=entry_grade,
                    entry_earliest=entry[0], entry_day=entry[1], entry_latest=entry[2],
                    custody=custody, start_earliest=start[0], start_day=start[1], start_latest=start[2],
                    start_grade=start_grade, end_earliest=end[0], end_day=end[1], end_latest=end[2],
                    end_grade=end_grade, exit_kind=kind, next_custody=into, seg_from=low, seg_to=high,
                    **fixed, **attributes(random),
                )
            )  # fmt: skip
    return rows


def of_detention(random: Random, person: int, detention: int, persons: int) -> list[StateVersion]:
    """Windows of known time, some of them under another person (identities are merged and split)."""
    cuts = sorted(random.sample([90, 100, 110], random.choice([0, 1, 1, 2])))
    edges = [*([] if cuts and random.random() < 0.3 else [80]), *cuts, KNOWN_OPEN]
    rows = []
    for low, high in pairwise(edges):
        if random.random() < 0.08:
            continue  # withdrawn, and perhaps taken up again
        who = person if random.random() < 0.85 else random.randint(1, persons)
        fixed = {
            "sex": random.choice(["", "woman", "man", "other"]),
            "adult_from": random.choice([-1, 0, 0, 1010, 1025]),
            "nationality": "", "state": "", "authority": "", "occupation": "",
            "context": random.choice(["", "", "post_electoral"]),
            "groups": random.choice(["", "ill", "ill older"]),
            "recognition": random.choice(RECOGNITIONS),
        }  # fmt: skip
        for basis in random.choice([[0], [0], [1, 2]]):
            for grades in random.choice([[(1, 3)], [(1, 3)], [(1, 1), (2, 3)], [(1, 2), (3, 3)]]):
                rows += of_slice(random, who, detention, (low, high), basis, grades, fixed)
    return rows


def register(random: Random, size: int = 25) -> list[StateVersion]:
    """State versions of up to `size` detentions."""
    rows = []
    persons = max(1, size * 2 // 3)
    for detention in range(1, random.randint(1, size) + 1):
        rows += of_detention(random, random.randint(1, persons), detention, persons)
    return rows


seeds = st.integers(0, 2**32).map(Random)
"""Strategy: a source of random numbers, whose seed hypothesis shows when a test fails."""
