"""Importing from the command line: look, record, repeat, list, take back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from constancia.apps.accounts.models import User
from constancia.apps.accounts.services import create_user
from constancia.domain.vocabulary.terms import Role
from tests.cli.conftest import Command

pytestmark = pytest.mark.django_db

MAPPING = """
title = "Lista inventada"
[source]
kind = "own_archive"
label = "Archivo inventado"
[file]
encoding = "cp1252"
[dates]
order = "dmy"
language = "es"
[person]
scheme = "lista"
id = ["n"]
[[fact]]
kind = "name"
fields = { full = { column = "nombre" } }
[[fact]]
kind = "arrest"
when = { column = "fecha" }
fields = { state = { column = "estado" } }
"""
TABLE = """n;nombre;fecha;estado
1;Íñigo Peñalver Inventado;08/01/2026;Lara
2;Zoraida Inventada;enero de 2026;Zulia
3;Nadie Inventado;30/02/2026;Lara
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    table, mapping = tmp_path / "lista.csv", tmp_path / "mapa.toml"
    table.write_text(TABLE, encoding="cp1252")
    mapping.write_text(MAPPING, encoding="utf-8")
    return str(table), str(mapping)


@pytest.fixture
def keeper(admin: User) -> User:
    return create_user(None, "segunda", "Segunda", Role.DESK)


def test_a_preview_says_what_would_be_recorded_and_what_not_and_records_nothing(
    here: Command, admin: User, files: tuple[str, str]
) -> None:
    table, mapping = files
    seen = here("import", table, "--mapping", mapping, "--preview", "--json").json
    assert (seen["rows"], seen["new_people"], seen["refused_rows"]) == (3, 2, 1)
    refusal = seen["refusals"]["shown"][0]
    assert (refusal["row"], refusal["column"]) == (4, "fecha")
    assert "Nadie" not in str(seen["refusals"])
    assert here("import", "--list", "--json").json == {"imports": []}


def test_an_import_is_recorded_found_repeated_reviewed_and_taken_back(
    here: Command, keeper: User, files: tuple[str, str]
) -> None:
    table, mapping = files
    done = here("import", table, "--mapping", mapping, "--yes", "--json").json
    number = str(done["import"])
    assert done["new_people"] == 2
    found = here("search", "penalver", "--json").json["cases"]
    assert found[0]["external_ids"] == {"lista": ["1"]}
    code = found[0]["code"]
    assert here("case", code, "--json").json["external_ids"] == {"lista": ["1"]}
    assert here("import", table, "--mapping", mapping, "--yes", "--json").json["import"] is None
    assert here("review", "import", number, "--confirm").err.startswith("[review.own_import]")
    assert here("review", "import", number, "--confirm", "--as", "segunda").code == 0
    taken = here("import", "--withdraw", number, "--reason", "columna equivocada", "--json").json
    assert taken["withdrawn"] == done["facts"]
    listed = here("import", "--list", "--json").json["imports"]
    assert listed[0]["withdrawn"] == listed[0]["facts"]


def test_nothing_is_recorded_without_somebody_to_ask(
    here: Command, admin: User, files: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, mapping = files
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert here("import", table, "--mapping", mapping).err.startswith("[cli.import_confirm]")
    assert here("import", "--list", "--json").json == {"imports": []}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "cli.import_what"),
        (("lista.csv",), "cli.import_what"),
        (("nothing.csv", "--mapping", "chile_rettig", "--preview"), "cli.file"),
        (("nothing.csv", "--mapping", "nothing.toml", "--preview"), "cli.file"),
        (("--withdraw", "999", "--reason", "x"), "import.not_found"),
    ],
)
def test_a_wrong_import_is_refused_in_one_sentence(
    here: Command, admin: User, arguments: tuple[str, ...], code: str
) -> None:
    told = here("import", *arguments)
    assert told.err.startswith(f"[{code}] ")
    assert told.err.count("\n") == 1


def test_withdrawing_needs_a_reason(here: Command, admin: Any, files: tuple[str, str]) -> None:
    table, mapping = files
    number = str(here("import", table, "--mapping", mapping, "--yes", "--json").json["import"])
    assert here("import", "--withdraw", number).err.startswith("[fact.withdrawal_needs_reason]")
