"""Tables: columns found by their headings, and rows that are not what they seem."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from constancia.domain.errors import InputRefused
from constancia.domain.mapping.cells import Cell, Row
from constancia.domain.matching.reading import ReadList, read_sheets, read_text
from constancia.domain.matching.reading.words import column_fields
from constancia.domain.matching.shapes import Mention
from tests.domain.matching.reading.read import table


def names(found: ReadList) -> list[str]:
    return [entry.mention.name for entry in found.entries]


@pytest.mark.parametrize(
    "header",
    [
        [
            "N°",
            "NOMBRES Y APELLIDOS",
            "Cédula de Identidad",
            "Edad",
            "Sexo",
            "Estado",
            "Centro de reclusión",
            "Fecha de detención",
            "Profesión",
            "Observaciones",
        ],
        [
            "No.",
            "full_name",
            "Document number",
            "AGE",
            "gender",
            "state",
            "place_of_detention",
            "date_of_arrest",
            "Occupation",
            "remarks",
        ],
    ],
)
def test_columns_are_found_by_their_headings_in_both_languages(header: list[Cell]) -> None:
    row: list[Cell] = [
        1,
        "Ana Inventada",
        12345678.0,
        34,
        "F",
        "Edo. Zulia",
        "Tocorón",
        datetime(2026, 1, 12),
        "docente",
        "LIBERADA",
    ]
    order = [9, 3, 1, 0, 2, 4, 5, 6, 7, 8]
    for one in (list(range(10)), order):
        found = table([header[n] for n in one], [row[n] for n in one])
        day = date(2026, 1, 12).toordinal()
        born = (date(1991, 2, 25).toordinal(), date(1992, 2, 24).toordinal())
        assert found.entries[0].mention == Mention(
            "Ana Inventada", "12345678", born, "woman", "zulia", "Tocorón", (day, day), "docente"
        )
        assert (found.entries[0].remarks, found.entries[0].line, found.entries[0].sheet) == (
            ("LIBERADA",),
            2,
            "Hoja",
        )


@pytest.mark.parametrize(
    "header",
    [
        ["Apellidos", "Nombres"],
        ["Nombre", "Apellido"],
        ["last_name", "first_name"],
        ["Primer nombre", "Primer apellido"],
    ],
)
def test_given_names_and_surnames_are_joined_in_one_order(header: list[Cell]) -> None:
    given = 1 if str(header[0]).lower().startswith(("ap", "last")) else 0
    row: list[Cell] = ["", ""]
    row[given], row[1 - given] = "Ana María", "Prueba Gil"
    assert names(table(header, row)) == ["Ana María Prueba Gil"]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["Detenido", "Familiar que reporta"], "«Detenido», «Familiar que reporta»"),
        (["Nombre", "Nombre completo", "CI"], "«Nombre», «Nombre completo»"),
        (["Apellidos", "Nombres", "Contacto"], "«Nombres», «Contacto»"),
        (["Preso", "Cédula", "Excarcelado"], "«Preso», «Excarcelado»"),
    ],
)
def test_two_columns_of_names_are_refused_by_name_and_never_mixed(header: list[Cell], columns: str) -> None:
    with pytest.raises(InputRefused) as refused:
        table(header, ["Ana Prueba", "José Irreal", "Luis Falso"][: len(header)])
    assert (refused.value.code, refused.value.params) == ("list.columns_several", {"columns": columns})


def test_a_person_chooses_between_two_columns_of_names() -> None:
    rows: list[list[Cell]] = [["Detenido", "Familiar que reporta"], ["Ana Prueba", "José Irreal"]]
    assert names(table(*rows, columns={"name": "Detenido"})) == ["Ana Prueba"]
    assert names(table(*rows, columns={"name": "familiar que  reporta"})) == ["José Irreal"]
    assert names(table(*rows, columns={"name": "@B"})) == ["José Irreal"]


def test_a_declared_column_that_is_not_there_is_refused() -> None:
    for wanted in ("Nadie", "@Z"):
        with pytest.raises(InputRefused) as refused:
            table(["Nombre", "CI"], ["Ana Prueba", 1234567], columns={"name": wanted})
        assert (refused.value.code, refused.value.params) == ("list.column_missing", {"column": wanted})


def test_the_lawyer_is_never_the_person() -> None:
    found = table(["Nombres y apellidos", "Abogado", "CI"], ["Ana Prueba", "José Irreal", 1234567])
    assert names(found) == ["Ana Prueba"]


def test_without_headings_the_only_column_of_names_is_found() -> None:
    found = table([1, "Ana Prueba", "V-1234567", "Zulia"], [2, "José Irreal", "V-2234567", "LIBERADO"])
    assert [(e.mention.name, e.mention.document, e.mention.state, e.remarks) for e in found.entries] == [
        ("Ana Prueba", "V-1234567", "zulia", ()),
        ("José Irreal", "V-2234567", "", ("LIBERADO",)),
    ]


def test_without_headings_two_columns_of_names_are_refused_by_letter() -> None:
    rows: list[list[Cell]] = [["Ana Prueba", "José Irreal"], ["Luis Falso", "Rosa Fingida"]]
    with pytest.raises(InputRefused) as refused:
        table(*rows)
    assert refused.value.params == {"columns": "@A, @B"}
    assert names(table(*rows, columns={"name": "@B"})) == ["José Irreal", "Rosa Fingida"]


def test_titles_totals_repeated_headings_and_blank_rows_are_no_people() -> None:
    found = table(
        ["LISTADO DE PRESOS", None],
        [None, None],
        ["Nombre", "CI"],
        ["Ana Prueba", 1234567],
        ["Nombre", "CI"],
        ["TOTAL", None],
        [None, "1"],
        ["José Irreal", 2234567],
    )
    assert names(found) == ["Ana Prueba", "José Irreal"]
    assert {one.line for one in found.skipped} >= {1, 3, 5, 6, 7}


def test_a_row_without_a_name_is_somebody_if_it_has_a_document() -> None:
    found = table(["Nombre", "CI"], ["", 1234567], ["Ana Prueba", ""])
    assert [(e.mention.name, e.mention.document, e.notes) for e in found.entries] == [
        ("", "1234567", ("list.no_name",)),
        ("Ana Prueba", "", ()),
    ]


def test_a_shifted_row_gives_no_name() -> None:
    found = table(
        ["Nombre", "CI", "Estado"],
        ["Ana Prueba", 1, "Zulia"],
        ["V-1234567", "Zulia", ""],
        ["Zulia", 7654321, ""],
    )
    assert [e.mention.name for e in found.entries] == ["Ana Prueba", "", ""]
    assert all("list.row_shifted" in e.notes for e in found.entries[1:])


def test_what_cells_say_and_cannot_be_read_stays_as_a_remark() -> None:
    header: list[Cell] = [
        "Nombre",
        "CI",
        "Edad",
        "Fecha de nacimiento",
        "Estado",
        "Sexo",
        "Fecha de detención",
    ]
    entry = table(
        header, ["Ana Prueba", "en trámite", "treinta", "13/25/1990", "Nariño", "X", 45000]
    ).entries[0]
    assert entry.mention == Mention("Ana Prueba")
    assert entry.remarks == ("en trámite", "treinta", "13/25/1990", "Nariño", "X", "45000")
    assert set(entry.notes) == {
        "list.document_unread",
        "list.age_unread",
        "list.date_unread",
        "list.state_unread",
        "list.sex_unread",
    }


@pytest.mark.parametrize(
    ("letters", "sexes"),
    [
        (["F", "M"], ["woman", "man"]),
        (["H", "M"], ["man", "woman"]),
        (["M", "M"], ["", ""]),
        (["F", "M", "H"], ["woman", "", "man"]),
    ],
)
def test_the_letter_m_says_a_sex_only_beside_another_letter(letters: list[str], sexes: list[str]) -> None:
    rows: list[list[Cell]] = [
        ["Nombre", "Sexo"],
        *([f"Ana Prueba{'abc'[n]}", one] for n, one in enumerate(letters)),
    ]
    assert [e.mention.sex for e in table(*rows).entries] == sexes


def test_errors_formulas_and_merged_cells_are_not_used() -> None:
    rows = [
        Row(1, ("Nombre", "CI", "Estado")),
        Row(2, ("Ana Prueba", 1234567, "Zulia"), {2: "merged"}),
        Row(3, ("#REF!", None, "Zulia"), {0: "error"}),
        Row(4, ('=HYPERLINK("http://x.example","Ana")', 2234567, None)),
        Row(5, ("José Irreal", 3234567, "Lara"), {0: "formula"}),
    ]
    found = read_sheets([("Hoja", rows)])
    assert [(e.mention.name, e.mention.state, e.notes) for e in found.entries] == [
        ("Ana Prueba", "", ("list.cell_merged",)),
        ("", "", ("list.formula",)),
        ("José Irreal", "lara", ()),
    ]
    assert [(one.line, one.reason) for one in found.skipped] == [
        (1, "list.skip_columns"),
        (3, "list.skip_cell_error"),
    ]


def test_several_sheets_are_read_and_remembered() -> None:
    found = read_sheets(
        [("Uno", [Row(1, ("Nombre",)), Row(2, ("Ana Prueba",))]), ("Dos", [Row(1, ("José Irreal",))])]
    )
    assert [(e.sheet, e.line, e.number, e.mention.name) for e in found.entries] == [
        ("Uno", 2, 1, "Ana Prueba"),
        ("Dos", 1, 2, "José Irreal"),
    ]


@pytest.mark.parametrize("sign", ["\t", ";", ",", "|"])
def test_a_table_that_was_pasted_is_read_by_its_headings(sign: str) -> None:
    rows = [["N", "Nombre", "CI"], ["1", "Ana Prueba", "V-1234567"], ["", "José Irreal", "2234567"]]
    text = "\n".join(["Lista", *(sign.join(row) for row in rows), "Luis Falso"])
    found = read_text([text])
    assert [(e.mention.name, e.mention.document, e.line) for e in found.entries] == [
        ("Ana Prueba", "V-1234567", 3),
        ("José Irreal", "2234567", 4),
        ("Luis Falso", "", 5),
    ]


def test_no_heading_stands_for_two_things() -> None:
    assert column_fields()["nombres y apellidos"] == "name"
