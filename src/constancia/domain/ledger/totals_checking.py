"""Checking a proof of totals, step by step, with the standard library alone.

The steps, in order, each a function that passes or raises ProofRefused:

    roster  the lines are the whole roster, case by case, each once, and those that the document names
    points  every commitment is a point of the group of prime order
    bits    every commitment hides 0 or 1, in its own line, cell and cut
    tables  in every line, the cells of each table add up to the total
    sums    the commitments of each cell add up to the number that is published

What it does not show: that a case is a real person, or in the right cell. That is for whom the case is (the
receipt) and for who may see a sample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Literal

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.cut import Cut, read_cut
from constancia.domain.ledger.edwards import (
    BASE,
    IDENTITY,
    ORDER,
    Point,
    add,
    decode,
    equal,
    multiply,
    multiply_two,
    negate,
)  # fmt: skip
from constancia.domain.ledger.layout import named
from constancia.domain.ledger.merkle import Frontier
from constancia.domain.ledger.multiscalar import combined, is_torsion_free, vanishes
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.tally import Claim, H, Place, first_false, weights
from constancia.domain.ledger.totals import Totals, read_totals

Step = Literal["roster", "points", "bits", "tables", "sums"]
STEPS: tuple[Step, ...] = ("roster", "points", "bits", "tables", "sums")


@dataclass(frozen=True, slots=True)
class Points:
    """The commitments of a cut, decoded: per line, in the order of the layout's cells."""

    rows: tuple[tuple[Point, ...], ...]


def check_totals(
    totals: bytes,
    cut: bytes,
    roster: Checkpoint,
    *,
    on_step: Callable[[Step], object] | None = None,
    on_progress: Callable[[int, int], object] | None = None,
) -> tuple[Totals, Cut]:
    """All steps. `roster`: the checkpoint of `casos`, its signatures checked by the caller; `on_step` is told
    each step as it begins; `on_progress` how many proofs of how many are done. Returns what was read."""
    told = on_step or _nobody
    found = read_totals(totals)
    read = read_cut(cut, found.layout)
    told("roster")
    check_roster(found, read, roster)
    told("points")
    points = check_points(found, read)
    told("bits")
    check_bits(found, read, points, on_progress)
    told("tables")
    check_tables(found, read, points)
    told("sums")
    check_sums(found, points)
    return found, read


def check_roster(totals: Totals, cut: Cut, roster: Checkpoint) -> None:
    """Raises ProofRefused `proof.totals_roster` (the document names another), `proof.cut_root` (or other
    lines), `proof.cut_size`, `proof.cut_twice` (a case with two lines), `proof.cut_roster` (a line is not
    that of the roster)."""
    if totals.roster != roster:
        raise ProofRefused("proof.totals_roster")
    if len(cut.lines) != roster.size:
        raise ProofRefused("proof.cut_size", lines=len(cut.lines), cases=roster.size)
    tree, seen = Frontier(), set()
    for line in cut.lines:
        if line.slot_root in seen:
            raise ProofRefused("proof.cut_twice", line=line.index + 1)
        seen.add(line.slot_root)
        tree.append(line.leaf)
    if tree.root() != roster.root:
        raise ProofRefused("proof.cut_roster")
    if cut.root != totals.cut_root:
        raise ProofRefused("proof.cut_root")


def check_points(totals: Totals, cut: Cut) -> Points:
    """Raises ProofRefused `proof.cut_point` (32 bytes that are no point), `proof.cut_subgroup` (one with a
    part of small order); both say the line and the cell."""
    places, rows = list(totals.layout.places()), []
    for line in cut.lines:
        found = []
        for (table, cell), token in zip(places, chain.from_iterable(line.tokens), strict=True):
            point = decode(token[:32])
            if point is None or equal(point, IDENTITY):
                raise ProofRefused("proof.cut_point", line=line.index + 1, cell=named(table, cell))
            found.append(point)
        rows.append(tuple(found))
    if not is_torsion_free(list(chain.from_iterable(rows)), _seed(totals, cut)):
        raise _outside(totals, rows)
    return Points(tuple(rows))


