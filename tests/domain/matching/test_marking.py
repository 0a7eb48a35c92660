"""Two writings side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.matching.marking import Piece, beside


def _marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("theirs", "ours", "left", "right"),
    [
        ("José Pérez", "Jose PEREZ", "José Pérez", "Jose PEREZ"),
        ("PÉREZ INVENTADO JUAN", "Juan Pérez Inventado", "PÉREZ INVENTADO JUAN", "Juan Pérez Inventado"),
        ("Juan Peres", "Juan Pérez", "Juan Pere[s]", "Juan Pére[z]"),
        ("Juan Pérez", "Juan Antonio Pérez Inventado", "Juan Pérez", "Juan [Antonio] Pérez [Inventado]"),
        ("Jhon Gonzales", "John González", "Jh[o]n Gonzale[s]", "J[o]hn Gonzále[z]"),
        ("María", "Pedro", "[María]", "[Pedro]"),
        ("", "Pedro", "", "[Pedro]"),
    ],
)
def test_letters_that_differ_are_marked_and_order_and_accents_are_not(
    theirs: str, ours: str, left: str, right: str
) -> None:
    one, two = beside(theirs, ours)
    assert (_marked(one), _marked(two)) == (left, right)


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_the_names_as_written(theirs: str, ours: str) -> None:
    one, two = beside(theirs, ours)
    assert ("".join(p.text for p in one), "".join(p.text for p in two)) == (theirs, ours)


@given(st.text(max_size=60))
def test_a_name_does_not_differ_from_itself(name: str) -> None:
    assert not any(piece.differs for side in beside(name, name) for piece in side)


def test_a_very_long_line_is_no_burden() -> None:
    one, two = beside("ab " * 100_000, "cd " * 100_000)
    assert "".join(p.text for p in one) == "ab " * 100_000
    assert "".join(p.text for p in two) == "cd " * 100_000
