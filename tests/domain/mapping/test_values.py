"""What fields become. Everybody here is invented."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.mapping import PlannedCase
from tests.domain.mapping.rows import NAME, facts, fields, plan, refused


def test_a_template_joins_columns_and_leaves_out_brackets_with_empty_cells() -> None:
    spec = '[[fact]]\nkind = "name"\nfields = { full = "{a}[ {b}][ ({c})]" }\n'
    assert fields(spec, "a, b, c", "Ana", "", "la Negra") == {"full": "Ana (la Negra)"}
    assert fields(spec, "a, b, c", "Ana", "Sol", "") == {"full": "Ana Sol"}


def test_doubled_brackets_and_braces_stand_for_themselves() -> None:
    spec = '[[fact]]\nkind = "name"\nfields = { full = "[[{a}]] {{x}}" }\n'
    assert fields(spec, "a", "Ana") == {"full": "[Ana] {x}"}


def test_a_fact_without_anything_from_the_row_is_not_recorded() -> None:
    spec = NAME + '[[fact]]\nkind = "occupation"\nfields = { group = "{oficio}", detail = "{detalle}" }\n'
    assert [fact.kind for fact in facts(spec, "nombre, oficio, detalle", "Ana", "", None)] == ["name"]


def test_values_are_translated_whatever_their_case_or_number_type() -> None:
    spec = (
        '[[fact]]\nkind = "sex"\n[fact.fields.value]\ncolumn = "s"\nvalues = { "1" = "man", "F" = "woman" }\n'
    )
    assert [fields(spec, "s", cell) for cell in ("1", 1.0, " f ", 1)] == [
        {"value": "man"},
        {"value": "man"},
        {"value": "woman"},
        {"value": "man"},
    ]


@pytest.mark.parametrize(
    ("otherwise", "outcome"), [("refuse", None), ("keep", {"group": "zapatero"}), ("empty", {"detail": "d"})]
)
def test_a_value_without_translation_is_refused_kept_or_emptied_as_said(
    otherwise: str, outcome: dict[str, object] | None
) -> None:
    spec = (
        f'[[fact]]\nkind = "occupation"\n[fact.fields]\ndetail = "{{d}}"\n'
        f'group = {{ column = "o", values = {{ maestro = "docente" }}, otherwise = "{otherwise}" }}\n'
    )
    planned = plan(spec, "o, d", ("zapatero", "d"))
    if outcome is None:
        assert refused(planned) == [(2, "o", "mapping.value_unknown")]
    else:
        assert isinstance(planned[0], PlannedCase)
        expected = {**outcome, "detail": "d"}
        assert dict(planned[0].facts[0].fields) == expected


def test_a_list_is_split_translated_and_freed_of_doubles() -> None:
    spec = (
        '[[fact]]\nkind = "charge"\n[fact.fields.offences]\ncolumn = "d"\nsplit = ";"\n'
        'values = "delitos"\notherwise = "keep"\n[values.delitos]\n"traición" = "treason"\n'
    )
    assert fields(spec, "d", "Traición; rebelión ;; traición") == {"offences": ["treason", "rebelión"]}


def test_find_gives_every_match() -> None:
    spec = '[[fact]]\nkind = "charge"\nfields.offences = { column = "d", find = "art\\\\. (\\\\d+)" }\n'
    assert fields(spec, "d", "art. 12 y art. 7") == {"offences": ["12", "7"]}


def test_regex_replace_and_patterns_work_one_after_another() -> None:
    spec = (
        '[[fact]]\nkind = "seen_held"\n[fact.fields.place]\ncolumn = "p"\nregex = "lugar: (.*)"\n'
        'replace = [["n\\\\.º ", ""]]\npatterns = "centros"\n'
        '[patterns]\ncentros = [{ match = "(?i)^c[aá]rcel (\\\\d+)", take = "Cárcel \\\\1" }]\n'
    )
    assert fields(spec, "p", "x; lugar: CARCEL n.º 7, ala sur") == {"place": "Cárcel 7"}
    assert fields(spec, "p", "lugar: otra") == {"place": "otra"}


def test_the_first_filled_column_counts() -> None:
    spec = '[[fact]]\nkind = "alias"\nfields.value = { columns = ["a", "b"] }\n'
    assert fields(spec, "a, b", "", "el Chino") == {"value": "el Chino"}


def test_numbers_and_truth_are_read_as_such() -> None:
    spec = '[[fact]]\nkind = "age"\nfields.years = { column = "e", as = "integer" }\n'
    assert [fields(spec, "e", cell) for cell in ("0,22", 17.0, "41")] == [
        {"years": 0},
        {"years": 17},
        {"years": 41},
    ]
    assert refused(plan(spec, "e", ("unos 40",))) == [(2, "e", "mapping.not_a_number")]
    court = '[[fact]]\nkind = "charge"\nfields = { military_court = { column = "m", as = "boolean" } }\n'
    assert fields(court, "m", "Sí") == {"military_court": True}


def test_a_state_is_known_by_its_code_however_it_is_written() -> None:
    spec = '[[fact]]\nkind = "arrest"\nfields.state = { column = "e", as = "state" }\n'
    assert [fields(spec, "e", cell) for cell in ("Edo. Táchira", "ZULIA", "Dtto. Capital")] == [
        {"state": "tachira"},
        {"state": "zulia"},
        {"state": "distrito_capital"},
    ]
    assert refused(plan(spec, "e", ("Antioquia",))) == [(2, "e", "mapping.state_unknown")]
    kept = spec.replace('"state" }', '"state", otherwise = "keep" }')
    assert fields(kept, "e", "Antioquia") == {"state": "Antioquia"}


def test_a_birth_date_is_a_field_read_as_a_date() -> None:
    spec = '[dates]\norder = "dmy"\n[[fact]]\nkind = "birth"\nfields.born = { column = "n", as = "edtf" }\n'
    assert fields(spec, "n", "08/01/1990") == {"born": "1990-01-08"}
    assert fields(spec, "n", date(1990, 1, 8)) == {"born": "1990-01-08"}
    assert fields(spec, "n", "enero de 1990") == {"born": "1990-01"}
    assert refused(plan(spec, "n", ("8/13/1990",))) == [(2, "n", "date.no_such_month")]


def test_constants_may_be_text_number_truth_or_list() -> None:
    given = 'offences = ["traición"], military_court = true, court = "{c}"'
    spec = f'[[fact]]\nkind = "charge"\nfields = {{ {given} }}\n'
    assert fields(spec, "c", "1.º") == {"offences": ["traición"], "military_court": True, "court": "1.º"}


def test_a_required_field_that_is_missing_beside_others_is_said() -> None:
    spec = '[[fact]]\nkind = "measure_imposed"\nfields = { measure = "{m}", court = "{c}" }\n'
    assert refused(plan(spec, "m, c", ("", "1.º"))) == [(2, "m", "mapping.field_missing")]


def test_columns_may_be_named_by_letter_and_in_any_case() -> None:
    spec = '[[fact]]\nkind = "name"\nfields = { full = "{@B}", given = "{ NOMBRE }" }\n'
    assert fields(spec, "nombre,", "Ana", "Ana Sol") == {"full": "Ana Sol", "given": "Ana"}


def test_a_text_without_a_cell_keeps_its_brackets_as_they_are_meant() -> None:
    mapping = NAME + '[[fact]]\nkind = "arrest"\nfields = { place = "sede {{central}} [de la plaza]" }\n'
    (fact,) = facts(mapping, "nombre", "Ana", kind="arrest")
    assert dict(fact.fields)["place"] == "sede {central} de la plaza"


def test_control_and_direction_characters_are_refused() -> None:
    assert refused(plan(NAME, "nombre", ("Ana\u202eloS",), ("Eva\x07",))) == [
        (2, "nombre", "name.control"),
        (3, "nombre", "name.control"),
    ]


def test_line_breaks_become_spaces_except_in_narrative() -> None:
    spec = NAME + '[[fact]]\nkind = "narrative"\nfields = { text = "{relato}" }\n'
    planned = facts(spec, "nombre, relato", "Ana\nSol", "uno\ndos")
    assert [dict(fact.fields) for fact in planned] == [{"full": "Ana Sol"}, {"text": "uno\ndos"}]


def test_a_formula_as_text_is_kept_as_text() -> None:
    assert fields(NAME, "nombre", "=1+1") == {"full": "=1+1"}