def check_bits(
    totals: Totals, cut: Cut, points: Points, on_progress: Callable[[int, int], object] | None = None
) -> None:
    """Raises ProofRefused `proof.cut_bit` with line and cell."""
    places, proves = list(totals.layout.places()), totals.statement()
    claims = [
        Claim(Place(proves, table, cell, line.index), token, point)
        for line, row in zip(cut.lines, points.rows, strict=True)
        for (table, cell), token, point in zip(places, chain.from_iterable(line.tokens), row, strict=True)
    ]
    whole = len(claims)
    false = first_false(claims, _seed(totals, cut), lambda done: on_progress and on_progress(done, whole))
    if false is not None:
        place = claims[false].place
        raise ProofRefused("proof.cut_bit", line=place.index + 1, cell=named(place.table, place.cell))


def check_tables(totals: Totals, cut: Cut, points: Points) -> None:
    """Raises ProofRefused `proof.cut_table` with line and table. One weighted sum over all lines."""
    tables = totals.layout.tables[1:]
    drawn = iter(weights(_seed(totals, cut) + b"tables", len(cut.lines) * len(tables)))
    terms: list[tuple[int, Point]] = []
    of_h = 0
    for line, row in zip(cut.lines, points.rows, strict=True):
        at, of_total = 1, 0
        for one, scalar in zip(tables, line.scalars, strict=True):
            factor = int.from_bytes(scalar, "little")
            if factor >= ORDER:
                raise ProofRefused("proof.cut_table", line=line.index + 1, table=one.table)
            weight = next(drawn)
            terms += [(weight, point) for point in row[at : at + len(one.cells)]]
            of_h -= weight * factor
            of_total += weight
            at += len(one.cells)
        terms.append((-of_total % ORDER, row[0]))
    terms.append((of_h % ORDER, H))
    if not vanishes(combined(terms)):
        raise _unequal(totals, cut, points)


def check_sums(totals: Totals, points: Points) -> None:
    """Raises ProofRefused `proof.sums` with cell and number: it is not the number that is published."""
    for at, (table, cell) in enumerate(totals.layout.places()):
        found = IDENTITY
        for row in points.rows:
            found = add(found, row[at])
        count, opening = totals.sums[table][cell], int.from_bytes(totals.openings[table][cell], "little")
        if count > len(points.rows) or not equal(found, multiply_two(count, BASE, opening, H)):
            raise ProofRefused("proof.sums", cell=named(table, cell), count=count)


def _seed(totals: Totals, cut: Cut) -> bytes:
    """A hash over all that is checked."""
    return sha256(b"constancia/totals/seed/v1\x00" + cut.root + totals.data()).digest()


def _outside(totals: Totals, rows: list[tuple[Point, ...]]) -> ProofRefused:
    """Which point it is, by trying each: slow, and only where one is outside."""
    places = list(totals.layout.places())
    for index, row in enumerate(rows):
        for (table, cell), point in zip(places, row, strict=True):
            if not equal(multiply(ORDER, point), IDENTITY):
                return ProofRefused("proof.cut_subgroup", line=index + 1, cell=named(table, cell))
    raise AssertionError  # pragma: no cover


def _unequal(totals: Totals, cut: Cut, points: Points) -> ProofRefused:
    for line, row in zip(cut.lines, points.rows, strict=True):
        at = 1
        for one, scalar in zip(totals.layout.tables[1:], line.scalars, strict=True):
            found = add(negate(row[0]), negate(multiply(int.from_bytes(scalar, "little"), H)))
            for point in row[at : at + len(one.cells)]:
                found = add(found, point)
            if not vanishes(found):
                return ProofRefused("proof.cut_table", line=line.index + 1, table=one.table)
            at += len(one.cells)
    raise AssertionError  # pragma: no cover


def _nobody(_: Step) -> None:
    pass
