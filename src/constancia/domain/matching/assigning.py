"""A list as a whole: one entry is one person at most, and one person one entry.

The assignment of largest weight (a linear assignment problem, Kuhn 1955), solved with HiGHS piece by piece,
a piece being entries that want the same people. "Nobody" is always possible and weighs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log2

import highspy

from constancia.domain.matching.shapes import Candidate, Matched

_TINY = 1e-9
_WORTH_A_LOOK = 0.01


def assigned(found: Sequence[Matched]) -> list[Candidate | None]:
    """For each entry, in order, its person in the best assignment of the whole list; None for nobody."""
    wanted = {at: _better_than_nobody(one) for at, one in enumerate(found)}
    chosen: dict[int, Candidate] = {}
    for piece in _pieces({at: some for at, some in wanted.items() if some}):
        chosen |= _best(piece, found, wanted)
    return [chosen.get(at) for at in range(len(found))]


def _better_than_nobody(one: Matched) -> list[Candidate]:
    return [c for c in one.candidates if c.probability > max(one.nobody, _WORTH_A_LOOK)]


def _pieces(wanted: dict[int, list[Candidate]]) -> list[list[int]]:
    """Entries in groups that share no person with each other."""
    by_person: dict[int, list[int]] = defaultdict(list)
    for at, some in wanted.items():
        for one in some:
            by_person[one.key].append(at)
    seen: set[int] = set()
    pieces = []
    for start in wanted:
        if start in seen:
            continue
        piece, waiting = [], [start]
        seen.add(start)
        while waiting:
            at = waiting.pop()
            piece.append(at)
            for one in wanted[at]:
                new = [other for other in by_person.pop(one.key, ()) if other not in seen]
                seen.update(new)
                waiting += new
        pieces.append(sorted(piece))
    return pieces


def _best(
    piece: Sequence[int], found: Sequence[Matched], wanted: dict[int, list[Candidate]]
) -> dict[int, Candidate]:
    if len(piece) == 1:
        return {piece[0]: wanted[piece[0]][0]}
    pairs = [(at, one) for at in piece for one in wanted[at]]
    program = highspy.Highs()  # type: ignore[no-untyped-call]
    program.setOptionValue("output_flag", False)
    program.setOptionValue("threads", 1)
    program.addVars(len(pairs), [0.0] * len(pairs), [1.0] * len(pairs))
    for number, (at, one) in enumerate(pairs):
        worth = log2(max(one.probability, _TINY) / max(found[at].nobody, _TINY))
        program.changeColCost(number, worth)
    program.changeObjectiveSense(highspy.ObjSense.kMaximize)
    rows: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, (at, one) in enumerate(pairs):
        rows["entry", at].append(number)
        rows["person", one.key].append(number)
    for columns in rows.values():
        program.addRow(-highspy.kHighsInf, 1.0, len(columns), columns, [1.0] * len(columns))
    program.run()
    # The corners of an assignment problem are whole numbers.
    values = program.getSolution().col_value
    return {at: one for (at, one), value in zip(pairs, values, strict=True) if value > 0.5}
