"""A small roster of nobody, and the totals proven of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.cut import Cut, read_cut
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.layout import TOTAL, Cells, Layout
from constancia.domain.ledger.merkle import Frontier
from constancia.domain.ledger.totals import Head, Totals, read_totals
from constancia.domain.ledger.totals_proving import Case, Proven, prove

ORIGIN = "org.example/constancia/casos/1"
LAYOUT = Layout(
    (TOTAL, Cells("by_sex", ("man", "woman")), Cells("profile", ("civilian", "foreigner+military")))
)
WEEK = "2026-W09"


def head(content: str = "content", edition: int = 3) -> Head:
    return Head(edition, sha256(content.encode()).digest(), "held", "2026-02-24", "2026-03-01T12:00:00Z")


def case(number: int, *cells: str) -> Case:
    """`cells`: one per table after the total; none for a case that is not counted."""
    tables = [one.table for one in LAYOUT.tables[1:]]
    counted = {("", ""), *zip(tables, cells, strict=True)} if cells else set()
    return Case(WEEK, _bytes("root", number), _bytes("key", number), frozenset(counted))


def some(number: int) -> list[Case]:
    """Cases of which every fourth is not counted."""
    found = []
    for at in range(number):
        cells = (LAYOUT.tables[1].cells[at % 3 == 0], LAYOUT.tables[2].cells[at % 5 == 0])
        found.append(case(at, *cells) if at % 4 != 3 else case(at))
    return found


def roster(cases: Sequence[Case], origin: str = ORIGIN) -> Checkpoint:
    tree = Frontier()
    for one in cases:
        tree.append(Entry("case", one.week, one.slot_root).leaf())
    return Checkpoint(origin, tree.size, tree.root())


@dataclass(frozen=True)
class Small:
    """What was proven of whom, and as it is read."""

    cases: list[Case]
    roster: Checkpoint
    proven: Proven
    totals: Totals
    cut: Cut


def small(number: int = 8, of: Head | None = None) -> Small:
    cases = some(number)
    sealed = roster(cases)
    proven = prove(of or head(), LAYOUT, sealed, cases)
    totals = read_totals(proven.totals)
    return Small(cases, sealed, proven, totals, read_cut(proven.cut, totals.layout))


def _bytes(what: str, number: int) -> bytes:
    return sha256(f"{what} {number}".encode()).digest()
