from __future__ import annotations

import csv
import io

import pytest

from constancia.infra.csv_out import lines, safe


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+58 414", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "＝1+1", "＋1", "－1", "＠x"],
)
def test_no_text_is_taken_for_a_formula(cell: str) -> None:
    assert str(safe(cell)).startswith("'")


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert [safe(value) for value in (-5, 2.5, True, None, "")] == [-5, 2.5, True, "", ""]


def test_lines_can_be_read_back_and_say_their_encoding() -> None:
    text = "".join(lines([["nombre", "lugar"], ['Zoila "la Negra" Inventada', "Mérida, centro\nplaza"]]))
    assert text.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(text[1:], newline=""))) == [
        ["nombre", "lugar"],
        ['Zoila "la Negra" Inventada', "Mérida, centro\nplaza"],
    ]
