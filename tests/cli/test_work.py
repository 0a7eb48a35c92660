"""Searching, reviewing, deriving and counting from the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.infra import bootstrap, clock
from constancia.infra.bootstrap import zone
from tests.cli.conftest import Command
from tests.support.cast import NewCase

pytestmark = pytest.mark.django_db


def test_a_case_is_found_without_accents(here: Command, admin: User, desk: User, case: NewCase) -> None:
    person = case(desk, "Íñigo Peñalver Inventado")
    found = here("search", "inigo", "penalver", "--json").json
    assert [c["code"] for c in found["cases"]] == [person.code]
    assert found["cases"][0]["external_ids"] == {}
    assert found["more"] is False


@pytest.mark.parametrize("text", ["' OR 1=1", 'NEAR("a" "b")', "a* OR b", "\x00", "\u202eabc", "*", '"'])
def test_hostile_words_find_nothing_and_break_nothing(
    here: Command, admin: User, desk: User, case: NewCase, text: str
) -> None:
    case(desk, "Nadie Inventado")
    told = here("search", "--json", "--", text)
    assert told.code in (0, 2), told.err
    assert "internal" not in told.err


def test_a_long_search_is_refused(here: Command, admin: User) -> None:
    assert here("search", "a" * 10_000).err.startswith("[cli.search_long]")


def test_a_fact_waits_for_somebody_else_and_is_confirmed(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    case(desk, "Nadie Inventado")
    waiting = here("review", "queue", "--json").json
    assert waiting["waiting"] >= 1
    number = str(waiting["facts"][0]["seq"])
    assert here("review", "fact", number, "--confirm", "--json").json == {
        "fact": int(number),
        "verdict": "confirm",
    }
    assert here("review", "fact", number, "--confirm", "--as", "delfina").err.startswith("[review.own_fact]")


def test_what_is_derived_is_compared_and_derived_anew(
    here: Command, admin: User, desk: User, case: NewCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "migrate", lambda: None)  # the test database stands outside the home
    case(desk, "Nadie Inventado")
    assert here("fsck", "--json").json["clean"] is True
    assert here("rebuild", "--json").json == {"people": 1}


def test_a_reader_does_not_search(here: Command, admin: User) -> None:
    here("user", "create", "renata", "--role", "reader")
    found = here("search", "algo", "--as", "renata", "--json")
    assert found.code == 4 or found.json["cases"] == []


def test_figures_are_listed_without_a_register(run: Command) -> None:
    told = run("figures", "list", "--json").json
    assert "held" in [f["name"] for f in told["figures"]]
    assert "foro_penal" in [r["name"] for r in told["rules"]]


def test_a_figure_has_the_shape_that_others_rely_on(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    case(desk, "Nadie Inventado", arrested="2026-01-08")
    found = here(
        "figures", "show", "held", "--as-of", "2026-01-20", "--grade", "reported", "--rule", "all_detained",
        "--by", "sex", "--json",
    ).json  # fmt: skip
    for key in ("figure", "definition", "rule", "as_of", "known_at", "grade", "unit"):
        assert key in found
    assert (found["lowest"], found["value"], found["highest"]) == (1, 1, 1)
    assert sum(c["value"] for c in found["by"]["sex"].values()) == 1


def test_a_figure_that_does_not_exist_is_refused(here: Command, admin: User) -> None:
    assert here("figures", "show", "nothing").code == 2
    assert here("figures", "show", "held", "--param", "months=x").err.startswith("[cli.param]")
    assert here("figures", "show", "held", "--as-of", "2026-02-30").err.startswith("[cli.day]")


def test_a_bad_day_is_refused_before_anything_else(here: Command, admin: Any) -> None:
    assert here("balance", "--from", "x", "--to", "2026-01-01").code == 2


def test_a_balance_closes_and_names_the_people_behind_its_terms(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    before = case(desk, "Antes Inventado", arrested="2026-01-02", released="2026-01-20")
    after = case(desk, "Después Inventada", arrested="2026-01-15")
    now = ("--known-from", "2099-01-01", "--known-to", "2099-01-01", "--rule", "all_detained")
    span = ("--from", "2026-01-10", "--to", "2026-01-31")
    found = here("balance", *span, *now, "--json").json
    assert found["opening"] + found["in"]["total"] - found["out"]["total"] == found["closing"]
    people = here("balance", *span, *now, "--people", "--json").json["people"]
    assert {one["code"] for one in people} <= {before.code, after.code}
    told = here("explain", "--as-of", "2026-01-10", "--to-as-of", "2026-01-31", "--rule", "all_detained")
    assert told.code == 0, told.err


def test_a_balance_is_asked_for_as_any_figure_is(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    case(desk, "Nadie Inventado", arrested="2026-01-08")
    asked = [
        "--from",
        "2026-01-01",
        "--to",
        "2026-01-20",
        "--known-to",
        "2999-01-01",
        "--rule",
        "all_detained",
    ]
    assert here("balance", *asked, "--json").json["closing"] == 0
    lenient = here("balance", *asked, "--grade", "reported", "--json").json
    assert (lenient["opening"], lenient["closing"], lenient["grade"]) == (0, 1, "reported")
    assert "grado mínimo: reportado" in here("balance", *asked, "--grade", "reported").out
    assert here("balance", *asked, "--figure", "released").err.startswith("[figure.not_stock]")
    days = ["--as-of", "2026-01-01", "--to-as-of", "2026-01-20", "--to-known-at", "2999-01-01"]
    found = here("explain", *days, "--rule", "all_detained", "--grade", "reported", "--json").json
    assert len(found["people"]) == 1


def test_a_balance_does_not_run_backwards(here: Command, admin: User) -> None:
    assert here("balance", "--from", "2026-02-01", "--to", "2026-01-01").err.startswith("[figure.period]")


def test_a_series_has_a_point_for_every_step(here: Command, admin: User) -> None:
    found = here(
        "figures",
        "show",
        "held",
        "--from",
        "2026-01-01",
        "--as-of",
        "2026-01-31",
        "--series",
        "daily",
        "--json",
    ).json
    assert len(found["series"]) == 31
    told = here("figures", "show", "held", "--series", "daily")
    assert told.err.startswith("[cli.missing]")


def test_people_read_the_period_the_grade_and_every_category_of_a_series(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    case(desk, "Nadie Inventado", arrested="2026-01-02", released="2026-01-20")
    asked = ("released", "--from", "2026-01-05", "--as-of", "2026-01-25", "--grade", "reported")
    asked += ("--rule", "all_detained", "--by", "kind")
    told = here("figures", "show", *asked).out
    assert "del 5 de enero de 2026 al 25 de enero de 2026" in told
    assert "grado mínimo: reportado" in told
    weeks = here("figures", "show", *asked, "--series", "weekly").out
    assert "Con medidas" in weeks
    assert [line.split("│")[1:4] for line in weeks.splitlines() if "2026-01-19" in line] == [
        [" 2026-01-19 ", " 2026-01-25 ", "     1 "],
        [" 2026-01-19 ", " 2026-01-25 ", "           1 "],
    ]


def test_a_case_is_shown_as_known_then(here: Command, admin: User, desk: User, case: NewCase) -> None:
    person = case(desk, "Íñigo Peñalver Inventado", released="2026-01-20")
    found = here("case", person.code.lower().replace("-", " "), "--json").json
    assert found["code"] == person.code
    assert found["detentions"][0]["custody"] == "out_under_measures"
    assert here("case", person.code, "--known-at", "2020-01-01", "--json").json["detentions"] == []
    told = here("case", person.code, "--as-of", "2026-01-10").out
    assert "Peñalver" in told
    assert "10 de enero de 2026, según lo sabido el" in told
    assert "No se sabía nada todavía." in here("case", person.code, "--known-at", "2020-01-01").out


def test_what_will_be_known_is_what_is_known_now(
    here: Command, admin: User, desk: User, case: NewCase
) -> None:
    person = case(desk, "Nadie Inventado")
    for command in (["case", person.code], ["figures", "show", "held", "--as-of", "2026-02-01"]):
        told = here(*command, "--known-at", "2999-01-01", "--json").json
        assert datetime.fromisoformat(told["known_at"]) <= clock.now()


def test_a_list_of_cases_says_its_two_dates(here: Command, admin: User, desk: User, case: NewCase) -> None:
    case(desk, "Nadie Inventado")
    assert "según lo sabido el" in here("search", "nadie").out
    told = here("search", "nadie", "--json").json
    assert told["as_of"] == datetime.fromisoformat(told["known_at"]).astimezone(zone()).date().isoformat()


def test_a_case_that_is_not_there_and_a_code_that_is_none(here: Command, admin: User) -> None:
    assert here("case", "0000").err.startswith("[code.")
