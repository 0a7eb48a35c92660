"""`constancia region`, `case --region-key` and `export-all --region-key`, on the register of the run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from constancia.cli.late import late
from constancia.domain.vocabulary.terms import Role
from constancia.infra import loaded
from tests.cli.conftest import Command

# Models exist only once the run has opened its register, which is after this file is read.
accounts = late("constancia.apps.accounts.services")
register = late("constancia.apps.register.services")
WORDS = "una frase inventada de region"
WHY = ("--reason", "nos vamos", "--json")


@pytest.fixture
def held(here: Command, admin: Any, case: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A case of Lara whose contact is held by a key that `adela` has; the identity of who keeps the copy."""
    monkeypatch.setenv("CONSTANCIA_REGION_PASSPHRASE", WORDS)
    identity = here("keys", "new-identity", str(tmp_path / "lejos"), "--json").json["recipient"]
    assert here("region", "passphrase", "adela").code == 0
    made = here("region", "new", "Lara", "--user", "adela", "--to", identity, "--json")
    assert made.json == {"number": 1}, made.err
    contact = register.FactGiven("contact", {"contact_name": "Contacto Inventado"})
    return case(admin, "Persona Inventada", more=(contact,)).code


def contact_in(here: Command, code: str, *more: str) -> tuple[dict[str, Any], str]:
    told = here("case", code, "--open", "sealed", "--reason", "family", "--json", *more)
    assert told.code == 0, told.err
    (found,) = (fact for fact in told.json["facts"] if fact["kind"] == "contact")
    return found["fields"], found["held"]


def test_a_case_shows_what_a_region_holds_to_whoever_gives_the_passphrase_for_that_command(
    here: Command, held: str
) -> None:
    assert contact_in(here, held) == ({}, "lara")
    fields, missing = contact_in(here, held, "--region-key")
    assert (fields["contact_name"], missing) == ("Contacto Inventado", "")
    loaded.drop_all()  # as the end of the process does


def test_the_keys_are_listed_taken_and_recovered_by_the_copy_abroad(
    here: Command, held: str, admin: Any, tmp_path: Path
) -> None:
    accounts.create_user(None, "otra", "Otra", Role.COORDINATOR, ["lara"])
    (line,) = here("region", "list", "--json").json["keys"]
    assert (line["region"], line["holders"], line["earlier"]) == ("lara", ["Adela"], 0)
    assert here("region", "give", "lara", "otra", "--by", "adela").code == 2, "no passphrase of hers yet"
    assert here("region", "passphrase", "otra").code == 0
    assert here("region", "give", "lara", "otra", "--by", "adela").code == 0
    assert here("region", "remove", "lara", "adela").code == 0
    assert here("region", "remove", "lara", "otra").code == 2, "the last one"
    assert here("region", "forget", "otra").code == 0

    assert here("region", "copy", "lara", "--out", str(tmp_path / "copias")).code == 0
    copy = str(tmp_path / "copias" / "llave-de-region-1.age")
    read = here("region", "read-copy", copy, "--identity", str(tmp_path / "lejos"), "--json")
    (tmp_path / "dictado").write_text(read.json["copy"])
    assert here("region", "recover", "lara", "adela", "--file", str(tmp_path / "dictado")).code == 0
    assert contact_in(here, held, "--region-key")[0]["contact_name"] == "Contacto Inventado"
    assert here("region", "turn", "lara", "--to", "age1nada").code == 2
    loaded.drop_all()


def test_whoever_leaves_gives_the_passphrases_of_regions(here: Command, held: str, tmp_path: Path) -> None:
    name = "Organización de prueba"
    told = here("export-all", "--to", str(tmp_path / "sin"), "--confirm", name, *WHY)
    assert told.code == 0, told.err
    closed = told.json
    assert closed["held"] >= 1
    assert "Contacto Inventado" not in (tmp_path / "sin" / "register_fact.jsonl").read_text()
    assert "llave de su región" in (tmp_path / "sin" / "LEEME.md").read_text()
    more = ("--region-key", "adela")
    opened = here("export-all", "--to", str(tmp_path / "con"), "--confirm", name, *WHY, *more).json
    assert (opened["held"], opened["closed"]) == (0, closed["closed"])
    assert "Contacto Inventado" in (tmp_path / "con" / "register_fact.jsonl").read_text()
