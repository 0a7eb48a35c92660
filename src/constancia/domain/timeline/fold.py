"""The fold: everything recorded about one person becomes state versions (`state.py` says what a row is).

Every instant at which something became known is reckoned anew from what was known by then, so nothing
learned later can alter what the rows say of an earlier known time.
"""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from constancia.domain.facts.record import History
from constancia.domain.grading import Policy
from constancia.domain.timeline.ages import adult_from
from constancia.domain.timeline.identity import counted_person
from constancia.domain.timeline.moments import micros
from constancia.domain.timeline.reckoning import Chronicle, DetentionAt, PersonAt, reckon
from constancia.domain.timeline.segments import cut
from constancia.domain.timeline.state import (
    BASIS_BOTH,
    BASIS_DECLARED,
    BASIS_WITNESSED,
    KNOWN_OPEN,
    StateVersion,
)
from constancia.domain.timeline.weighed import IN_TIME

LEANS_ON_KNOWN = IN_TIME | {"age"}
"""Kinds that, where their date is open or unknown, are reckoned from the day they were known."""
_LOWEST, _HIGHEST = 1, 3
_Head = tuple[int, int, int]  # person, detention, spell
_Row = tuple[_Head, tuple[int, int], tuple[Any, ...]]  # head, grades, the rest
_Window = tuple[int, int, _Row]  # known_from, known_to, row


def fold(history: History, policy: Policy, zone: tzinfo) -> list[StateVersion]:
    """The state versions of all detentions of `history`, in the order (detention, basis, known_from,
    grade_low, spell, seg_from).

    `zone` is the organisation's: it says which day a fact of unknown date was known on. A detention whose
    rows are the same by declared and by witnessed known times has them once, as BASIS_BOTH.
    """
    chronicle = Chronicle(history, policy, BASIS_DECLARED, zone)
    declared = _windows(chronicle)
    if not _declares(history):
        return _versions(declared, declared)
    recorded_at = _recorded_at_once(history) if len(chronicle.instants) == 1 else None
    if recorded_at is not None:
        return _versions(declared, _moved(declared, recorded_at))
    return _versions(declared, _windows(Chronicle(history, policy, BASIS_WITNESSED, zone)))


def _recorded_at_once(history: History) -> int | None:
    """The one instant (µs) at which everything was witnessed, where nothing else hangs on known time.

    So it is with most imported rows, which this spares a second reckoning.
    """
    first = history.facts[0].witnessed_at
    if history.counted_as or any(
        said.witnessed_at is not first and said.witnessed_at != first
        for all_said in (history.facts, history.attestations, history.reviews)
        for said in all_said
    ):
        return None
    if any(fact.when.latest is None and fact.kind in LEANS_ON_KNOWN for fact in history.facts):
        return None
    return micros(first)


def _moved(windows: dict[int, list[_Window]], known_from: int) -> dict[int, list[_Window]]:
    return {
        detention: [(known_from, known_to, row) for _, known_to, row in rows]
        for detention, rows in windows.items()
    }


def _declares(history: History) -> bool:
    """Whether anything has a known time other than the one the store witnessed."""
    return any(
        said.known_at is not said.witnessed_at and said.known_at != said.witnessed_at
        for all_said in (history.facts, history.attestations, history.reviews)
        for said in all_said
    )


def _windows(chronicle: Chronicle) -> dict[int, list[_Window]]:
    """For each detention its rows, each with the window of known time in which it holds without a break."""
    own, counted_as = chronicle.history.person, chronicle.history.counted_as
    found: dict[int, list[_Window]] = {}
    open_rows: dict[int, dict[_Row, int]] = {}
    for at in chronicle.instants:
        person = counted_person(own, counted_as, at)
        known = reckon(chronicle, at)
        now: dict[int, list[_Row]] = {d.detention: _rows(person, d, known) for d in known.detentions}
        for detention in open_rows.keys() | now.keys():
            rows = now.get(detention, [])
            before = open_rows.get(detention, {})
            staying = set(rows)
            windows = found.setdefault(detention, [])
            windows.extend((since, at, row) for row, since in before.items() if row not in staying)
            open_rows[detention] = {row: before.get(row, at) for row in rows}
    for detention, rows_open in open_rows.items():
        found[detention].extend((since, KNOWN_OPEN, row) for row, since in rows_open.items())
    for windows in found.values():
        windows.sort(key=_order)
    return found


def _order(window: _Window) -> tuple[int, int, int, int, int]:
    known_from, known_to, (head, grades, rest) = window
    return known_from, grades[0], head[2], rest[_SEG_FROM], known_to


def _rows(person: int, detention: DetentionAt, known: PersonAt) -> list[_Row]:
    """The rows of one detention at one instant: spells × segments × ranges of exit grades."""
    grades = {move.grade for move in detention.moves if move.grade}
    steps = sorted(grade for grade in grades if grade < _HIGHEST)
    if not steps:
        return [(head, (_LOWEST, _HIGHEST), rest) for head, rest in _bare(person, detention, known, _LOWEST)]
    found: dict[tuple[_Head, tuple[Any, ...]], list[list[int]]] = {}
    low = _LOWEST
    for high in [*steps, _HIGHEST]:
        for bare in _bare(person, detention, known, low):
            ranges = found.setdefault(bare, [])
            if ranges and ranges[-1][1] == low - 1:
                ranges[-1][1] = high
            else:
                ranges.append([low, high])
        low = high + 1
    return [(head, (low, high), rest) for (head, rest), ranges in found.items() for low, high in ranges]


_SEG_FROM = 16


def _bare(
    person: int, detention: DetentionAt, known: PersonAt, least: int
) -> list[tuple[_Head, tuple[Any, ...]]]:
    found, (entry_low, entry_high, entry_day) = detention.spells(least)
    told, entry, recognition = known.attributes, detention.entry, detention.recognition
    adult = adult_from(told.births, known.ages, told.groups, entry_day)
    rows = []
    for number, spell in enumerate(found):
        head = (person, detention.detention, number)
        for seg_from, seg_to, strand in cut(
            detention.detained, spell.custody, spell.start_low, spell.end_high
        ):
            rest = (
                entry.kind, int(entry.grade), entry_low, entry_high, entry_day,
                spell.custody, spell.start_low, spell.start_high, spell.start_day, int(spell.start_grade),
                spell.end_low, spell.end_high, spell.end_day, int(spell.end_grade),
                spell.exit_kind, spell.next_custody,
                seg_from, seg_to,
                told.sex, adult, told.profile, told.nationality,
                strand.state, strand.place, strand.authority, strand.case_state,
                detention.detained.context, told.occupation, told.groups,
                strand.measures, strand.whereabouts, recognition,
            )  # fmt: skip
            rows.append((head, rest))
    return rows


def _versions(declared: dict[int, list[_Window]], witnessed: dict[int, list[_Window]]) -> list[StateVersion]:
    found: list[StateVersion] = []
    for detention in sorted(declared.keys() | witnessed.keys()):
        by_declared = declared.get(detention, [])
        by_witnessed = by_declared if witnessed is declared else witnessed.get(detention, [])
        if by_declared == by_witnessed:
            _append(found, by_declared, BASIS_BOTH)
        else:
            _append(found, by_declared, BASIS_DECLARED)
            _append(found, by_witnessed, BASIS_WITNESSED)
    return found


def _append(found: list[StateVersion], windows: list[_Window], basis: int) -> None:
    for known_from, known_to, (head, grades, rest) in windows:
        found.append(StateVersion(*head, basis, known_from, known_to, *grades, *rest))
