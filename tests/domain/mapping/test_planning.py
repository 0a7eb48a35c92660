"""People, detentions and refusals, row by row. Everybody here is invented."""

from __future__ import annotations

from datetime import date

from constancia.domain.dates import UNKNOWN
from constancia.domain.mapping import PlannedCase, Refusal, fitted, load
from constancia.domain.mapping.cells import Cell, Row
from tests.domain.mapping.rows import NAME, SOURCE, plan, refused

WITH_ID = '[person]\nscheme = "lista"\nid = ["id"]\n'
HELD = NAME + '[[fact]]\nkind = "arrest"\nwhen = "f"\n'

HELD_AT = NAME + '[[fact]]\nkind = "seen_held"\nfields = { place = "{centro}" }\n'


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
    (begun,) = plan(mapping, "nombre, anotado", ("Ana", "2026"), today=date(2026, 1, 7))
    assert isinstance(begun, PlannedCase)
    assert begun.known == date(2026, 1, 7)
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


def test_a_mark_of_error_that_is_declared_to_mean_nothing_is_no_error() -> None:
    planner = fitted(load(SOURCE + '[file]\nempty = ["#N/A"]\n' + HELD_AT), ("centro", "nombre"), None)
    (case,) = planner.plan([Row(2, ("#N/A", "Ana"), {0: "error"})])
    assert isinstance(case, PlannedCase)
    assert [fact.kind for fact in case.facts] == ["name"]


def test_what_would_mean_an_error_above_is_refused_as_the_error_is() -> None:
    planner = fitted(load(SOURCE + '[file]\nfill_down = ["centro"]\n' + HELD_AT), ("centro", "nombre"), None)
    rows = [Row(2, ("Yare", "Ana")), Row(3, ("#REF!", "Eva"), {0: "error"}), Row(4, ("", "Iris"))]
    assert refused(list(planner.plan(rows))) == [
        (3, "centro", "table.cell_error"),
        (4, "centro", "table.cell_error"),
    ]


def test_a_row_that_gives_nothing_is_reported() -> None:
    assert refused(plan(NAME, "nombre, x", ("", "algo"))) == [(2, "", "mapping.nothing")]


def test_no_refusal_carries_the_cell() -> None:
    planned = plan(HELD, "nombre, f", ("Ana Sol", "secreto de Ana"))
    assert all("Ana" not in str(found.params) for found in planned if isinstance(found, Refusal))


def test_an_empty_cell_may_mean_what_stands_above_it() -> None:
    mapping = '[file]\nfill_down = ["centro"]\n' + HELD_AT
    rows = [("El Rodeo", "Ana"), ("", "Eva"), ("Yare", "Iris"), (None, "Zoé")]
    found = [case for case in plan(mapping, "centro, nombre", *rows) if isinstance(case, PlannedCase)]
    assert [dict(case.facts[1].fields)["place"] for case in found] == ["El Rodeo", "El Rodeo", "Yare", "Yare"]
    assert found[1].original == {"nombre": "Eva"}


def test_a_merged_cell_may_be_filled_down() -> None:
    planner = fitted(load(SOURCE + '[file]\nfill_down = ["centro"]\n' + HELD_AT), ("centro", "nombre"), None)
    rows = [Row(2, ("Yare", "Ana")), Row(3, (None, "Eva"), {0: "merged"})]
    cases = [case for case in planner.plan(rows) if isinstance(case, PlannedCase)]
    assert [dict(case.facts[1].fields)["place"] for case in cases] == ["Yare", "Yare"]


def test_an_identifier_may_be_filled_down() -> None:
    mapping = '[file]\nfill_down = ["id"]\n' + WITH_ID + HELD
    planner = fitted(load(SOURCE + mapping), ("id", "nombre", "f"), None)
    rows = [Row(2, ("7  a", "Ana", "2025")), Row(3, ("", "Ana", "2026"))]
    assert [case.person for case in planner.plan(rows) if isinstance(case, PlannedCase)] == ["7 a", "7 a"]
    assert list(planner.person_keys(rows)) == ["7 a", "7 a"]


def test_rows_that_are_nobody_are_skipped_and_said() -> None:
    mapping = "[file]\nskip = { column = \"nombre\", matches = '(?i)^total' }\n" + NAME
    planned = plan(mapping, "nombre", ("Ana",), ("TOTAL: 1",))
    assert refused(planned) == [(3, "", "mapping.row_skipped")]


def test_each_row_may_have_a_source_of_its_own() -> None:
    source = """
[source]
label = "{fuente}"
group = "{fuente}"
kind = { column = "tipo", values = { f = "relative", p = "press" } }
reliability = { column = "fe", values = { alta = "B" }, otherwise = "empty" }
"""
    header = ("nombre", "fuente", "tipo", "fe")
    planner = fitted(load('title = "Lista"\n' + source + NAME), header, None)
    rows = [
        Row(2, ("Ana", "su hermana", "f", "alta")),
        Row(3, ("Eva", "", "p", "?")),
        Row(4, ("Iris", "x", "z", "")),
    ]
    planned = list(planner.plan(rows))
    told = [case.source for case in planned if isinstance(case, PlannedCase)]
    assert [(one.kind, one.label, one.reliability, one.group) for one in told] == [
        ("relative", "su hermana", "B", "su hermana"),
        ("press", "Lista", "F", ""),
    ]
    assert refused(planned) == [(4, "tipo", "mapping.value_unknown")]
