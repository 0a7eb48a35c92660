"""The command of the single file, called from within."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from constancia.domain.catalogue import sentences
from constancia.verifier.command import BREAKS, HOLDS, MISUSED, main
from tests.support import bundle_totals, bundles
from tests.support.bundle_logs import public


def run(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(arguments, sentences(), out), out.getvalue()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    made = bundles.usual(totals=True)
    return str(bundles.written(made.first, tmp_path / "1")), str(bundles.written(made.second, tmp_path / "2"))


def test_a_whole_bundle_ends_with_zero_in_both_languages(folders: tuple[str, str]) -> None:
    first, second = folders
    code, told = run(second, "--previous", first)
    assert code == HOLDS
    assert "[SE CUMPLE]" in told
    assert "experimental" in told
    code, told = run(second, "--lang", "en", "--key", public("publicación").hex())
    assert code == HOLDS
    assert "[HOLDS]" in told


def test_a_broken_bundle_ends_with_six_and_names_its_step(folders: tuple[str, str]) -> None:
    _, second = folders
    (Path(second) / "clave.pem").write_text("x")
    code, told = run(second)
    assert code == BREAKS
    assert "falla el paso 3" in told


def test_as_json_it_is_one_object(folders: tuple[str, str]) -> None:
    code, told = run(folders[1], "--json")
    found = json.loads(told)
    assert code == HOLDS
    assert found["holds"] is True
    assert [step["step"] for step in found["steps"]] == list(range(1, 17))


def test_a_receipt_is_a_step_more(folders: tuple[str, str]) -> None:
    data = (Path(folders[1]) / "datos" / "edicion.json").read_bytes()
    code, told = run(folders[1], "--receipt", bundle_totals.receipt(3, data))
    assert code == HOLDS
    assert "17. [SE CUMPLE]" in told


def test_rules_of_ones_own_are_read_from_a_file(folders: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(bundles.policy_text())
    code, told = run(folders[1], "--policy", str(tmp_path / "mine.txt"))
    assert code == HOLDS
    assert "Las reglas son las que trae el propio paquete" not in told
    assert run(folders[1], "--policy", str(tmp_path / "none.txt"))[0] == MISUSED
    assert run(folders[1], "--key", "abc")[0] == MISUSED


def test_a_bundle_that_is_not_there_is_a_failed_step(tmp_path: Path) -> None:
    code, told = run(str(tmp_path / "nothing"))
    assert code == BREAKS
    assert "[proof.unreadable]" in told
