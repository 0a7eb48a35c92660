"""`constancia claims reconcile` on tables and on claims as JSON; no register is opened unless asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from constancia.cli.late import late
from tests.apps.claims.papers import about, held, paper
from tests.cli.conftest import Command

# Models exist only once the run has opened its register, which is after this file is read.
services = late("constancia.apps.claims.services")

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


def test_a_table_of_which_nothing_can_be_used_is_no_table_without_contradictions(
    run: Command, tmp_path: Path
) -> None:
    file = tmp_path / "dichos.csv"
    file.write_text(HEAD + "f,Otra,vibes,everybody,1,=,,2026-01-25,\n", encoding="utf-8")
    told = run("claims", "reconcile", str(file))
    assert told.code == 2
    assert told.err.startswith("[claims.reconcile_nothing]")
    assert "Ninguna contradicción" not in told.out
    assert "fila 2, columna measure" in told.out
    assert "«vibes»" in told.out
    shaped = run("claims", "reconcile", str(file), "--json")
    assert (shaped.code, [one["row"] for one in shaped.json["not_used"]]) == (2, [2])
    file.write_text(HEAD, encoding="utf-8")
    assert run("claims", "reconcile", str(file)).err.startswith("[claims.reconcile_empty]")


def test_what_is_for_the_register_is_not_let_be_beside_files(run: Command, table: str) -> None:
    for option in (["--ours"], ["--known-at", "2026-01-01"]):
        told = run("claims", "reconcile", table, *option)
        assert (told.code, told.err.split("]")[0]) == (2, "[claims.reconcile_register")


def test_claims_of_the_register_can_stand_beside_those_of_files(
    here: Command, admin: Any, desk: Any, table: str
) -> None:
    added = services.add_document(desk, paper(), again=True, read=False)
    number = services.add_claim(desk, added.document, about(held(), value=700))
    found = here("claims", "reconcile", table, "--register", "--json").json
    assert {str(number), "a"} <= {one["id"] for one in found["assertions"]}
    assert str(number) not in {
        one["id"] for one in here("claims", "reconcile", table, "--json").json["assertions"]
    }


def test_claims_of_two_files_with_one_name_say_that_they_were_given_others(
    run: Command, table: str, tmp_path: Path
) -> None:
    other = tmp_path / "otros.csv"
    other.write_text(HEAD + "a,Otra,stock,political_prisoners,7,=,,2026-01-05,\n", encoding="utf-8")
    found = run("claims", "reconcile", table, str(other), "--json").json
    [renamed] = [one for one in found["assertions"] if one["id"] == "a#2"]
    assert any("a#2" in note for note in renamed["assumed"])
