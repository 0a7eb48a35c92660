"""Building a cut and its totals out of who counts where: built again from the same, the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from constancia.domain.ledger import sodium
from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.cut import Line, read_cut, written
from constancia.domain.ledger.layout import Layout
from constancia.domain.ledger.merkle import Frontier
from constancia.domain.ledger.proving import proven
from constancia.domain.ledger.tally import Place, cut_key
from constancia.domain.ledger.totals import Head, Totals, statement

_ZERO = bytes(32)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the roster. `week`, `slot_root`: of its entry; `key`: 32 bytes, its own secret (any other
    secret of the organisation where it was destroyed: nobody but the organisation may be able to guess it);
    `counted`: (table, cell) for every table of the layout, the total ("", "") among them, or nothing."""

    week: str
    slot_root: bytes
    key: bytes
    counted: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Proven:
    """The bytes of `prueba/totales.json` and of `prueba/casos.txt`."""

    totals: bytes
    cut: bytes


def prove(
    head: Head,
    layout: Layout,
    roster: Checkpoint,
    cases: Sequence[Case],
    on_progress: Callable[[int, int], object] | None = None,
) -> Proven:
    """`cases`: all of the roster, in its order. `on_progress` is told how many of how many are done.

    Raises ValueError for what is inconsistent: other cases than those of the roster, a cell that the layout
    does not have, a case in two cells of a table or in none of one.
    """
    _check(layout, roster, cases)
    places = list(layout.places())
    counts = dict.fromkeys(places, 0)
    openings = dict.fromkeys(places, _ZERO)
    proves, lines = statement(head, roster, layout), []
    for index, case in enumerate(cases):
        key = cut_key(case.key, head.content)
        tokens: list[tuple[bytes, ...]] = []
        scalars: list[bytes] = []
        total = _ZERO
        for at, one in enumerate(layout.tables):
            row, factor = [], _ZERO
            for cell in one.cells:
                value = int((one.table, cell) in case.counted)
                token, r = proven(key, Place(proves, one.table, cell, index), value)
                row.append(token)
                factor = sodium.sum_of(factor, r)
                counts[one.table, cell] += value
                openings[one.table, cell] = sodium.sum_of(openings[one.table, cell], r)
            tokens.append(tuple(row))
            if at:
                scalars.append(sodium.difference(factor, total))
            else:
                total = factor
        lines.append(Line(index, case.week, case.slot_root, tuple(tokens), tuple(scalars)))
        if on_progress:
            on_progress(index + 1, len(cases))
    cut = written(lines)
    totals = Totals(
        head, roster, read_cut(cut, layout).root, layout,
        {one.table: {cell: counts[one.table, cell] for cell in one.cells} for one in layout.tables},
        {one.table: {cell: openings[one.table, cell] for cell in one.cells} for one in layout.tables},
    )  # fmt: skip
    return Proven(totals.data(), cut)


def _check(layout: Layout, roster: Checkpoint, cases: Sequence[Case]) -> None:
    tree = Frontier()
    for index, case in enumerate(cases):
        tree.append(Line(index, case.week, case.slot_root, (), ()).leaf)
        if len(case.key) != 32:
            raise ValueError("a case's key has 32 bytes")
        if not case.counted:
            continue
        tables = [table for table, _ in case.counted]
        if not case.counted <= set(layout.places()) or sorted(tables) != sorted(
            one.table for one in layout.tables
        ):
            raise ValueError(f"case {index} is not in one cell of each table")
    if (len(cases), tree.root()) != (roster.size, roster.root):
        raise ValueError("other cases than those of the roster")
