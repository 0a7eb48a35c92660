"""What holds of every history, tried on random ones."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.dates import UNKNOWN, ImpreciseDate
from constancia.domain.facts.record import Attestation, Fact, History, Review
from constancia.domain.timeline import fold
from constancia.domain.timeline.moments import micros
from constancia.domain.timeline.state import (
    BASIS_BOTH,
    BASIS_DECLARED,
    BASIS_WITNESSED,
    KNOWN_OPEN,
    OPEN_FUTURE,
    OPEN_PAST,
    StateVersion,
)
from constancia.domain.vocabulary.terms import Verdict
from tests.support.effort import examples

from .story import CARACAS, LAWYER, OFFICIAL, POLICY, PRESS, RELATIVE, VOLUNTEER

FIRST = date(2026, 1, 1)
START = datetime(2026, 1, 1, tzinfo=UTC)
CUSTODIES = ("in_custody", "house_arrest", "out_under_measures", "out_unspecified", "free", "exiled", "dead")
MANY = settings(max_examples=examples(80), deadline=None)

_KINDS: list[tuple[str, dict[str, Any]]] = [
    ("arrest", {}),
    ("arrest", {"held_at": "Comando A", "state": "lara"}),
    ("disappearance", {}),
    ("seen_held", {"place": "Penal B"}),
    ("transfer", {"place": "Penal C", "step": 1}),
    ("transfer", {"place": "Penal D", "step": 2}),
    ("charge", {}),
    ("release_order", {}),
    ("measure_imposed", {"measure": "travel_ban"}),
    ("measure_lifted", {"measure": "travel_ban"}),
    *(
        ("release", {"release": kind})
        for kind in ("under_measures", "house_arrest", "full", "exile", "unspecified")
    ),
    ("case_closed", {"closure": "amnesty"}),
    ("death_in_custody", {}),
    ("recognition", {"framework": "pace_1900", "outcome": "recognised"}),
    ("recognition", {"framework": "pace_1900", "outcome": "not_recognised"}),
    ("sex", {"value": "woman"}),
    ("sex", {"value": "man"}),
    ("age", {"years": 17}),
]
_OF_PERSON = ("sex", "age")


@st.composite
def dates(draw: st.DrawFn) -> ImpreciseDate:
    start = FIRST + timedelta(days=draw(st.integers(0, 20)))
    shape = draw(st.sampled_from(["day", "day", "span", "before", "after", "unknown"]))
    end = start + timedelta(days=draw(st.integers(1, 12)))
    return {
        "day": ImpreciseDate("d", start, start),
        "span": ImpreciseDate("s", start, end),
        "before": ImpreciseDate("b", None, start),
        "after": ImpreciseDate("a", start, None),
        "unknown": UNKNOWN,
    }[shape]


@st.composite
def histories(draw: st.DrawFn, declared: bool = False, distinct: bool = False) -> History:
    """Up to eight facts on two detentions, with reviews, further sources, corrections and withdrawals.

    `distinct`: everything is known at an instant of its own. `declared`: some say they were known earlier.
    """
    facts: list[Fact] = []
    attestations: list[Attestation] = []
    reviews: list[Review] = []
    count = draw(st.integers(1, 9))
    at_once = declared and draw(st.booleans())
    hours = (
        [0] * count
        if at_once
        else (
            draw(st.permutations(range(1, count + 1)))
            if distinct
            else sorted(draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)))
        )
    )
    for n in range(count):
        seq = n + 1
        witnessed = START + timedelta(days=25, hours=20 * hours[n])
        known = (
            witnessed - timedelta(days=5 if at_once else draw(st.sampled_from([0, 0, 5])))
            if declared
            else witnessed
        )
        what = draw(st.sampled_from(["fact", "fact", "fact", "fact", "review", "attest", "withdraw"]))
        if what == "fact" or not facts:
            kind, values = draw(st.sampled_from(_KINDS))
            detention = None if kind in _OF_PERSON else draw(st.sampled_from([1, 1, 2]))
            source = draw(st.sampled_from([LAWYER, VOLUNTEER, RELATIVE, PRESS, OFFICIAL]))
            instead = draw(st.sampled_from([None, None, None, *(f.seq for f in facts)]))
            facts.append(
                Fact(seq, kind, 1, detention, draw(dates()), values, source, 1, known, witnessed, instead, 5)
            )
            continue
        about = draw(st.sampled_from(facts))
        verdict = draw(st.sampled_from([Verdict.CONFIRM, Verdict.CONFIRM, Verdict.DOUBT, Verdict.RETRACT]))
        if what == "review":
            whole = draw(st.booleans())
            reviews.append(
                Review(
                    seq,
                    draw(st.integers(1, 3)),
                    verdict,
                    known,
                    witnessed,
                    None if whole else about.seq,
                    5 if whole else None,
                )
            )
        elif what == "attest":
            source = draw(st.sampled_from([LAWYER, PRESS, RELATIVE]))
            attestations.append(Attestation(seq, about.seq, source, verdict, known, witnessed))
        else:
            facts.append(
                Fact(
                    seq, "withdrawal", 1, about.detention, UNKNOWN, {}, LAWYER, 1, known, witnessed, about.seq
                )
            )
    return History(1, tuple(facts), tuple(attestations), tuple(reviews))


def folded(history: History) -> list[StateVersion]:
    return fold(history, POLICY, CARACAS)


def instants(rows: list[StateVersion]) -> list[int]:
    return sorted(
        {row.known_from for row in rows} | {row.known_to for row in rows if row.known_to != KNOWN_OPEN}
    )


def stories_at(rows: list[StateVersion], at: int) -> list[list[StateVersion]]:
    """The rows in force at an instant: one list for each detention, basis and minimum exit grade."""
    found = []
    for detention in (1, 2):
        for basis in (BASIS_DECLARED, BASIS_WITNESSED):
            for grade in (1, 2, 3):
                story = [
                    row
                    for row in rows
                    if row.detention == detention
                    and row.basis in (basis, BASIS_BOTH)
                    and row.known_from <= at < row.known_to
                    and row.grade_low <= grade <= row.grade_high
                ]
                if story:
                    found.append(story)
    return found


@MANY
@given(histories())
def test_what_is_learned_later_changes_nothing_of_an_earlier_known_time(history: History):
    rows = folded(history)
    for cut in {f.known_at for f in history.facts} | {r.known_at for r in history.reviews}:
        prefix = History(
            1,
            tuple(f for f in history.facts if f.known_at <= cut),
            tuple(a for a in history.attestations if a.known_at <= cut),
            tuple(r for r in history.reviews if r.known_at <= cut),
        )
        at = micros(cut)
        until_then = [
            replace(row, known_to=row.known_to if row.known_to <= at else KNOWN_OPEN)
            for row in rows
            if row.known_from <= at
        ]
        assert until_then == folded(prefix)


@MANY
@given(histories(distinct=True), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter_beyond_known_time(history: History, random: Any):
    seqs = [said.seq for said in (*history.facts, *history.attestations, *history.reviews)]
    other = dict(zip(seqs, random.sample(seqs, len(seqs)), strict=True))
    facts = [
        replace(f, seq=other[f.seq], supersedes=None if f.supersedes is None else other[f.supersedes])
        for f in history.facts
    ]
    random.shuffle(facts)
    told_otherwise = History(
        1,
        tuple(facts),
        tuple(replace(a, seq=other[a.seq], fact=other[a.fact]) for a in reversed(history.attestations)),
        tuple(
            replace(r, seq=other[r.seq], fact=None if r.fact is None else other[r.fact])
            for r in reversed(history.reviews)
        ),
    )
    assert folded(told_otherwise) == folded(history)


@MANY
@given(histories(declared=True))
def test_spells_follow_each_other_without_gaps_and_their_segments_cover_all_days_once(history: History):
    rows = folded(history)
    for at in instants(rows):
        for story in stories_at(rows, at):
            spells: dict[int, list[StateVersion]] = {}
            for row in story:
                spells.setdefault(row.spell, []).append(row)
            assert sorted(spells) == list(range(len(spells)))
            for segments in spells.values():
                segments.sort(key=lambda row: row.seg_from)
                assert (segments[0].seg_from, segments[-1].seg_to) == (OPEN_PAST, OPEN_FUTURE)
                assert all(one.seg_to == other.seg_from for one, other in pairwise(segments))
                assert all(row.seg_from < row.seg_to for row in segments)
            firsts = [spells[n][0] for n in sorted(spells)]
            assert (firsts[0].start_day, firsts[0].custody) == (firsts[0].entry_day, "in_custody")
            assert (firsts[-1].end_day, firsts[-1].exit_kind) == (OPEN_FUTURE, "")
            for one, after in pairwise(firsts):
                assert (one.end_earliest, one.end_latest, one.end_day, one.end_grade, one.next_custody) == (
                    after.start_earliest,
                    after.start_latest,
                    after.start_day,
                    after.start_grade,
                    after.custody,
                )
            for row in firsts:
                assert row.start_earliest <= row.start_day <= row.start_latest
                assert row.end_earliest <= row.end_day <= row.end_latest
                assert row.start_earliest <= row.end_earliest
                assert row.start_latest <= row.end_latest
                assert row.start_day <= row.end_day


@MANY
@given(histories(declared=True))
def test_windows_of_one_row_neither_touch_nor_overlap_and_rows_are_in_order(history: History):
    rows = folded(history)
    order = [(r.detention, r.basis, r.known_from, r.grade_low, r.spell, r.seg_from) for r in rows]
    assert order == sorted(set(order))
    same: dict[tuple[Any, ...], list[StateVersion]] = {}
    for row in rows:
        assert row.known_from < row.known_to
        values = tuple(getattr(row, f.name) for f in fields(row) if not f.name.startswith("known_"))
        same.setdefault(values, []).append(row)
    for windows in same.values():
        assert all(one.known_to < other.known_from for one, other in pairwise(windows))


@MANY
@given(
    histories(),
    st.sets(st.sampled_from(CUSTODIES), min_size=1),
    st.integers(0, 3),
)
def test_lowest_never_exceeds_value_nor_value_highest(history: History, held: set[str], stay: int):
    rows = folded(history)
    for at in instants(rows):
        for story in stories_at(rows, at):
            for day in range(FIRST.toordinal() - 2, FIRST.toordinal() + 45):
                lowest, value, highest = counted(story, held, stay, day)
                assert lowest <= value <= highest


def counted(story: list[StateVersion], held: set[str], stay: int, day: int) -> tuple[bool, bool, bool]:
    """Whether the detention counts on a day: certainly, by reckoning days, possibly."""
    possible = {row.custody for row in story if row.start_earliest <= day < row.end_latest}
    certain = bool(possible) and possible <= held and story[0].entry_latest + stay <= day
    value = any(row.custody in held and row.start_day <= day < row.end_day for row in story)
    return (
        certain,
        value and day >= story[0].entry_day + stay,
        bool(possible & held) and day >= story[0].entry_earliest + stay,
    )


@MANY
@given(histories(declared=True))
def test_witnessed_rows_are_those_of_a_history_that_declared_nothing(history: History):
    plain = replace(
        history,
        facts=tuple(replace(f, known_at=f.witnessed_at) for f in history.facts),
        attestations=tuple(replace(a, known_at=a.witnessed_at) for a in history.attestations),
        reviews=tuple(replace(r, known_at=r.witnessed_at) for r in history.reviews),
    )
    witnessed = [replace(r, basis=BASIS_BOTH) for r in folded(history) if r.basis != BASIS_DECLARED]
    assert witnessed == folded(plain)
