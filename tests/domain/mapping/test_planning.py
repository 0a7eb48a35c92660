"""What each feature of the mapping language makes of a row. Everybody here is invented."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.dates import UNKNOWN
from constancia.domain.errors import MappingRefused
from constancia.domain.mapping import PlannedCase, PlannedFact, Refusal, fitted, load
from constancia.domain.mapping.cells import Cell, Row

SOURCE = '[source]\nkind = "document"\nlabel = "lista"\n'
NAME = '[[fact]]\nkind = "name"\nfields = { full = "{nombre}" }\n'

Planned = list[PlannedCase | Refusal]


def plan(mapping: str, header: str, *rows: tuple[Cell, ...], today: date | None = None) -> Planned:
    names = tuple(name.strip() for name in header.split(","))
    planner = fitted(load(SOURCE + mapping), names, None, today=today)
    return list(planner.plan(Row(number, row) for number, row in enumerate(rows, start=2)))


def facts(mapping: str, header: str, *row: Cell, kind: str = "") -> list[PlannedFact]:
    planned = plan(mapping, header, row)
    assert isinstance(planned[0], PlannedCase), planned
    return [fact for fact in planned[0].facts if not kind or fact.kind == kind]


def fields(mapping: str, header: str, *row: Cell) -> dict[str, object]:
    (fact,) = facts(mapping, header, *row)
    return dict(fact.fields)


def when(spec: str, header: str, *row: Cell, more: str = "") -> str:
    mapping = f'{more}\n[[fact]]\nkind = "arrest"\nwhen = {spec}\nif = {{ column = "x", empty = false }}\n'
    (fact,) = facts(mapping, f"x, {header}", "x", *row)
    return fact.when.edtf


def refused(planned: Planned) -> list[tuple[int, str, str]]:
    return [(found.row, found.column, found.code) for found in planned if isinstance(found, Refusal)]


# Fields ---------------------------------------------------------------------------------------------


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


def test_control_and_direction_characters_are_refused() -> None:
    assert refused(plan(NAME, "nombre", ("Ana\u202eloS",), ("Eva\x07",))) == [
        (2, "nombre", "mapping.control"),
        (3, "nombre", "mapping.control"),
    ]


def test_line_breaks_become_spaces_except_in_narrative() -> None:
    spec = NAME + '[[fact]]\nkind = "narrative"\nfields = { text = "{relato}" }\n'
    planned = facts(spec, "nombre, relato", "Ana\nSol", "uno\ndos")
    assert [dict(fact.fields) for fact in planned] == [{"full": "Ana Sol"}, {"text": "uno\ndos"}]


def test_a_formula_as_text_is_kept_as_text() -> None:
    assert fields(NAME, "nombre", "=1+1") == {"full": "=1+1"}


# When -----------------------------------------------------------------------------------------------


def test_a_monthly_column_means_the_month_and_a_daily_one_goes_before_it() -> None:
    spec = '{ first = ["dia", { column = "mes", precision = "month" }] }'
    assert when(spec, "dia, mes", "1973-09-17", "1973-09-01") == "1973-09-17"
    assert when(spec, "dia, mes", "", "1973-09-01") == "1973-09"
    assert when(spec, "dia, mes", "", date(1973, 9, 1)) == "1973-09"
    assert when(spec, "dia, mes", "", "") == ""


def test_year_month_and_day_may_stand_in_columns_of_their_own() -> None:
    spec = '{ year = "a", month = "m", day = "d" }'
    assert when(spec, "a, m, d", "2026", "1", "8") == "2026-01-08"
    assert when(spec, "a, m, d", 2026.0, "enero", "") == "2026-01"
    assert when(spec, "a, m, d", "2026", "", "") == "2026"
    assert when(spec, "a, m, d", "", "", "") == ""


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("2026", "", "8"), "m", "date.month_missing"),
        (("", "1", "8"), "a", "date.year_missing"),
        (("2026", "2", "30"), "d", "date.no_such_day"),
    ],
)
def test_parts_of_a_date_that_do_not_make_one_are_refused(
    row: tuple[str, ...], column: str, code: str
) -> None:
    spec = '[[fact]]\nkind = "arrest"\nwhen = { year = "a", month = "m", day = "d" }\n'
    assert refused(plan(spec, "a, m, d", row)) == [(2, column, code)]


def test_from_and_to_make_an_interval_open_where_one_is_missing() -> None:
    spec = '{ from = "de", to = { column = "a", precision = "month" } }'
    assert when(spec, "de, a", "2026-01-08", "2026-02-01") == "2026-01-08/2026-02-28"
    assert when(spec, "de, a", "2026-01-08", "") == "2026-01-08/.."
    assert when(spec, "de, a", "", "2026-02-01") == "../2026-02-28"


@pytest.mark.parametrize(
    ("meaning", "edtf"),
    [
        ("before", "../2026-01-30"),
        ("after", "2026-01-02/.."),
        ("on_or_before", "../2026-01-31"),
        ("about", "2026-01~"),
        ("on", "2026-01"),
    ],
)
def test_a_date_may_be_a_bound(meaning: str, edtf: str) -> None:
    assert when(f'{{ column = "f", meaning = "{meaning}" }}', "f", "2026-01") == edtf


def test_a_sentence_may_hold_the_date_and_say_what_it_means() -> None:
    rule = '{ match = "decision made on (.*)", take = "\\\\1", meaning = "on_or_before" }'
    spec = f'{{ column = "f", patterns = [{rule}] }}'
    assert when(spec, "f", "Detention decision made on 14 April 2014") == "../2014-04-14"
    assert when(spec, "f", "14 April 2014") == "2014-04-14"


def test_broken_digits_are_joined_and_the_words_stay_as_written() -> None:
    mapping = (
        '[dates]\nlanguage = "en"\n[[fact]]\nkind = "arrest"\n'
        "[fact.when]\ncolumn = \"f\"\nreplace = [['\\b(\\d) (\\d{3})\\b', '\\1\\2']]\n"
    )
    (fact,) = facts(mapping, "f", "1 April 2 013")
    assert (fact.when.edtf, fact.when.words) == ("2013-04-01", "1 April 2 013")


def test_the_order_of_figures_is_declared_or_the_date_is_refused() -> None:
    spec = '[[fact]]\nkind = "arrest"\nwhen = "f"\n'
    assert refused(plan(spec, "f", ("08/01/2026",))) == [(2, "f", "date.order_undeclared")]
    assert when('"f"', "f", "08/01/2026", more='[dates]\norder = "dmy"') == "2026-01-08"
    assert (
        when('{ column = "f", order = "mdy" }', "f", "08/01/2026", more='[dates]\norder = "dmy"')
        == "2026-08-01"
    )


def test_serial_numbers_are_dates_only_where_that_is_declared() -> None:
    assert when('"f"', "f", 46030.0, more="[dates]\nexcel_epoch = 1900") == "2026-01-08"
    assert when('"f"', "f", 44568.0, more="[dates]\nexcel_epoch = 1904") == "2026-01-08"
    planned = plan('[[fact]]\nkind = "arrest"\nwhen = "f"\n', "f", (46030.0,))
    assert [found.code.split(".")[0] for found in planned if isinstance(found, Refusal)] == ["date"]


def test_an_epoch_that_the_workbook_contradicts_is_refused() -> None:
    mapping = load(SOURCE + "[dates]\nexcel_epoch = 1900\n" + NAME)
    with pytest.raises(MappingRefused, match=r"mapping\.epoch"):
        fitted(mapping, ("nombre",), 1904)


def test_unknown_marks_mean_no_date() -> None:
    more = '[dates]\nunknown = ["no se sabe"]'
    assert when('"f"', "f", "no se sabe", more=more) == ""
    assert when('"f"', "f", "s/f", more=more) == ""


def test_named_dates_are_written_once() -> None:
    more = '[when]\ncaptura = { first = ["f"] }\n'
    assert when('{ use = "captura", meaning = "before" }', "f", "2026-01-08", more=more) == "../2026-01-07"


def test_a_constant_date_is_edtf() -> None:
    assert when('{ value = "2014-08" }', "f", "") == "2014-08"
    with pytest.raises(MappingRefused) as caught:
        when('{ value = "agosto" }', "f", "")
    assert (caught.value.code, caught.value.params) == ("mapping.constant_date", {"place": "fact 1 › when"})


# Conditions, cases, repeats -------------------------------------------------------------------------


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


# People and detentions ------------------------------------------------------------------------------

WITH_ID = '[person]\nscheme = "lista"\nid = ["id"]\n'
HELD = NAME + '[[fact]]\nkind = "arrest"\nwhen = "f"\n'


def cases(mapping: str, header: str, *rows: tuple[Cell, ...]) -> list[PlannedCase]:
    return [found for found in plan(mapping, header, *rows) if isinstance(found, PlannedCase)]


def test_rows_with_one_identifier_are_one_person_with_a_detention_each() -> None:
    first, second = cases(WITH_ID + HELD, "id, nombre, f", (7.0, "Ana", "2025"), ("7", "Ana", "2026"))
    assert first.person == second.person == "7"
    assert first.external_id == ("lista", "7")
    assert first.detentions != second.detentions


def test_all_rows_of_a_person_may_describe_one_detention() -> None:
    mapping = '[detention]\nrows = "one"\n' + WITH_ID + HELD
    first, second = cases(mapping, "id, nombre, f", ("7", "Ana", "2025"), ("7", "Ana", "2026"))
    assert first.detentions == second.detentions


def test_a_column_may_tell_detentions_apart() -> None:
    mapping = '[detention]\nid = ["causa"]\n' + WITH_ID + HELD
    rows = [("7", "Ana", "2025", "a"), ("7", "Ana", "2026", "b"), ("7", "Ana", "2026", "a")]
    one, two, three = cases(mapping, "id, nombre, f, causa", *rows)
    assert one.detentions == three.detentions != two.detentions


def test_rows_without_an_identifier_stand_for_themselves() -> None:
    first, second = cases(HELD, "nombre, f", ("Ana", "2025"), ("Ana", "2025"))
    assert (first.person, first.external_id) == ("", None)
    assert first.detentions != second.detentions


def test_a_missing_identifier_refuses_the_row() -> None:
    assert refused(plan(WITH_ID + HELD, "id, nombre, f", ("", "Ana", "2025"))) == [
        (2, "id", "mapping.id_missing")
    ]


def test_a_previous_detention_in_the_same_row_is_another() -> None:
    mapping = HELD + (
        '[[fact]]\nkind = "arrest"\ndetention = "anterior"\nwhen = { column = "f", meaning = "before" }\n'
        'if = { column = "previas", greater = 0 }\n'
    )
    (case,) = cases(mapping, "nombre, f, previas", ("Ana", "2026-01-08", "1"))
    assert len(case.detentions) == 2
    assert [fact.when.edtf for fact in case.facts if fact.kind == "arrest"] == ["2026-01-08", "../2026-01-07"]


def test_the_known_date_is_a_day_for_all_or_a_column() -> None:
    (fixed,) = cases('[known]\ndate = "2014-08"\n' + NAME, "nombre", ("Ana",))
    assert fixed.known == date(2014, 8, 31)
    mapping = '[known]\ncolumn = "anotado"\n' + NAME
    rows = cases(mapping, "nombre, anotado", ("Ana", "2026-01-08"), ("Eva", ""))
    assert [row.known for row in rows] == [date(2026, 1, 8), None]
    late = plan(mapping, "nombre, anotado", ("Ana", "2026-01-08"), today=date(2026, 1, 7))
    assert refused(late) == [(2, "anotado", "mapping.known_later")]


def test_the_whole_row_is_kept_whatever_the_mapping_reads() -> None:
    (case,) = cases('[file]\nempty = ["NA"]\n' + NAME, "nombre, otra,", ("Ana ", "NA", 3.0))
    assert case.original == {"nombre": "Ana ", "otra": "NA", "C": "3"}


def test_consent_and_region_come_with_the_person() -> None:
    mapping = NAME + '[person]\nconsent = "count_only"\nregion = "{estado}"\n'
    (case,) = cases(mapping, "nombre, estado", ("Ana", "lara"))
    assert case.region == "lara"
    assert [(fact.kind, fact.when) for fact in case.facts] == [("name", UNKNOWN), ("consent", UNKNOWN)]


def test_columns_that_nothing_reads_are_named() -> None:
    planner = fitted(load(SOURCE + NAME), ("nombre", "otra", ""), None)
    assert planner.unused == ("otra", "C")


# What is wrong --------------------------------------------------------------------------------------


def test_one_bad_cell_refuses_its_row_and_all_faults_are_said() -> None:
    spec = (
        '[dates]\norder = "dmy"\n'
        + HELD
        + '[[fact]]\nkind = "sex"\n[fact.fields.value]\ncolumn = "s"\nvalues = { M = "man" }\n'
    )
    planned = plan(spec, "nombre, f, s", ("Ana", "30/02/2026", "F"), ("Eva", "2026", "M"))
    assert refused(planned) == [(2, "f", "date.no_such_day"), (2, "s", "mapping.value_unknown")]
    assert [case.row for case in planned if isinstance(case, PlannedCase)] == [3]


def test_skip_fact_records_the_rest_of_the_row_and_reports_the_fact() -> None:
    lenient = HELD.replace('when = "f"', 'when = "f"\non_error = "skip_fact"')
    planned = plan(lenient, "nombre, f", ("Ana", "ayer"))
    assert [(found.column, found.whole_row) for found in planned if isinstance(found, Refusal)] == [
        ("f", False)
    ]
    assert [fact.kind for case in planned if isinstance(case, PlannedCase) for fact in case.facts] == ["name"]


def test_a_release_before_the_arrest_is_refused_unless_the_dates_can_be_reconciled() -> None:
    spec = HELD + '[[fact]]\nkind = "release"\nwhen = "g"\n'
    assert refused(plan(spec, "nombre, f, g", ("Ana", "2026-01-08", "2026-01-07"))) == [
        (2, "g", "fact.exit_before_entry")
    ]
    assert refused(plan(spec, "nombre, f, g", ("Ana", "2026-01-08", "2026-01"))) == []


CHECKED = (
    '[when]\ninicio = "f"\nfin = "g"\n[[check]]\nearlier = "inicio"\nlater = "fin"\n'
    + NAME
    + '[[fact]]\nkind = "arrest"\nwhen = { use = "inicio" }\n'
    + '[[fact]]\nkind = "seen_held"\nwhen = { use = "fin" }\n'
)


def test_a_check_refuses_what_the_later_date_dates_and_says_so_once() -> None:
    planned = plan(
        CHECKED, "nombre, f, g", ("Ana", "2026-01-08", "2026-01-07"), ("Eva", "2026-01-08", "2026-01-08")
    )
    assert refused(planned) == [(2, "g", "mapping.ends_before_start")]
    kinds = [[fact.kind for fact in case.facts] for case in planned if isinstance(case, PlannedCase)]
    assert kinds == [["name", "arrest"], ["name", "arrest", "seen_held"]]


def test_dates_in_the_future_are_refused_with_their_cell() -> None:
    planned = plan(HELD, "nombre, f", ("Ana", "2026-01-09"), today=date(2026, 1, 8))
    assert refused(planned) == [(2, "f", "fact.future")]


def test_a_row_longer_than_the_header_is_refused() -> None:
    assert refused(plan(NAME, "nombre", ("Ana", "Sol"), ("Eva", ""))) == [(2, "B", "table.row_too_long")]


def test_error_and_merged_cells_are_refused_only_where_they_are_read() -> None:
    planner = fitted(load(SOURCE + NAME), ("nombre", "x"), None)
    rows = [
        Row(2, ("#REF!", "x"), {0: "error"}),
        Row(3, ("Ana", "#N/A"), {1: "error"}),
        Row(4, (None, 1), {0: "merged"}),
    ]
    assert refused(list(planner.plan(rows))) == [
        (2, "nombre", "table.cell_error"),
        (4, "nombre", "table.cell_merged"),
    ]


def test_a_row_that_gives_nothing_is_reported() -> None:
    assert refused(plan(NAME, "nombre, x", ("", "algo"))) == [(2, "", "mapping.nothing")]


def test_no_refusal_carries_the_cell() -> None:
    planned = plan(HELD, "nombre, f", ("Ana Sol", "secreto de Ana"))
    assert all("Ana" not in str(found.params) for found in planned if isinstance(found, Refusal))
