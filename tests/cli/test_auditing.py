"""`constancia receipt` and `constancia audit …`: the organisation's side and the auditor's, as typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from tests.apps.publishing.audited import BEACON, VALUE, Audited, built
from tests.apps.publishing.crowd import Crowd
from tests.cli.conftest import Command


@pytest.fixture
def edition(admin: Any, desk: User, second: User, monkeypatch: pytest.MonkeyPatch) -> Audited:
    return built(desk, second, Crowd(desk, second), monkeypatch)


def test_a_receipt_is_shown_and_checked_without_a_register(
    edition: Audited, here: Command, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = here("receipt", edition.lara[0], "--edition", "1")
    assert told.code == 0, told.err
    *rows, said = told.out.strip().split("\n")
    assert (len(rows), said) == (4, "Este caso está contado, una vez.")
    (one,) = here("receipt", edition.lara[0], "--edition", "1", "--json").json["receipts"]
    assert one["receipt"].split("\n") == rows
    assert one["counted"][""] == ""
    monkeypatch.setenv("CONSTANCIA_HOME", "/nowhere")
    checked = run("verify-receipt", one["receipt"], "--bundle", str(edition.bundle))
    assert checked.code == 0, checked.out
    assert "Este caso está contado, una vez, en el total." in checked.out
    slipped = ("0" if one["receipt"][-1] != "0" else "1").join((one["receipt"][:-1], ""))
    assert run("verify-receipt", slipped, "--bundle", str(edition.bundle)).code == 6


def test_what_is_not_ones_own_is_not_found(edition: Audited, zulia: User, here: Command) -> None:
    mine = here("receipt", edition.lara[0], "--edition", "1", "--as", "zulay")
    none = here("receipt", "ZZZZ-ZZZZ-ZZ", "--edition", "1", "--as", "zulay")
    assert (mine.code, mine.out, mine.err) == (none.code, none.out, none.err)
    assert mine.err.startswith("[case.not_found]")


def test_a_whole_audit_as_it_is_typed(
    edition: Audited, here: Command, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, key, note = tmp_path / "auditora", tmp_path / "a.llave", tmp_path / "resultado.txt"
    made = run("audit", "key", "auditora.ejemplo.org/1", "--out", str(key), "--json").json
    announced = here("audit", "announce", "--beacon", BEACON, "--edition", "1")
    assert announced.code == 0, announced.err
    digest = announced.out.strip().split("\n")[-1]
    typed = ("audit", "draw", "--beacon", VALUE, "--edition", "1", "--out", str(folder))
    assert here(*typed, "--n", "59").err.startswith("[proof.sample]")
    drawn = here(*typed, "--n", "5")
    assert drawn.code == 0, drawn.err
    assert "hay nombres" in drawn.out
    with monkeypatch.context() as elsewhere:  # the auditor has no register
        elsewhere.setenv("CONSTANCIA_HOME", "/nowhere")
        checked = run("audit", "check", str(folder), "--bundle", str(edition.bundle), "--json").json
        assert (checked["announcement"], len(checked["cases"])) == (digest, 5)
        said = run("audit", "check", str(folder), "--bundle", str(edition.bundle))
        assert "Los 5 casos son los que da el sorteo" in said.out
        assert "Ningún testigo vio el anuncio" in said.out
        sign = ("audit", "sign", str(folder), "--key", str(key), "--out", str(note))
        assert run(*sign, "--confirmed", "4").err.startswith("[proof.result_cases]")
        signed = run(*sign, "--confirmed", "5")
        assert signed.code == 0, signed.err
        assert run(*sign, "--confirmed", "5").err.startswith("[audit.unwritable]")
    entered = here("audit", "result", str(note), "--key", made["key"])
    assert entered.code == 0, entered.err
    assert "5 de 5 confirmados: con 95 % de confianza, menos del 45,072 %" in entered.out


def test_the_bound_is_said_exactly_and_rounded_up(run: Command) -> None:
    assert (
        "59 de 59 confirmados: con 95 % de confianza, menos del 4,951 %"
        in run("audit", "bound", "--n", "59").out
    )
    english = run("audit", "bound", "--n", "149", "--lang", "en").out
    assert "149 of 149 confirmed: with 95 % confidence, less than 1.991 %" in english
    one_bad = run("audit", "bound", "--n", "59", "--bad", "1", "--json").json
    assert one_bad["confirmed"] == 58
    assert 0.077 < one_bad["excluded_share"] < 0.079
    for wrong in ("x", "1/0", "nan", "0.5000000000001"):
        assert run("audit", "bound", "--n", "59", "--confidence", wrong).err.startswith("[audit.confidence]")
    assert run("audit", "bound", "--n", "59", "--confidence", "1").err.startswith("[proof.share]")
    assert run("audit", "bound", "--n", "59", "--bad", "60").err.startswith("[proof.sample]")


def test_files_that_are_none_are_said(here: Command, run: Command, admin: Any, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(bytes(70_000))
    for name in ("nothing.txt", "large"):
        told = here("audit", "result", str(tmp_path / name), "--key", "x")
        assert told.err.startswith("[audit.unreadable]")
    checked = run("audit", "check", str(tmp_path / "nothing"), "--bundle", str(tmp_path))
    assert (checked.code, checked.err[:7]) == (6, "[proof.")
