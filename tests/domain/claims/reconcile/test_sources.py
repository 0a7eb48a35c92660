"""Assertions out of tables, of claims and of the study material."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from constancia.domain.claims.reconcile.assertion import Assertion, Measure, Note, NotUsed
from constancia.domain.claims.reconcile.from_claims import Read, from_gold, merged
from constancia.domain.claims.reconcile.from_statements import MOST_ROWS, from_statements
from constancia.domain.claims.reconcile.populations import counted
from constancia.domain.claims.reconcile.report import Report, reconcile
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.terms import Qualifier

HEAD = "stmt_id,org,measure,population,value,bound,period_from,as_of,published,source_url,note\n"


def row(text: str) -> Assertion:
    [used], unused = from_statements(HEAD + text)
    assert not unused
    return used


def refused(text: str) -> NotUsed:
    used, [unused] = from_statements(HEAD + text)
    assert not used
    return unused


def test_a_row_is_read() -> None:
    a = row("s1,Foro Penal,cum_release,verified_release,266,=,2026-01-08,2026-01-26T09:00,2026-01-26,,")
    assert (a.id, a.claimant, a.what, a.measure, a.value) == (
        "s1",
        "foro_penal",
        "released",
        Measure.CUMULATIVE,
        266,
    )
    assert (a.start, a.end, a.minute) == (date(2026, 1, 8), date(2026, 1, 26), 540)
    assert (a.population, a.filters, a.qualifier) == ("", (), Qualifier.EXACT)


@pytest.mark.parametrize(
    ("measure", "population", "what", "how"),
    [
        ("stock", "political_prisoners", "held", Measure.STOCK),
        ("stock", "women", "held", Measure.STOCK),
        ("day_release", "verified_release", "released", Measure.DAY),
        ("week_release", "verified_release", "released", Measure.PERIOD),
        ("period_release", "verified_release", "released", Measure.PERIOD),
        ("delta_release", "verified_release", "released", Measure.PERIOD),
        ("cum_full_release", "political", "full_releases", Measure.CUMULATIVE),
        ("cum_release", "full_release", "full_releases", Measure.CUMULATIVE),
        ("week_arrest", "political_prisoners", "detained", Measure.PERIOD),
        ("cum_arrest", "political_prisoners", "detained", Measure.CUMULATIVE),
        ("net_change", "political_prisoners", "net_change", Measure.NET_CHANGE),
        ("cum_announced", "government", "announced_release", Measure.CUMULATIVE),
    ],
)
def test_measures_are_read_generously(measure: str, population: str, what: str, how: Measure) -> None:
    a = row(f"s,X,{measure},{population},5,=,2026-01-05,2026-01-12,2026-01-12,,")
    assert (a.what, a.measure) == (what, how)


def test_a_week_goes_back_seven_days() -> None:
    a = row("s,X,week_release,verified,151,>=,,2026-02-01,2026-02-01,,")
    assert (a.start, a.notes) == (date(2026, 1, 25), (Note.WEEK,))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("s,X,stock,all,many,=,,2026-01-01,,,", "value"),
        ("s,X,stock,all,-4,=,,2026-01-01,,,", "value"),
        ("s,X,stock,all,99999999999999999999,=,,2026-01-01,,,", "value"),
        ("s,X,stock,all,4,!,,2026-01-01,,,", "bound"),
        ("s,X,stock,all,4,=,,2026-02-30,,,", "date"),
        ("s,X,stock,all,4,=,,yesterday,,,", "date"),
        ("s,X,stock,all,4,=,,,,,", "no_day"),
        ("s,,stock,all,4,=,,2026-01-01,,,", "no_claimant"),
        ("s,X,vibes,all,4,=,,2026-01-01,,,", "measure"),
        ("s,X,period_release,all,4,=,,2026-01-01,,,", "no_period"),
        ("s,X,cum_release,all,4,=,2026-01-09,2026-01-01,,,", "backwards"),
        ("s,X", "value"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(text: str, reason: str) -> None:
    assert refused(text).reason == reason


def test_a_table_without_its_columns_is_refused() -> None:
    for text in ("", "a,b\n1,2\n", "org,measure\n"):
        with pytest.raises(InputRefused, match=r"claims\.reconcile_columns"):
            from_statements(text)


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(InputRefused, match=r"claims\.reconcile_many"):
        from_statements(HEAD + "s,X,stock,all,4,=,,2026-01-01,,,\n" * (MOST_ROWS + 1))


def test_a_crowd_of_figures_of_one_claimant_is_left_out_in_words() -> None:
    rows = "".join(f"s{n},X,stock,all,{n},>=,,2026-01-01,,,\n" for n in range(300))
    found = reconcile(*from_statements(HEAD + rows))
    assert {one.reason for one in found.not_used} == {"crowded"}


def test_a_count_without_a_start_begins_with_the_announcement_of_its_document() -> None:
    used, _ = from_gold({"published": "2026-01-01", "claims": [announced("2025-12-25"), released(None)]}, "d")
    assert used[1].start == date(2025, 12, 25)
    assert used[1].notes == (Note.START_OF_ANNOUNCEMENT,)


def test_without_an_announcement_its_start_stays_open() -> None:
    [a], _ = from_gold([released(None)], "d")
    assert (a.start, a.notes) == (None, (Note.START_UNSTATED,))


def test_claims_that_are_none_are_counted_out() -> None:
    used, unused = from_gold([1, {}, {"value": "x"}, released(None) | {"value": 10**12}, released(None)], "d")
    assert [one.reason for one in unused] == ["unreadable", "unreadable", "unreadable", "value"]
    assert len(used) == 1


@pytest.mark.parametrize("found", [None, 3, "x", {}, {"claims": 4}])
def test_json_that_holds_no_claims_is_refused(found: object) -> None:
    with pytest.raises(InputRefused, match=r"claims\.reconcile_json"):
        from_gold(found, "d")


def announced(day: str) -> dict[str, Any]:
    return shape(99, "announced_release", "The Ministry", day)


def released(start: str | None) -> dict[str, Any]:
    period = {"start": start, "end": "2025-12-30"} if start else None
    return shape(61, "released", "Foro Penal", "2025-12-30") | {"period": period}


def shape(value: int, about: str, claimant: str, day: str) -> dict[str, Any]:
    return {
        "value": value, "qualifier": "exact", "unit": "persons", "category": "political prisoners",
        "about": about, "claimant": claimant, "as_of": day, "period": None, "quote": f"{value} people",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "population", "filters"),
    [
        ("political prisoners", "", ()),
        ("deprived of liberty for political reasons", "", ()),
        ("three teenagers", "three", (("age_group", "adolescent"),)),
        ("mujeres", "", (("sex", "woman"),)),
        ("not convicted", "", (("convicted", "not_convicted"),)),
        ("foreign nationals", "", (("nationality", "foreign"),)),
        ("post-election protests", "post election protests", ()),
    ],
)
def test_who_is_counted_is_read_from_words(words: str, population: str, filters: tuple[Any, ...]) -> None:
    found = counted(words)
    assert (found.population, found.filters) == (population, filters)


def test_filters_go_before_words() -> None:
    assert counted("las de aquel penal", {"sex": "woman"}).filters == (("sex", "woman"),)
    assert counted("full releases").full


def test_a_count_without_words_of_its_own_day_takes_no_beginning_from_an_announcement() -> None:
    """A text of Christmas recalls releases of a year ago; its day is only that of the text."""
    recalled = shape(1500, "released", "official figures", "2025-12-25") | {"time_words": ""}
    found = {"published": "2025-12-25", "claims": [announced("2025-12-25"), recalled]}
    [_, a], _ = from_gold(found, "d")
    assert (a.start, a.notes) == (None, (Note.START_UNSTATED,))


def test_an_announcement_of_long_before_begins_nothing() -> None:
    claims = [announced("2025-10-17"), released(None)]
    [_, a], _ = from_gold({"published": "2026-01-01", "claims": claims}, "d")
    assert a.start is None


def test_the_country_that_a_claimant_counts_in_leaves_nobody_out() -> None:
    claims = [
        shape(1_161, "held", "Cubalex", "2026-02-25") | {"filters": {"country": "Cuba"}},
        shape(90, "held", "Cubalex", "2026-02-25") | {"filters": {"country": "Nicaragua"}},
    ]
    [own, other], _ = from_gold(claims, "d")
    assert (own.filters, other.filters) == ((), (("country", "Nicaragua"),))


def test_a_list_may_have_shrunk() -> None:
    change = shape(-22, "net_change", "Foro Penal", "2026-02-25")
    change |= {"period": {"start": "2026-02-18", "end": "2026-02-25"}}
    [a], _ = from_gold([change], "d")
    assert (a.value, a.bounds()) == (-22, (-22, -22))
    [a], _ = from_gold([change | {"qualifier": "about"}], "d")
    assert a.bounds() == (-25, -19)
    lists = [shape(value, "held", "Foro Penal", f"2026-02-{day}") for value, day in ((590, 18), (568, 25))]
    assert not reconcile(*from_gold([*lists, change], "d")).conflicts
    assert reconcile(*from_gold([*lists, change | {"value": -30}], "d")).conflicts


def test_at_least_of_a_fall_is_not_guessed() -> None:
    change = shape(-22, "net_change", "Foro Penal", "2026-02-25") | {"qualifier": "at_least"}
    _, [one] = from_gold([change | {"period": {"start": "2026-02-18", "end": "2026-02-25"}}], "d")
    assert (one.reason, one.detail) == ("fall", "-22")


def test_a_state_is_one_state_however_it_is_written() -> None:
    assert {counted("", {"state": name}).filters for name in ("Zulia", "Edo. Zulia", "zulia")} == {
        (("state", "zulia"),)
    }


# On the study material, where it is.


def read_file(file: Path) -> Read:
    text = file.read_text(encoding="utf-8")
    return (
        from_statements(text, file.stem) if file.suffix == ".csv" else from_gold(json.loads(text), file.stem)
    )


def reconciled(*files: Path) -> Report:
    return reconcile(*merged(read_file(file) for file in files))


def values(found: Report, ids: frozenset[str]) -> set[int]:
    by_id = {a.id: a.value for a in found.assertions}
    return {by_id[id] for id in ids}


def test_the_five_seeds_agree_and_imply_late_registrations(shared: Path) -> None:
    found = reconciled(*(shared / "news" / f"0{n}.json" for n in range(1, 6)))
    assert not found.conflicts
    by_id = {a.id: a.value for a in found.assertions}
    told = {(tuple(by_id[id] for id in one.plus), by_id[one.total]) for one in found.identities}
    assert {((15, 27, 3), 45), ((459, 144), 603)} <= told
    [first, *_] = [b for finding in found.findings for b in finding.bounds if b.kind == "registered"]
    assert first.low == 168
    assert values(found, frozenset(first.low_claims)) == {902, 61, 436, 573}


def test_the_statements_of_one_organisation_agree_with_each_other(shared: Path) -> None:
    found = reconciled(shared / "data" / "statements" / "statements.csv")
    assert not found.conflicts
    assert not found.not_used
    assert len(found.assertions) == 22


def test_the_report_of_february_does_not_agree_with_them(shared: Path) -> None:
    found = reconciled(shared / "data" / "statements" / "statements.csv", shared / "news" / "04.json")
    sets = [values(found, one.claims) for one in found.conflicts]
    assert {270, 156} in sets
    assert {270, 266} in sets
    assert {444, 436} in sets
    assert all(270 in one or one == {444, 436} for one in sets)
    by_set = {frozenset(values(found, one.claims)): one for one in found.conflicts}
    assert by_set[frozenset({270, 156})].repairs[0].end == date(2026, 1, 27)
    assert by_set[frozenset({444, 436})].repairs[0].amount == 8
    [strain] = [one for finding in found.findings for one in finding.strains]
    assert values(found, frozenset({strain.first, strain.second})) == {100, 270}
