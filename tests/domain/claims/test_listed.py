"""Names out of a pasted list."""

from __future__ import annotations

import pytest

from constancia.domain.claims.listed import MOST, names_in
from constancia.domain.errors import InputRefused


@pytest.mark.parametrize(
    "line",
    ["Ana Prueba", " 1. Ana Prueba", "12) Ana Prueba", "(3) Ana Prueba", "4.- Ana Prueba", "5\tAna Prueba",
     "• Ana Prueba", "- Ana Prueba,", "N.º 7 Ana Prueba", "8 – Ana Prueba", "- 9. Ana Prueba;", 
     "10.Ana Prueba"],
)  # fmt: skip
def test_numbering_is_not_part_of_a_name(line: str) -> None:
    assert names_in(line) == ["Ana Prueba"]


@pytest.mark.parametrize("name", ["Norma Prueba", "N. Prueba", "Ana Prueba 2.ª", "D'Elía-Prueba, Ana"])
def test_what_is_part_of_a_name_stays(name: str) -> None:
    assert names_in(name) == [name]


def test_empty_lines_are_no_names_and_namesakes_stay() -> None:
    assert names_in("\n1. Ana Prueba\n\n2.\n---\n3. Ana Prueba\r\n") == ["Ana Prueba", "Ana Prueba"]


def test_a_line_that_cannot_be_kept_is_named_by_its_row() -> None:
    for bad in ("Ma\x00lo", "x" * 401, "Da\ufffdado"):
        with pytest.raises(InputRefused) as refused:
            names_in(f"Ana Prueba\n\n{bad}")
        assert (refused.value.code, refused.value.params) == ("announcement.list_line", {"row": 3})


def test_a_list_has_an_end() -> None:
    assert len(names_in("Ana Prueba\n" * MOST)) == MOST
    with pytest.raises(InputRefused) as refused:
        names_in("Ana Prueba\n" * (MOST + 1))
    assert refused.value.code == "announcement.list_long"
