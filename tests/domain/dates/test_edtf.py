"""EDTF in and out: every text means one interval, and its canonical form means the same."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.dates import UNKNOWN, ImpreciseDate, build, edtf
from constancia.domain.errors import DateRefused
from tests.support.effort import examples

D = date.fromisoformat

SINGLES = [
    "2026-01-08",
    "2024-02-29",
    "2025-12-31",
    "2026-01",
    "2026-02",
    "2026",
    "202X",
    "2025-33",
    "2025-39",
    "2025-41",
]
ENDS = [s + q for s in SINGLES for q in ("", "~", "?", "%")]
PAIRS = [f"{a}/{b}" for a, b in itertools.product([*ENDS, ".."], repeat=2)]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2026-01-08", "2026-01-08", "2026-01-08"),
        ("2026-01", "2026-01-01", "2026-01-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
        ("197X", "1970-01-01", "1979-12-31"),
        ("2026-XX", "2026-01-01", "2026-12-31"),
        ("2026-XX-XX", "2026-01-01", "2026-12-31"),
        ("2026-01-XX", "2026-01-01", "2026-01-31"),
        ("1976-05-XX", "1976-05-01", "1976-05-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2025-33", "2025-01-01", "2025-03-31"),
        ("2025-36", "2025-10-01", "2025-12-31"),
        ("2025-38", "2025-05-01", "2025-08-31"),
        ("2025-40", "2025-01-01", "2025-06-30"),
        ("2026-01-08/2026-01-10", "2026-01-08", "2026-01-10"),
        ("2026-01-20/2026-02", "2026-01-20", "2026-02-28"),
        ("[2026-01-08..2026-01-10]", "2026-01-08", "2026-01-10"),
        ("../2026-01-08", None, "2026-01-08"),
        ("[..2026-01-08]", None, "2026-01-08"),
        ("/2026-01-08", None, "2026-01-08"),
        ("2026-01-08/..", "2026-01-08", None),
        ("2026/", "2026-01-01", None),
        ("2026-01-08~", "2026-01-05", "2026-01-11"),
        ("2026-01~", "2025-12-01", "2026-02-28"),
        ("2014~", "2013-01-01", "2015-12-31"),
        ("197X~", "1965-01-01", "1984-12-31"),
        ("2014%", "2013-01-01", "2015-12-31"),
        ("2014?", "2014-01-01", "2014-12-31"),
        ("2026-01-01~/2026-01-10~", "2026-01-01", "2026-01-10"),
        ("2026-01-08T14:30", "2026-01-08", "2026-01-08"),
        ("2026-01-08T14:30:59.123456", "2026-01-08", "2026-01-08"),
        ("2026-01-08T23:30:00-04:00", "2026-01-08", "2026-01-08"),
        ("2026-01-08T00:00:00Z", "2026-01-08", "2026-01-08"),
        (" 2026-01-08 ", "2026-01-08", "2026-01-08"),
    ],
)
def test_a_text_means_its_interval(text: str, earliest: str | None, latest: str | None) -> None:
    found = edtf.parse(text)
    assert (found.earliest, found.latest) == (earliest and D(earliest), latest and D(latest))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "date.no_such_day"),
        ("2025-02-29", "date.no_such_day"),
        ("2026-01-00", "date.no_such_day"),
        ("2026-13", "date.no_such_month"),
        ("2026-00-01", "date.no_such_month"),
        ("2026-42", "date.no_such_month"),
        ("2026-33-01", "date.no_such_month"),
        ("0000", "date.year_out_of_range"),
        ("0000-01-01", "date.year_out_of_range"),
        ("9999-12-31", "date.year_out_of_range"),
        ("1799", "date.year_out_of_range"),
        ("2101-01", "date.year_out_of_range"),
        ("2026-21", "date.edtf_unsupported"),
        ("2026-XX-08", "date.edtf_unsupported"),
        ("197X-05", "date.edtf_unsupported"),
        ("[2026-01-08,2026-01-10]", "date.edtf_unsupported"),
        ("{2026..2027}", "date.edtf_unsupported"),
        ("Y170000", "date.edtf_unsupported"),
        ("-0044", "date.edtf_unsupported"),
        ("2026-01-10/2026-01-08", "date.interval_reversed"),
        ("2027/2026", "date.interval_reversed"),
        ("2026-01-08T02:00:00Z", "date.utc_time"),
        ("2026-01-08T02:00:00+00:00", "date.utc_time"),
        ("2026-01-08T25:00", "date.unreadable"),
        ("2026/2027/2028", "date.unreadable"),
        ("/", "date.unreadable"),
        ("2026-1-8", "date.unreadable"),
        ("08/01/2026", "date.unreadable"),
        ("enero", "date.unreadable"),
        ("٢٠٢٦", "date.unreadable"),
        ("2026-01-08\x00", "date.unreadable"),
        ("2" * 10_000, "date.unreadable"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(DateRefused) as refusal:
        edtf.parse(text)
    assert refusal.value.code == code


def test_an_empty_text_is_unknown_and_keeps_the_words() -> None:
    assert edtf.parse("") is UNKNOWN
    assert edtf.parse("", "s/f") == ImpreciseDate("", None, None, "s/f")
    assert edtf.parse("../..").edtf == ""


def test_unspecified_month_and_day_have_one_canonical_form() -> None:
    assert edtf.parse("2026-XX").edtf == "2026"
    assert edtf.parse("2026-01-XX~").edtf == "2026-01~"
    assert edtf.parse("2026-01-08/2026-01-08").edtf == "2026-01-08"
    assert edtf.parse("[..2026]").edtf == "../2026"


def test_every_single_date_and_every_pair_parses_back_to_itself() -> None:
    read = refused = 0
    for text in [*ENDS, *PAIRS]:
        try:
            found = edtf.parse(text, "w")
        except DateRefused as refusal:
            refused += refusal.code == "date.interval_reversed"
            continue
        read += 1
        assert edtf.parse(found.edtf, "w") == found, text
    assert read > 500
    assert read + refused == len(ENDS) + len(PAIRS)


def test_in_every_pair_the_reckoning_day_lies_between_the_ends() -> None:
    for text in [*ENDS, *PAIRS]:
        try:
            found = edtf.parse(text)
        except DateRefused:
            continue
        if found.day is None:
            assert found.earliest is found.latest is None
            continue
        assert found.earliest is None or found.earliest <= found.day
        assert found.latest is None or found.day <= found.latest
        if found.span is not None and found.earliest and found.latest:
            assert (found.day - found.earliest) - (found.latest - found.day) in (timedelta(0), timedelta(-1))


@given(st.text(alphabet="0123456789-/X~?%.T:Z[]{}, abc", max_size=30))
@settings(max_examples=examples(100), deadline=None)
def test_whatever_is_written_either_means_an_interval_or_is_refused(text: str) -> None:
    try:
        found = edtf.parse(text)
    except DateRefused:
        return
    assert edtf.parse(found.edtf) == found


days = st.dates(date(1800, 1, 5), date(2100, 12, 20))


@given(days, days)
@settings(max_examples=examples(100), deadline=None)
def test_builders_say_what_they_promise(a: date, b: date) -> None:
    a, b = min(a, b), max(a, b)
    assert build.day(a).span == 1
    assert build.between(a, b).span == (b - a).days + 1
    assert build.before(a).latest == a - timedelta(days=1)
    assert build.after(a).earliest == a + timedelta(days=1)
    assert build.on_or_before(a).latest == a
    assert build.on_or_after(a).earliest == a
    for built in (build.month(a.year, a.month), build.year(a.year), build.decade(a.year)):
        assert built.earliest is not None
        assert built.latest is not None
        assert built.earliest <= a <= built.latest
    halves = [build.fortnight(a.year, a.month, n) for n in (1, 2)]
    assert sum(h.span or 0 for h in halves) == build.month(a.year, a.month).span
    for built in (build.day(a, "w"), build.between(a, b, "w"), build.before(a, "w"), *halves):
        assert edtf.parse(built.edtf, built.words) == built


def test_builders_refuse_what_cannot_be() -> None:
    with pytest.raises(DateRefused, match="interval_reversed"):
        build.between(date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(DateRefused, match="no_such_month"):
        build.month(2026, 13)
    with pytest.raises(DateRefused, match="year_out_of_range"):
        build.year(9999)
    with pytest.raises(DateRefused, match="year_out_of_range"):
        build.before(date(1800, 1, 1))
