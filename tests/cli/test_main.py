"""The command line as a whole: help, options anywhere, languages, one way of failing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from constancia import __version__
from constancia.cli.commands import upkeep
from constancia.cli.house import gathered
from tests.cli.conftest import Command


def test_without_a_command_the_help_is_shown_in_spanish(run: Command) -> None:
    told = run()
    assert told.code == 0
    assert "El registro de personas detenidas" in told.out
    assert "balance" in told.out


def test_help_speaks_english_on_demand(run: Command) -> None:
    told = run("--lang", "en", "figures", "show", "--help")
    assert "Day that is counted" in told.out
    assert "Día" not in told.out


def test_the_version_is_told(run: Command) -> None:
    assert run("--version").out.strip() == __version__


def test_common_options_may_stand_after_the_command() -> None:
    line = ["search", "pena", "--json", "--home", "x"]
    assert gathered(line) == (["--json", "--home", "x"], ["search", "pena"])
    assert gathered(["search", "--home=x", "--", "--json"]) == (["--home=x"], ["search", "--", "--json"])
    line = ["figures", "show", "held", "--as-of", "d"]
    assert gathered(line) == ([], line)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nothing",), "cli.usage"),
        (("figures", "show", "--nothing"), "cli.option"),
        (("figures", "show"), "cli.missing"),
        (("balance", "--from", "2026-01-01"), "cli.missing"),
        (("user", "create", "ana", "--role", "queen"), "cli.value"),
        (("serve", "--port", "70000"), "cli.value"),
        (("review", "fact", "1", "--confirm", "--doubt"), "cli.verdict"),
    ],
)
def test_a_wrong_command_line_is_one_sentence_with_a_code(
    run: Command, arguments: tuple[str, ...], code: str
) -> None:
    told = run(*arguments)
    assert told.code == 2
    assert told.out == ""
    assert told.err.startswith(f"[{code}] ")
    assert told.err.count("\n") == 1


def test_what_was_typed_wrongly_is_not_repeated(run: Command) -> None:
    assert "Filomena" not in run("user", "create", "ana", "--role", "Filomena").err


def test_a_home_that_is_not_there_is_a_store_refusal(run: Command, tmp_path: Any) -> None:
    told = run("user", "list", "--home", str(tmp_path / "none"))
    assert told.code == 5
    assert told.err.startswith("[home.missing] ")


def test_an_unforeseen_failure_tells_its_kind_and_nothing_else(
    here: Command, admin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_progress: Any) -> None:
        raise RuntimeError("Filomena Inventada")

    monkeypatch.delenv("CONSTANCIA_DEBUG", raising=False)
    monkeypatch.setattr(upkeep.maintenance, "fsck", fails, raising=False)
    told = here("fsck")
    assert told.code == 1
    assert "RuntimeError" in told.err
    assert "Filomena" not in told.err + told.out
    assert "Traceback" not in told.err


def test_help_loads_neither_framework_nor_database() -> None:
    program = (
        "import sys\n"
        "from constancia.cli.main import app\n"
        "try:\n    app(['figures', 'show', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'django', 'duckdb', 'numpy', 'sqlcipher3', 'openpyxl'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
