"""Which rows hold a fact: conditions, cases, repeats."""

from __future__ import annotations

import pytest

from constancia.domain.mapping.cells import Cell
from tests.domain.mapping.rows import NAME, facts, plan, refused


@pytest.mark.parametrize(
    ("condition", "cell", "holds"),
    [
        ('{ column = "c", equals = "Sí" }', "sí", True),
        ('{ column = "c", equals = 1 }', 1.0, True),
        ('{ column = "c", one_of = ["a", "b"] }', "B", True),
        ('{ column = "c", one_of = ["a", "b"] }', "c", False),
        ('{ column = "c", empty = true }', "", True),
        ('{ column = "c", empty = true }', "x", False),
        ('{ column = "c", matches = "^pre" }', "preso", True),
        ('{ column = "c", greater = 1 }', "2", True),
        ('{ column = "c", greater = 1 }', "1", False),
        ('{ column = "c", greater = 1 }', "muchos", False),
        ('{ column = "c", greater = 1, less = 3 }', "2,5", True),
        ('{ column = "c", less = "2026-01-01" }', "2025-12-31", True),
        ('{ columns = ["nombre", "c"], equals = "x" }', "x", True),
        ('{ any = [{ column = "c", equals = "y" }, { column = "c", equals = "x" }] }', "x", True),
        ('{ all = [{ column = "c", equals = "y" }, { column = "c", equals = "x" }] }', "x", False),
        ('[{ column = "c", equals = "x" }, { column = "nombre", empty = false }]', "x", True),
        ('{ use = "equis" }', "x", True),
        ('{ use = "equis" }', "z", False),
    ],
)
def test_conditions_choose_rows(condition: str, cell: Cell, holds: bool) -> None:
    spec = NAME + (
        f'[[fact]]\nkind = "sex"\nif = {condition}\nfields = {{ value = "woman" }}\n'
        f'[[fact]]\nkind = "profile"\nunless = {condition}\nfields = {{ value = "civilian" }}\n'
        '[conditions]\nequis = { column = "c", equals = "x" }\n'
    )
    kinds = {fact.kind for fact in facts(spec, "nombre, c", "Ana", cell)}
    assert kinds == ({"name", "sex"} if holds else {"name", "profile"})


STATUS = (
    '[dates]\nlanguage = "es"\n'
    '[[fact]]\ncolumn = "salida"\n'
    "cases = [\n"
    '  { matches = "(?i)^sigue", record = false },\n'
    '  { matches = "(?i)falleci", kind = "death_in_custody", fields = { cause = "{salida}" } },\n'
    '  { matches = "(?i)arresto domiciliario", kind = "release", fields = { release = "house_arrest" } },\n'
    '  { matches = "\\\\d", kind = "release", when = "salida", fields = { release = "under_measures" } },\n'
    "]\n" + NAME
)


@pytest.mark.parametrize(
    ("cell", "kind", "expected", "edtf"),
    [
        ("sigue preso", None, {}, ""),
        ("", None, {}, ""),
        ("Falleció de un infarto", "death_in_custody", {"cause": "Falleció de un infarto"}, ""),
        ("Arresto domiciliario", "release", {"release": "house_arrest"}, ""),
        ("8 de enero de 2026", "release", {"release": "under_measures"}, "2026-01-08"),
    ],
)
def test_a_column_may_hold_a_date_or_a_status(
    cell: str, kind: str | None, expected: dict[str, object], edtf: str
) -> None:
    found = [fact for fact in facts(STATUS, "nombre, salida", "Ana", cell) if fact.kind != "name"]
    assert [(fact.kind, dict(fact.fields), fact.when.edtf) for fact in found] == (
        [(kind, expected, edtf)] if kind else []
    )


def test_a_status_that_no_case_describes_is_refused() -> None:
    assert refused(plan(STATUS, "nombre, salida", ("Ana", "???"))) == [(2, "salida", "mapping.no_case")]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("ARRESTO", "arrest"), (" arresto", "arrest"), ("egreso", "release"), ("ARRESTOS", None)],
)
def test_a_case_may_ask_for_the_whole_cell(cell: str, kind: str | None) -> None:
    spec = NAME + (
        '[[fact]]\ncolumn = "suceso"\ncases = [\n'
        '  { equals = "arresto", kind = "arrest" },\n'
        '  { one_of = ["salida", "egreso"], kind = "release" },\n'
        "  { otherwise = true, record = false },\n"
        "]\n"
    )
    kinds = [fact.kind for fact in facts(spec, "nombre, suceso", "Ana", cell) if fact.kind != "name"]
    assert kinds == ([kind] if kind else [])


CHAIN = NAME + (
    '[[fact]]\nkind = "arrest"\nwhen = "desde"\n'
    '[[fact]]\nkind = "transfer"\nrepeat = [2, 3]\nwhen = "fecha_{n}"\n'
    'fields = { place = "{lugar_{n}}", from_place = "{lugar_{n-1}}", step = "{n}" }\nneeds = ["place"]\n'
)


def test_repeated_groups_of_columns_become_facts_in_their_order() -> None:
    header = "nombre, desde, lugar_1, lugar_2, fecha_2, lugar_3, fecha_3"
    found = facts(CHAIN, header, "Ana", "2026-01-01", "A", "B", "2026-02-01", "C", "", kind="transfer")
    assert [(dict(fact.fields), fact.when.edtf) for fact in found] == [
        ({"place": "B", "from_place": "A", "step": 2}, "2026-02-01"),
        ({"place": "C", "from_place": "B", "step": 3}, ""),
    ]
    short = facts(CHAIN, header, "Ana", "2026-01-01", "A", "", "", "", "", kind="transfer")
    assert short == []
