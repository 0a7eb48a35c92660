"""`constancia claims reconcile` on tables and on claims as JSON; no register is opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

HEAD = "stmt_id,org,measure,population,value,bound,period_from,as_of,published\n"
TABLE = HEAD + (
    "a,La Casa,cum_release,verified_release,270,=,2026-01-08,2026-01-17,2026-02-24\n"
    "b,La Casa,cum_release,verified_release,156,=,2026-01-08,2026-01-23,2026-01-25\n"
    "c,La Casa,stock,political_prisoners,900,=,,2026-01-05,2026-01-05\n"
    "d,La Casa,stock,political_prisoners,800,>,,2026-01-25,2026-01-25\n"
    "e,Otra,cum_release,verified_release,90,=,2026-01-08,2026-01-25,2026-01-25\n"
    "f,Otra,vibes,everybody,1,=,,2026-01-25,2026-01-25\n"
)
CLAIM = {
    "quote": "720 presos", "value": 720, "qualifier": "about", "unit": "persons", "category": None,
    "filters": {}, "about": "held", "claimant": "La Casa", "as_of": "2026-01-25", "period": None,
}  # fmt: skip


@pytest.fixture
def table(tmp_path: Path) -> str:
    file = tmp_path / "dichos.csv"
    file.write_text(TABLE, encoding="utf-8")
    return str(file)


@pytest.fixture
def claims(tmp_path: Path) -> str:
    file = tmp_path / "nota.json"
    file.write_text(json.dumps({"published": "2026-01-26", "claims": [CLAIM]}), encoding="utf-8")
    return str(file)


def test_a_contradiction_is_named_with_its_repairs(run: Command, table: str) -> None:
    found = run("claims", "reconcile", table, "--json").json
    assert [one["claims"] for one in found["conflicts"]] == [["a", "b"]]
    assert found["conflicts"][0]["repairs"][0]["as_of"] == "2026-01-27"
    assert [one["reason"] for one in found["not_used"]] == ["measure"]
    assert [one["lowest"] for one in found["bounds"] if one["kind"] == "registered"] == [170]
    assert found["set_aside"] == ["b"]  # of two claims, the one published earlier


def test_it_is_said_in_both_languages(run: Command, table: str) -> None:
    spanish, english = run("claims", "reconcile", table), run("claims", "reconcile", table, "--lang", "en")
    assert "no pueden ser ciertas a la vez" in spanish.out
    assert "27 de enero de 2026" in spanish.out
    assert "cannot all be true" in english.out
    assert "was not" not in english.out
    assert "El" not in english.out.split()


def test_several_files_of_both_kinds_are_read_together(run: Command, table: str, claims: str) -> None:
    found = run("claims", "reconcile", table, claims, "--tolerance", "0.01", "--json").json
    assert found["tolerance"] == 0.01
    assert {"c", "d", "nota:1"} <= {one["id"] for one in found["assertions"]}
    assert ["d", "nota:1"] in [one["claims"] for one in found["conflicts"]]


def test_one_claimant_can_be_asked_for(run: Command, table: str) -> None:
    found = run("claims", "reconcile", table, "--claimant", "Otra", "--json").json
    assert [one["id"] for one in found["assertions"]] == ["e"]
    assert run("claims", "reconcile", table, "--claimant", "Nadie").err.startswith(
        "[claims.reconcile_claimant]"
    )


def test_together_all_are_taken_to_count_the_same(run: Command, table: str) -> None:
    found = run("claims", "reconcile", table, "--together", "--json").json
    assert len(found["conflicts"]) > 1


def test_the_answer_is_the_same_each_time(run: Command, table: str) -> None:
    assert run("claims", "reconcile", table, "--json").out == run("claims", "reconcile", table, "--json").out


def test_a_tolerance_that_is_none_is_refused(run: Command, table: str) -> None:
    for text in ("-1", "1", "nan"):
        assert run("claims", "reconcile", table, "--tolerance", text).code == 2
