"""What a table of statements says, and where it is not understood or could be misread."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from constancia.domain.claims.reconcile.assertion import Assertion, Measure, Note, NotUsed
from constancia.domain.claims.reconcile.from_statements import from_statements
from constancia.domain.claims.reconcile.measures import measured
from constancia.domain.claims.reconcile.report import Report, reconcile, shape
from constancia.domain.errors import InputRefused

HEAD = "stmt_id,org,measure,population,value,bound,period_from,as_of,published,source_url,supersedes\n"
SOLDIERS, FOREIGN = (("profile", "military"),), (("nationality", "foreign"),)


def read(*rows: str) -> tuple[list[Assertion], list[NotUsed]]:
    return from_statements(HEAD + "".join(f"{row}\n" for row in rows), "t")


def one(row: str) -> Assertion:
    [used], unused = read(row)
    assert not unused
    return used


def unused(*rows: str) -> NotUsed:
    [found] = read(*rows)[1]
    return found


def reconciled(*rows: str) -> Report:
    return reconcile(*read(*rows))


def code(text: str) -> str:
    with pytest.raises(InputRefused) as refused:
        from_statements(text)
    return refused.value.code


# Announcements and beginnings.


def test_batches_that_are_announced_are_events_of_their_days_and_no_growing_total() -> None:
    rows = (
        "a,Government,announced,releases,99,=,,2025-12-25T10:00,2025-12-25,,",
        "b,Government,announced,releases,88,=,,2025-12-31,2026-01-01,,",
        "c,Government,announced_release,political_prisoners,20,=,,2025-12-25T18:00,2025-12-25,,",
    )
    used, _ = read(*rows)
    assert {(a.what, a.measure, a.minute) for a in used} == {("announced_release", Measure.DAY, None)}
    assert not reconciled(*rows).conflicts


def test_a_total_of_announcements_is_said_to_be_one() -> None:
    assert one("a,X,cum_announced,,187,=,2025-12-25,2026-01-01,,,").measure is Measure.CUMULATIVE


def test_totals_without_a_beginning_are_compared_only_within_their_document() -> None:
    first, second = "JEP,cum_release,release,1500,=,,2026-01-05", "JEP,cum_release,release,436,=,,2026-02-15"
    assert not reconciled(f"a,{first},,,", f"b,{second},,,").conflicts
    assert not reconciled(f"a,{first},2026-01-05,,", f"b,{second},2026-02-16,,").conflicts
    assert not reconciled(f"a,{first},2026-02-16,u,", f"b,{second},2026-02-16,v,").conflicts
    assert reconciled(f"a,{first},2026-02-16,u,", f"b,{second},2026-02-16,u,").conflicts
    assert reconciled(f"a,{first},2026-02-16,,", f"b,{second},2026-02-16,,").conflicts


# Days and clocks.


def test_a_day_told_after_midnight_is_the_day_that_its_row_begins_with() -> None:
    a = one("a,X,day_release,verified,110,=,2026-01-25,2026-01-26T00:30,2026-01-26,,")
    assert (a.start, a.end, a.minute) == (date(2026, 1, 25), date(2026, 1, 25), 24 * 60 + 30)
    found = reconciled(
        "z,X,cum_release,verified,156,=,2026-01-08,2026-01-23,2026-01-25,,",
        "y,X,day_release,verified,104,>=,2026-01-25,2026-01-25T20:00,2026-01-26,,",
        "a,X,day_release,verified,110,=,2026-01-25,2026-01-26T00:30,2026-01-26,,",
        "x,X,cum_release,verified,266,=,2026-01-08,2026-01-26T09:00,2026-01-26,,",
    )
    assert not found.conflicts
    assert "told at 00:30 the next day" in str(shape(found, "en")["assertions"])


@pytest.mark.parametrize(
    ("days", "reason", "column"),
    [
        (",2026-01-26T00:30", "which_night", "as_of"),
        ("2026-01-25,2026-01-26", "several_days", "period_from"),
        ("2026-01-25,2026-01-26T20:00", "several_days", "period_from"),
        ("2026-01-27,2026-01-26", "backwards", "period_from"),
        ("2026-01-25T20:00,2026-01-25", "within_a_day", "period_from"),
    ],
)
def test_a_day_that_cannot_be_told_is_not_guessed(days: str, reason: str, column: str) -> None:
    found = unused(f"a,X,day_release,verified,110,=,{days},2026-01-27,,")
    assert (found.reason, found.column) == (reason, column)


@pytest.mark.parametrize(
    ("text", "day", "minute"),
    [
        ("2026-01-11T21:00-04:00", 11, 21 * 60),
        ("2026-01-12T00:30Z", 11, 20 * 60 + 30),
        ("2026-01-12 00:30:00+0000", 11, 20 * 60 + 30),
        ("2026-01-12T00:00:00", 12, None),
        ("2026-01-12T04:00Z", 12, 0),
    ],
)
def test_an_offset_is_turned_into_the_clock_of_the_house(text: str, day: int, minute: int | None) -> None:
    a = one(f"a,X,stock,all,5,=,,{text},,,")
    assert (a.end, a.minute) == (date(2026, 1, day), minute)


def test_the_house_may_stand_elsewhere() -> None:
    [a], _ = from_statements(
        HEAD + "a,X,stock,all,5,=,,2026-01-12T00:30Z,,,\n", "t", ZoneInfo("Europe/Madrid")
    )
    assert (a.end, a.minute) == (date(2026, 1, 12), 90)


@pytest.mark.parametrize("text", ["12:75", "24:00", "12:30:61", "12:30+99:99", "12:30-4"])
def test_a_clock_that_does_not_exist_is_not_read(text: str) -> None:
    found = unused(f"a,X,stock,all,5,=,,2026-01-12T{text},,,")
    assert (found.reason, found.row, found.column) == ("date", 2, "as_of")
    assert found.detail == f"2026-01-12T{text}"


# Words of measures.


@pytest.mark.parametrize(
    ("measure", "filters"),
    [
        ("stock_military", SOLDIERS),
        ("stock_foreign", FOREIGN),
        ("stock_police", (("profile", "police"),)),
        ("cum_release_foreigners", FOREIGN),
        ("cum_release_women", (("sex", "woman"),)),
        ("stock_sentenced", (("convicted", "convicted"),)),
    ],
)
def test_a_part_that_the_measure_names_is_not_its_whole(measure: str, filters: object) -> None:
    found = measured(measure, "political_prisoners")
    assert found is not None
    assert (found.who.filters, found.who.population) == (filters, "")


@pytest.mark.parametrize(
    "measure",
    [
        "stock_house_arrest", "cum_house_arrest", "period_rearrest", "re_arrest",
        "cum_held", "cum_release_ward", "day_cum_release", "stock_released", "net_release",
        "announced_full_release", "cum_amnesty_release", "vibes",
    ],
)  # fmt: skip
def test_a_measure_with_a_word_that_is_not_known_is_not_used(measure: str) -> None:
    assert measured(measure, "political_prisoners") is None


@pytest.mark.parametrize(
    ("measure", "population", "what", "how"),
    [
        ("delta", "verified_release", "released", Measure.PERIOD),
        ("delta", "new_arrests", "detained", Measure.PERIOD),
        ("delta", "political_prisoners", "net_change", Measure.NET_CHANGE),
        ("delta", "detainees", "net_change", Measure.NET_CHANGE),
        ("stock_delta", "political_prisoners", "net_change", Measure.NET_CHANGE),
        ("delta_release", "", "released", Measure.PERIOD),
        ("period", "verified_release", "released", Measure.PERIOD),
        ("day", "verified_release", "released", Measure.DAY),
        ("cumulative", "verified_release", "released", Measure.CUMULATIVE),
        ("period_new_arrests", "political_prisoners", "detained", Measure.PERIOD),
        ("period_new_cases", "political_prisoners", "added", Measure.PERIOD),
        ("weekly_late_cases", "", "added", Measure.PERIOD),
        ("day_total_release", "", "released", Measure.DAY),
        ("cum_deaths_in_detention", "", "killed", Measure.CUMULATIVE),
        ("cum_amnesty_requests", "", "amnesty_requests", Measure.CUMULATIVE),
        ("total_stock", "", "held", Measure.STOCK),
        ("restricted", "", "restricted", Measure.STOCK),
    ],
)
def test_what_is_counted_is_read_from_all_the_words(
    measure: str, population: str, what: str, how: Measure
) -> None:
    found = measured(measure, population)
    assert found is not None
    assert (found.what, found.measure) == (what, how)


def test_two_words_for_one_trait_do_not_go_together() -> None:
    assert measured("stock_women", "men") is None


def test_a_part_named_by_the_measure_contradicts_no_whole() -> None:
    days = "=,,2026-02-25,2026-02-27,,"
    found = reconciled(
        f"a,X,stock,political_prisoners,568,{days}",
        f"b,X,stock_military,political_prisoners,182,{days}",
        f"c,X,stock_foreign,political_prisoners,52,{days}",
    )
    assert not found.conflicts


def test_a_state_in_the_population_is_a_part_of_the_whole() -> None:
    assert one("a,X,stock,Estado Zulia,5,=,,2026-01-12,,,").filters == (("state", "zulia"),)
    assert one("a,X,stock,political_prisoners_la_guaira,5,=,,2026-01-12,,,").population == "guaira"


def test_a_prison_in_the_population_is_a_part_of_the_whole() -> None:
    assert one("a,X,day_release,Tocoron,5,=,,2026-01-12,,,").filters == (("place", "Tocorón"),)
    day = "2026-02-04T18:10,2026-02-05,,"
    whole, prison = f"a,X,day_release,verified,22,=,,{day}", f"b,X,day_release,prison Rodeo II,24,=,,{day}"
    assert reconciled(whole, prison).conflicts


def test_women_and_men_are_the_part_of_neither() -> None:
    a = one("a,X,stock,women_and_men,5,=,,2026-01-12,,,")
    assert (a.filters, a.population) == ((), "women men")


def test_releases_that_the_population_calls_announced_are_announced() -> None:
    found = measured("cum_release", "announced_release")
    assert found is not None
    assert (found.what, found.measure) == ("announced_release", Measure.CUMULATIVE)


def test_who_is_not_military_is_a_population_of_its_own() -> None:
    for words in ("non-military", "not military", "no militares"):
        a = one(f"a,X,stock,{words},5,=,,2026-01-12,,,")
        assert (a.population, a.filters) == (words.replace("-", " "), ())
    assert one("a,X,stock,not convicted,5,=,,2026-01-12,,,").filters == (("convicted", "not_convicted"),)


# Corrections and rows with one name.

FIVE, SIX = "X,stock,all,5,=,,2026-01-12,2026-01-12,u,", "X,stock,all,6,=,,2026-01-12,2026-01-13,v,"


def test_a_row_that_is_corrected_is_set_aside_and_said_so() -> None:
    used, [aside] = read(f"a,{FIVE}", f"b,{SIX}a")
    assert [a.id for a in used] == ["b"]
    assert (aside.id, aside.reason, aside.detail, aside.row) == ("a", "superseded", "b", 2)
    assert not reconciled(f"a,{FIVE}", f"b,{SIX}a").conflicts


def test_a_correction_of_nothing_or_by_another_organisation_is_said() -> None:
    used, aside = read(f"a,{FIVE}", f"b,{SIX.replace('X', 'Y')}a")
    assert ([a.id for a in used], aside) == (["a", "b"], [])
    assert used[1].notes == (Note.CORRECTS_NOTHING,)


def test_two_rows_of_one_name_each_get_one_of_their_own_and_say_so() -> None:
    used, aside = read(f"a,{FIVE}", f"a,{SIX}")
    assert ([a.id for a in used], aside) == (["a@2", "a@3"], [])
    assert all(a.notes == (Note.NAMED_TWICE,) for a in used)


def test_a_row_that_is_repeated_counts_once() -> None:
    used, [aside] = read(f"a,{FIVE}", f"a,{FIVE}")
    assert [a.id for a in used] == ["a"]
    assert (aside.reason, aside.row, aside.detail) == ("repeated", 3, "2")


# Tables that are none.

ROW = "a,X,stock,all,5,=,,2026-01-12,2026-01-12,u,\n"


def test_what_is_not_used_says_its_row_its_column_and_what_is_written_there() -> None:
    found = reconciled(
        f"a,{FIVE}", "", "b,X,stock,all,12a,=,,2026-01-12,,,", "c,X,stock,all,5,=,,2026-01-12,soon,,"
    )
    told = [(one["row"], one["column"], one["written"]) for one in shape(found, "en")["not_used"]]
    assert told == [(4, "value", "12a"), (5, "published", "soon")]
    assert "fila 4, columna value: " in shape(found, "es")["not_used"][0]["words"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD + "a,X,stock,all,1,495,=,,2026-01-12,2026-01-12,u,\n", "claims.reconcile_cells"),
        (HEAD.replace("source_url", "value") + ROW, "claims.reconcile_headers"),
        (HEAD.replace("as_of", "day") + ROW, "claims.reconcile_columns"),
        (HEAD + 'a,X,stock,all,5,=,,2026-01-12,,"oops\n' + ROW * 3, "claims.reconcile_quote"),
        (HEAD + 'a,X,stock,all,5,=,,2026-01-12,,"oops,\n' + ROW + 'b,X,stock,"all",5,=,,2026-01-12,,,\n',
         "claims.reconcile_quote"),
        (HEAD + 'a,X,stock,all,5,=,,2026-01-12,,"oops\n' + ROW + 'a,X,stock,all,5,=,,2026-01-12,,oops",\n',
         "claims.reconcile_quote"),
        (HEAD, "claims.reconcile_empty"),
        (HEAD + ",,,,,,,,,,\n\n", "claims.reconcile_empty"),
    ],
)  # fmt: skip
def test_a_table_whose_cells_may_stand_in_wrong_columns_is_refused(text: str, why: str) -> None:
    assert code(text) == why


def test_empty_columns_and_missing_cells_at_the_end_do_no_harm() -> None:
    rows = ROW.replace("\n", ",,\n") + ",,,,,,,,,,,,,,\nb,X,stock,all,5,=,,2026-01-12\n"
    used, aside = from_statements(HEAD.replace("\n", ",,\n") + rows)
    assert ([a.id for a in used], aside) == (["a", "b"], [])


def test_a_note_of_several_lines_is_no_swallowed_row() -> None:
    used, _ = from_statements(HEAD.replace("supersedes", "note") + ROW.replace("u,", 'u,"one, two\nthree"'))
    assert len(used) == 1
