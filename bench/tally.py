"""`python -m bench.tally REPORT [CASES]`: what proving totals costs, and checking them."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from constancia.domain.ledger import sodium
from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.cut import Cut, read_cut
from constancia.domain.ledger.edwards import BASE, encode
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.layout import TOTAL, Cells, Layout
from constancia.domain.ledger.merkle import Frontier
from constancia.domain.ledger.receipt import Receipt, check_receipt
from constancia.domain.ledger.tally import H, Place, challenge, cut_key
from constancia.domain.ledger.totals import Head, Totals, read_totals
from constancia.domain.ledger.totals_checking import check_bits, check_points, check_totals
from constancia.domain.ledger.totals_proving import Case, prove

CASES = 1000
LAYOUT = Layout((
    TOTAL,
    Cells("by_sex", ("man", "not_known", "woman")),
    Cells("profile", ("civilian", "foreigner", "military")),
    Cells("region", ("centre", "east", "west")),
))  # fmt: skip
"""Ten cells."""

ROWS = (
    ("build_s", "built: commitments and proofs, with libsodium", "s", "< 10"),
    ("verify_s", "checked, the standard library alone", "s", "< 15"),
    ("points_s", "  of which: points read, small order", "s", ""),
    ("bits_s", "  of which: proofs of 0 or 1, in one sum", "s", ""),
    ("one_by_one_s", "the same proofs one by one with libsodium, for comparison", "s", ""),
    ("receipt_ms", "a receipt checked", "ms", ""),
    ("cut_kib", "lines of the cases", "KiB", ""),
    ("totals_kib", "document of totals", "KiB", ""),
)
"""Key, label, unit, goal."""

T = TypeVar("T")


def main(report: str, number: int = CASES) -> int:
    drawn = random.Random(6)
    cases = [_case(drawn) for _ in range(number)]
    tree = Frontier()
    for case in cases:
        tree.append(Entry("case", case.week, case.slot_root).leaf())
    roster = Checkpoint("bench.example/constancia/casos/1", tree.size, tree.root())
    head = Head(1, sha256(b"bench").digest(), "held", "2026-02-24", "2026-03-01T12:00:00Z")
    found: dict[str, float] = {}
    found["build_s"], made = _timed(lambda: prove(head, LAYOUT, roster, cases))
    found["cut_kib"], found["totals_kib"] = len(made.cut) / 1024, len(made.totals) / 1024
    found["verify_s"], _ = _timed(lambda: check_totals(made.totals, made.cut, roster))
    totals = read_totals(made.totals)
    cut = read_cut(made.cut, totals.layout)
    found["points_s"], points = _timed(lambda: check_points(totals, cut))
    found["bits_s"], _ = _timed(lambda: check_bits(totals, cut, points))
    found["one_by_one_s"], hold = _timed(lambda: _one_by_one(totals, cut))
    receipt = Receipt(7, cut_key(cases[7].key, head.content))
    seconds, counted = _timed(lambda: check_receipt(receipt, totals, cut))
    if not hold or counted != dict(cases[7].counted):
        raise SystemExit("the bench's own proof does not hold")
    found["receipt_ms"] = 1000 * seconds
    Path(report).write_text(json.dumps(found), encoding="utf-8")
    return 0


def _case(drawn: random.Random) -> Case:
    cells = {("", "")} | {(one.table, drawn.choice(one.cells)) for one in LAYOUT.tables[1:]}
    counted = cells if drawn.random() < 0.8 else set()
    return Case("2026-W09", drawn.randbytes(32), drawn.randbytes(32), frozenset(counted))


def _one_by_one(totals: Totals, cut: Cut) -> bool:
    """Each proof by itself, its two equations as they stand."""
    base, second = encode(BASE), encode(H)
    places, proves = list(totals.layout.places()), totals.statement()
    for line in cut.lines:
        flat = [token for tokens in line.tokens for token in tokens]
        for (table, cell), token in zip(places, flat, strict=True):
            point, a0, a1, c0, z0, z1 = (token[at : at + 32] for at in range(0, len(token), 32))
            whole = sodium.reduced(challenge(Place(proves, table, cell, line.index), point, a0, a1))
            c1, less = sodium.difference(whole, c0), sodium.subtract(point, base)
            first = sodium.subtract(sodium.multiply(z0, second), sodium.multiply(c0, point))
            if first != a0 or sodium.subtract(sodium.multiply(z1, second), sodium.multiply(c1, less)) != a1:
                return False
    return True


def _timed(deed: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    given = deed()
    return perf_counter() - began, given


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
