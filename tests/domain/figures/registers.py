"""Random registers as state versions: what the timeline may write, small and full of hard cases.

Days lie around day 1000, instants around 100, so that everything meets everything.
"""

from __future__ import annotations

from hypothesis import strategies as st

from constancia.domain.timeline.state import KNOWN_OPEN, OPEN_FUTURE, OPEN_PAST, StateVersion

FIRST, LAST = 1000, 1040

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


@st.composite
def moments(draw, after):
    """(earliest, day, latest), the day not before `after`."""
    day = draw(st.integers(after, LAST))
    spread = draw(st.sampled_from([0, 0, 0, 1, 2, 5, 12]))
    earliest, latest = day - spread, day + spread
    if draw(st.integers(0, 9)) == 0:
        return (OPEN_PAST, day, day) if draw(st.booleans()) else (day, day, OPEN_FUTURE)
    return earliest, day, latest


@st.composite
def chains(draw, entry):
    """Spells from the entry on: (custody, start, end, exit kind, next custody, exit grade)."""
    spells, custody, start, start_grade = [], "in_custody", entry, 3
    while True:
        exits = EXITS.get(custody, [])
        if not exits or not draw(st.booleans()):
            end = (OPEN_FUTURE, OPEN_FUTURE, OPEN_FUTURE)
            return [*spells, (custody, start, end, "", "", start_grade, 0)]
        kind, into = draw(st.sampled_from(exits))
        earliest, day, latest = draw(moments(start[1]))
        end = (min(max(earliest, start[0]), day), day, max(latest, start[2]))
        grade = draw(st.integers(1, 3))
        spells.append((custody, start, end, kind, into, start_grade, grade))
        custody, start, start_grade = into, end, grade


@st.composite
def attributes(draw):
    return {
        "profile": draw(st.sampled_from(["", "civilian", "military"])),
        "place": draw(st.sampled_from(["", "penal_norte", "penal_sur"])),
        "case_state": draw(st.sampled_from(["", "charged", "convicted"])),
        "whereabouts": draw(st.sampled_from(["known", "unknown"])),
        "measures": draw(st.sampled_from(["", "travel_ban", "bail travel_ban"])),
    }


@st.composite
def slices(draw, person, detention, window, basis, grades, fixed):
    """The rows of one detention in one window of known time under one range of exit grades."""
    entry = draw(moments(FIRST))
    entry_grade = draw(st.integers(0, 3))
    rows = []
    for spell, (custody, start, end, kind, into, start_grade, end_grade) in enumerate(draw(chains(entry))):
        cuts = sorted(draw(st.sets(st.integers(FIRST - 5, LAST + 5), max_size=2)))
        for low, high in zip([OPEN_PAST, *cuts], [*cuts, OPEN_FUTURE], strict=True):
            rows.append(
                StateVersion(
                    person=person, detention=detention, spell=spell, basis=basis,
                    known_from=window[0], known_to=window[1], grade_low=grades[0], grade_high=grades[1],
                    entry_kind="arrest", entry_grade=entry_grade,
                    entry_earliest=entry[0], entry_day=entry[1], entry_latest=entry[2],
                    custody=custody, start_earliest=start[0], start_day=start[1], start_latest=start[2],
                    start_grade=start_grade, end_earliest=end[0], end_day=end[1], end_latest=end[2],
                    end_grade=end_grade, exit_kind=kind, next_custody=into, seg_from=low, seg_to=high,
                    **fixed, **draw(attributes()),
                )
            )  # fmt: skip
    return rows


@st.composite
def detentions(draw, person, detention):
    cuts = sorted(draw(st.sets(st.sampled_from([90, 100, 110]), max_size=2)))
    edges = [*cuts, KNOWN_OPEN] if cuts and draw(st.booleans()) else [80, *cuts, KNOWN_OPEN]
    rows = []
    for low, high in zip(edges, edges[1:], strict=False):
        who = draw(st.sampled_from([person, person, person, 1]))
        fixed = {
            "sex": draw(st.sampled_from(["", "woman", "man", "other"])),
            "adult_from": draw(st.sampled_from([-1, 0, 0, 1010, 1025])),
            "nationality": "", "state": "", "authority": "", "occupation": "",
            "context": draw(st.sampled_from(["", "post_electoral"])),
            "groups": draw(st.sampled_from(["", "ill", "ill older"])),
            "recognition": draw(
                st.sampled_from(["", "foro_penal:recognised", "wgad:not_recognised", "pace_1900:recognised_retrial"])
            ),
        }  # fmt: skip
        for basis in draw(st.sampled_from([[0], [0], [1, 2]])):
            split = draw(st.sampled_from([[(1, 3)], [(1, 3)], [(1, 1), (2, 3)], [(1, 2), (3, 3)]]))
            for grades in split:
                rows += draw(slices(who, detention, (low, high), basis, grades, fixed))
    return rows


@st.composite
def registers(draw):
    """A list of StateVersion of a few persons with a few detentions."""
    rows = []
    for detention in range(1, draw(st.integers(1, 5)) + 1):
        rows += draw(detentions(draw(st.integers(1, 3)), detention))
    return rows
