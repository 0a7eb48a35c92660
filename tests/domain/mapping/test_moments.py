"""When a fact happened, from one column or several."""

from __future__ import annotations

from datetime import date

import pytest

from constancia.domain.errors import MappingRefused
from constancia.domain.mapping import Refusal, fitted, load
from tests.domain.mapping.rows import NAME, SOURCE, facts, plan, refused, when


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


def test_what_a_cell_says_of_an_unknown_date_is_kept_wherever_it_stands() -> None:
    for spec in ('{ first = ["f"] }', '{ from = "f", to = "g" }', '"f"'):
        mapping = f'[[fact]]\nkind = "arrest"\nwhen = {spec}\nif = {{ column = "f", empty = false }}\n'
        (fact,) = facts(mapping, "f, g", "s/f", "")
        assert (fact.when.edtf, fact.when.words) == ("", "s/f")


def test_named_dates_are_written_once() -> None:
    more = '[when]\ncaptura = { first = ["f"] }\n'
    assert when('{ use = "captura", meaning = "before" }', "f", "2026-01-08", more=more) == "../2026-01-07"


def test_a_constant_date_is_edtf() -> None:
    assert when('{ value = "2014-08" }', "f", "") == "2014-08"
    with pytest.raises(MappingRefused) as caught:
        when('{ value = "agosto" }', "f", "")
    assert (caught.value.code, caught.value.params) == ("mapping.constant_date", {"place": "fact 1 › when"})
