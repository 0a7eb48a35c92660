"""Row 21: totals that an organisation forges, or somebody on their way. Each ends at its own step."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.cut import Cut, Line, read_cut
from constancia.domain.ledger.edwards import decode
from constancia.domain.ledger.layout import TOTAL, Cells, Layout, named
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.totals import read_totals
from constancia.domain.ledger.totals_checking import (
    Points,
    Step,
    check_bits,
    check_sums,
    check_tables,
    check_totals,
)
from constancia.domain.ledger.totals_proving import Proven, prove
from tests.attacks.forging_totals import Forged, token_at, with_token
from tests.support.small_totals import LAYOUT, Small, case, head, roster, small, some

CASES = some(8)
SEALED = roster(CASES)
HONEST = small(8)


def refused(made: Proven, sealed: Checkpoint) -> tuple[str | None, str, dict[str, str | int]]:
    """The step that was reached (None: still reading), the code and what it says."""
    steps: list[Step] = []
    with pytest.raises(ProofRefused) as raised:
        check_totals(made.totals, made.cut, sealed, on_step=steps.append)
    return steps[-1] if steps else None, raised.value.code, raised.value.params


def test_what_forges_nothing_is_accepted() -> None:
    """Or else the others would be refused for nothing."""
    made = Forged().made()
    totals, _ = check_totals(made.totals, made.cut, SEALED)
    assert totals.sums == HONEST.totals.sums


CASE_TWICE = [*CASES[:5], CASES[4], *CASES[6:]]
TWICE_ON_THE_ROSTER = [*CASES, CASES[4]]
GHOST = [*CASES, case(90, "man", "civilian")]
EXCHANGED = [*CASES[:7], case(90, "man", "civilian")]
ONE_CATEGORY_LESS = Layout((TOTAL, LAYOUT.tables[1], Cells("profile", ("civilian",))))
MEN, WOMEN = ("by_sex", "man"), ("by_sex", "woman")


def with_line(index: int, table: str, cell: str, value: int) -> Callable[[int, str, str, int], int]:
    return lambda line, t, c, honest: value if (line, t, c) == (index, table, cell) else honest


def worth(value: int) -> Callable[[int, str, str, int], int]:
    """Line 1, which is a man and a civilian, counts so much, consistently in all tables."""
    return lambda line, table, cell, honest: value if line == 1 and honest else honest


CHEATS: dict[str, tuple[Forged, str, str]] = {
    "a case twice": (Forged(cases=CASE_TWICE), "roster", "proof.cut_twice"),
    "a case twice on the roster too": (
        Forged(cases=TWICE_ON_THE_ROSTER, sealed=roster(TWICE_ON_THE_ROSTER)), "roster", "proof.cut_twice",
    ),
    "a ghost line": (Forged(cases=GHOST), "roster", "proof.cut_size"),
    "a ghost line under a roster of its own": (
        Forged(cases=GHOST, named=roster(GHOST)), "roster", "proof.totals_roster",
    ),
    "a case left out": (Forged(cases=CASES[:7]), "roster", "proof.cut_size"),
    "a case exchanged for another": (Forged(cases=EXCHANGED), "roster", "proof.cut_roster"),
    "two cases in the other order": (
        Forged(cases=[CASES[1], CASES[0], *CASES[2:]]), "roster", "proof.cut_roster",
    ),
    "another week": (
        Forged(cases=[replace(CASES[0], week="2026-W01"), *CASES[1:]]), "roster", "proof.cut_roster",
    ),
    "v = 2": (Forged(value=worth(2)), "bits", "proof.cut_bit"),
    "v = -1": (Forged(value=worth(-1)), "bits", "proof.cut_bit"),
    "v = 2 in one cell and -1 in another": (
        Forged(value=lambda line, table, cell, honest: (
            honest if line != 1 or table != "by_sex" else 2 if cell == "man" else -1
        )), "bits", "proof.cut_bit",
    ),
    "in two cells at once": (Forged(value=with_line(1, *WOMEN, 1)), "tables", "proof.cut_table"),
    "in the total and in no cell": (Forged(value=with_line(1, *MEN, 0)), "tables", "proof.cut_table"),
    "in a cell and not in the total": (Forged(value=with_line(3, *MEN, 1)), "tables", "proof.cut_table"),
    "a category left out of the layout": (Forged(layout=ONE_CATEGORY_LESS), "tables", "proof.cut_table"),
    "the total inflated": (Forged(sums=lambda sums: sums[""].update({"": 7})), "sums", "proof.sums"),
    "the table inflated": (Forged(sums=lambda sums: sums["by_sex"].update(man=9)), "sums", "proof.sums"),
    "two cells exchanged": (
        Forged(sums=lambda sums: sums["by_sex"].update(
            man=sums["by_sex"]["woman"], woman=sums["by_sex"]["man"]
        )), "sums", "proof.sums",
    ),
    "a point of small order": (Forged(small=frozenset({(1, *MEN)})), "points", "proof.cut_subgroup"),
    "parts of small order in eight commitments, which cancel each other": (
        Forged(small=frozenset((line, *MEN) for line in range(8))), "points", "proof.cut_subgroup",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHEATS)
def test_row_21_whatever_an_organisation_forges_is_refused_at_its_step(name: str) -> None:
    forged, step, code = CHEATS[name]
    assert refused(forged.made(), forged.sealed)[:2] == (step, code)


def test_the_line_and_the_cell_of_a_forgery_are_named() -> None:
    assert refused(CHEATS["v = 2"][0].made(), SEALED)[2] == {"line": 2, "cell": "total"}
    assert refused(CHEATS["in two cells at once"][0].made(), SEALED)[2] == {"line": 2, "table": "by_sex"}
    assert refused(CHEATS["the table inflated"][0].made(), SEALED)[2] == {"cell": "by_sex/man", "count": 9}
    small_order = refused(CHEATS["a point of small order"][0].made(), SEALED)[2]
    assert small_order == {"line": 2, "cell": "by_sex/man"}


def test_even_unnoticed_a_part_of_small_order_would_change_no_number() -> None:
    """What follows that step holds in the quotient by the points of small order."""
    unnoticed = frozenset((line, *MEN) for line in range(8))
    made = Forged(small=unnoticed).made()
    totals = read_totals(made.totals)
    cut = read_cut(made.cut, totals.layout)
    check_bits(totals, cut, decoded(cut))
    check_tables(totals, cut, decoded(cut))
    check_sums(totals, decoded(cut))
    assert totals.sums == HONEST.totals.sums
    made = Forged(small=unnoticed, value=worth(2)).made()
    totals = read_totals(made.totals)
    cut = read_cut(made.cut, totals.layout)
    with pytest.raises(ProofRefused):
        check_bits(totals, cut, decoded(cut))


def decoded(cut: Cut) -> Points:
    rows = []
    for line in cut.lines:
        found = [decode(token[:32]) for tokens in line.tokens for token in tokens]
        rows.append(tuple(one for one in found if one is not None))
    return Points(tuple(rows))


OTHER_EDITION = small(8, head(edition=4)).cut.lines
OTHER_CUT = small(8, head("another content")).cut.lines


def commitment(line: Line, at: int) -> bytes:
    return token_at(line, at)[:32]


def proof(line: Line, at: int) -> bytes:
    return token_at(line, at)[32:]


Moved = Callable[[Line, Line], tuple[int, bytes]]
"""Of two lines: in which cell of the first what is put."""

MOVED: dict[str, Moved] = {
    "the token of another case": lambda one, two: (0, token_at(two, 0)),
    "the token of another cell": lambda one, two: (1, token_at(one, 2)),
    "the token of another table": lambda one, two: (3, token_at(one, 2)),
    "the token of another cut": lambda one, two: (3, token_at(OTHER_CUT[0], 3)),
    "the token of another edition": lambda one, two: (3, token_at(OTHER_EDITION[0], 3)),
    "the commitment of another case": lambda one, two: (0, commitment(two, 0) + proof(one, 0)),
    "the proof of another case": lambda one, two: (0, commitment(one, 0) + proof(two, 0)),
}


@pytest.mark.parametrize("name", MOVED)
def test_a_commitment_or_proof_moved_elsewhere_is_refused(name: str) -> None:
    cells: list[int] = []

    def moved(lines: list[Line]) -> list[Line]:
        cell, token = MOVED[name](lines[0], lines[1])
        cells.append(cell)
        return [with_token(lines[0], cell, token), *lines[1:]]

    found = refused(Forged(lines=moved).made(), SEALED)
    assert found == ("bits", "proof.cut_bit", {"line": 1, "cell": named(*list(LAYOUT.places())[cells[0]])})


NEUTRAL = b"\x01" + bytes(31)


@pytest.mark.parametrize(
    "point", [NEUTRAL, b"\x02" + bytes(31), b"\xff" * 32], ids=["neutral", "none", "large"]
)
def test_a_commitment_that_is_no_point_is_refused(point: bytes) -> None:
    def moved(lines: list[Line]) -> list[Line]:
        return [*lines[:2], with_token(lines[2], 1, point + proof(lines[2], 1)), *lines[3:]]

    found = refused(Forged(lines=moved).made(), SEALED)
    assert found == ("points", "proof.cut_point", {"line": 3, "cell": "by_sex/man"})


def test_a_scalar_moved_to_another_line_or_not_reduced_is_refused() -> None:
    def exchanged(lines: list[Line]) -> list[Line]:
        return [replace(lines[0], scalars=lines[1].scalars), *lines[1:]]

    def large(lines: list[Line]) -> list[Line]:
        return [replace(lines[0], scalars=(b"\xff" * 32, lines[0].scalars[1])), *lines[1:]]

    for spoil in (exchanged, large):
        found = refused(Forged(lines=spoil).made(), SEALED)
        assert found == ("tables", "proof.cut_table", {"line": 1, "table": "by_sex"})


def flipped(data: bytes, at: int, bit: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def tiny() -> Small:
    """One case, two cells."""
    cases = [replace(case(0), counted=frozenset({("", ""), ("all", "one")}))]
    sealed, layout = roster(cases), Layout((TOTAL, Cells("all", ("one",))))
    made = prove(head(), layout, sealed, cases)
    totals, cut = check_totals(made.totals, made.cut, sealed)
    return Small(cases, sealed, made, totals, cut)


TINY = tiny()


def test_no_byte_of_the_document_can_change() -> None:
    bits = random.Random(21)
    for at in range(len(TINY.proven.totals)):
        changed = flipped(TINY.proven.totals, at, bits.randrange(8))
        with pytest.raises(ProofRefused):
            check_totals(changed, TINY.proven.cut, TINY.roster)


def test_no_byte_of_the_lines_can_change() -> None:
    bits = random.Random(21)
    for at in range(len(TINY.proven.cut)):
        with pytest.raises(ProofRefused):
            check_totals(TINY.proven.totals, flipped(TINY.proven.cut, at, bits.randrange(8)), TINY.roster)


def test_no_byte_of_the_lines_can_change_under_a_new_root_either() -> None:
    bits = random.Random(22)
    for at in range(0, len(TINY.proven.cut), 3):
        changed = flipped(TINY.proven.cut, at, bits.randrange(8))
        with pytest.raises(ProofRefused):
            root = read_cut(changed, TINY.totals.layout).root
            check_totals(replace(TINY.totals, cut_root=root).data(), changed, TINY.roster)


def test_lines_repeated_removed_or_reordered_are_refused() -> None:
    lines = HONEST.proven.cut.splitlines(keepends=True)
    more = [[lines[0], *lines], lines[1:], lines[:-1], [lines[1], lines[0], *lines[2:]], [*lines, lines[7]]]
    for changed in more:
        found = refused(Proven(HONEST.proven.totals, b"".join(changed)), SEALED)
        assert found[1] in {"proof.cut_line", "proof.cut_size"}
