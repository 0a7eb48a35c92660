"""A proof of totals that holds, and what its lines do not tell."""

from __future__ import annotations

from hashlib import sha256

import pytest

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.layout import TOTAL, Layout
from constancia.domain.ledger.merkle import EMPTY
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.totals_checking import STEPS, check_totals
from constancia.domain.ledger.totals_proving import Case, prove
from tests.support.small_totals import LAYOUT, ORIGIN, WEEK, Small, case, head, roster, small

SMALL = small(8)
COUNTED = frozenset({("", ""), ("by_sex", "man"), ("profile", "civilian")})


def test_an_honest_proof_holds_step_by_step() -> None:
    steps: list[str] = []
    told: list[tuple[int, int]] = []
    totals, cut = check_totals(
        SMALL.proven.totals, SMALL.proven.cut, SMALL.roster,
        on_step=steps.append, on_progress=lambda done, whole: told.append((done, whole)),
    )  # fmt: skip
    assert steps == list(STEPS)
    assert told == [(40, 40)]
    assert (totals, cut) == (SMALL.totals, SMALL.cut)
    assert totals.sums[""][""] == sum(bool(one.counted) for one in SMALL.cases) == 6


def test_many_points_take_the_way_of_subsets() -> None:
    many = small(26)
    assert sum(len(tokens) for line in many.cut.lines for tokens in line.tokens) == 130
    check_totals(many.proven.totals, many.proven.cut, many.roster)


@pytest.mark.parametrize("cases", [[], [case(0)], [case(0, "man", "civilian")]], ids=["nobody", "not", "one"])
def test_the_smallest_rosters_hold(cases: list[Case]) -> None:
    for layout in (LAYOUT, Layout((TOTAL,))):
        given = [
            Case(
                one.week,
                one.slot_root,
                one.key,
                frozenset(x for x in one.counted if layout is LAYOUT or not x[0]),
            )
            for one in cases
        ]
        sealed = roster(given)
        made = prove(head(), layout, sealed, given)
        totals, _ = check_totals(made.totals, made.cut, sealed)
        assert totals.sums[""][""] == sum(bool(one.counted) for one in cases)


def test_an_empty_roster_has_the_root_of_nothing() -> None:
    assert roster([]) == Checkpoint(ORIGIN, 0, EMPTY)


@pytest.mark.parametrize(
    "sealed",
    [
        Checkpoint(ORIGIN, 7, SMALL.roster.root),
        Checkpoint("other.example/constancia/casos/1", 8, SMALL.roster.root),
        Checkpoint(ORIGIN, 8, EMPTY),
    ],
    ids=["size", "origin", "root"],
)
def test_another_roster_is_refused(sealed: Checkpoint) -> None:
    with pytest.raises(ProofRefused) as refused:
        check_totals(SMALL.proven.totals, SMALL.proven.cut, sealed)
    assert refused.value.code == "proof.totals_roster"


def words(of: Small) -> list[list[str]]:
    return [line.split(" ") for line in of.proven.cut.decode().splitlines()]


def test_two_cuts_of_the_same_people_share_the_public_part_of_their_lines_and_nothing_else() -> None:
    """That part is no secret: index and slot root are those of the roster, which only grows."""
    first, second = small(8, head("february")), small(8, head("march"))
    public = {word for line in words(first) for word in line[:3]}
    assert public == {word for line in words(second) for word in line[:3]}
    pieces: list[set[str]] = []
    for one in (first, second):
        tokens = [word for line in words(one) for word in line[3:]]
        pieces.append({word[at : at + 16] for word in tokens for at in range(len(word) - 15)})
    assert not pieces[0] & pieces[1]


def test_two_figures_of_one_edition_share_nothing_either() -> None:
    first = small(4)
    cases = first.cases
    other = prove(head(edition=4), LAYOUT, first.roster, cases)  # the same content, hence the same cut keys
    tokens = {word for line in words(first) for word in line[3:]}
    assert not tokens & set(other.cut.decode().split())


def test_the_lines_of_two_registers_of_one_shape_look_alike() -> None:
    """One counts everybody, one nobody."""
    shapes = []
    for counted in (COUNTED, frozenset[tuple[str, str]]()):
        given = [
            Case(WEEK, sha256(b"%d" % at).digest(), sha256(b"k%d" % at).digest(), counted) for at in range(6)
        ]
        made = prove(head(), LAYOUT, roster(given), given)
        shapes.append([[len(word) for word in line.split(b" ")] for line in made.cut.split(b"\n")])
    assert shapes[0] == shapes[1]
