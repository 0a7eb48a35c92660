"""`constancia verify` and `verify-receipt`: for anybody, without a register."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.support import bundle_totals, bundles
from tests.support.bundle_logs import public


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    made = bundles.usual()
    return str(bundles.written(made.first, tmp_path / "1")), str(bundles.written(made.second, tmp_path / "2"))


def test_a_whole_edition_is_told_step_by_step_without_a_register(
    run: Command, folders: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSTANCIA_HOME", "/nowhere")
    told = run("verify", folders[1], "--previous", folders[0], "--key", public("publicación").hex())
    assert told.code == 0, told.err
    assert " 9. [SE CUMPLE]" in told.out
    assert "[HOLDS]" in run("verify", folders[1], "--lang", "en").out


def test_a_broken_edition_ends_with_the_code_of_broken_things(run: Command, folders: tuple[str, str]) -> None:
    (Path(folders[1]) / "manifiesto.firma").write_bytes(bytes(64))
    told = run("verify", folders[1])
    assert told.code == 6
    assert "[proof.fails]" in told.err
    assert " 3. [FALLA]" in told.out
    found = run("verify", folders[1], "--json").json
    assert found["holds"] is False
    assert found["failed"] == [3]
    assert found["bundle"] == "2"


def test_rules_that_cannot_be_read_are_a_sentence(run: Command, folders: tuple[str, str]) -> None:
    assert "[proof.policy_file]" in run("verify", folders[1], "--policy", "nothing.txt").err
    assert "[proof.key_text]" in run("verify", folders[1], "--key", "abc").err


def test_a_receipt_is_checked_in_its_edition(run: Command, tmp_path: Path, folders: tuple[str, str]) -> None:
    files = bundles.usual(totals=True).second
    bundle = str(bundles.written(files, tmp_path / "3"))
    code = bundle_totals.receipt(3, files["datos/edicion.json"])
    told = run("verify-receipt", code, "--bundle", bundle)
    assert told.code == 0, told.err
    assert "Este caso está contado, una vez, en el total." in told.out
    told = run("verify-receipt", code, "--bundle", folders[1])
    assert told.code == 6
    assert "17" in told.err
