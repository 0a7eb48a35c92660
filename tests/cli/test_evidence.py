"""`constancia evidence …` and `constancia consents due`: what is kept of a file, and its proof."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from constancia.cli.late import late
from constancia.domain.vocabulary.terms import SourceKind
from constancia.infra import clock
from tests.cli.conftest import Command

keys = late("constancia.apps.ledger.keys")
files = late("constancia.apps.register.evidence")
register = late("constancia.apps.register.services")
sealing = late("constancia.apps.ledger.services.sealing")

pytestmark = pytest.mark.django_db
TEXT = b"Acta inventada\n"


@pytest.fixture
def kept(here: Command, desk: Any, admin: Any, case: Any) -> int:
    person = case(desk, "Onésimo Urdaneta")
    made = files.attach(desk, person.facts.get(kind="arrest").pk, "Acta", TEXT, received_from="su hermana")
    return int(made.pk)


def test_a_file_its_steps_and_its_proof(here: Command, kept: int, tmp_path: Path) -> None:
    told = here("evidence", "show", str(kept), "--json").json
    assert [one["step"] for one in told["custody"]] == ["received"]
    assert (told["custody"][0]["words"], told["custody"][0]["sealed"]) == ("su hermana", False)
    assert "Acta" in here("evidence", "show", str(kept)).out
    assert here("evidence", "verify", str(kept), "--json").json["same"] is True
    assert here("evidence", "prove", str(kept)).code != 0
    sealing.seal()
    proof, file, policy = tmp_path / "prueba.jsonl", tmp_path / "acta.txt", tmp_path / "politica.txt"
    assert here("evidence", "prove", str(kept), "--out", str(proof)).code == 0
    assert proof.stat().st_mode & 0o077 == 0
    file.write_bytes(TEXT)
    policy.write_text(f"log {keys.log_key('hechos')}\nquorum none\n")
    asked = ("evidence", "check", str(proof), str(file), "--policy", str(policy))
    assert [one["step"] for one in here(*asked, "--json").json["steps"]] == ["received", "verified"]
    assert "recibido" in here(*asked).out
    file.write_bytes(b"otra cosa")
    refused = here(*asked)
    assert refused.code != 0
    assert "proof.custody_file" in refused.err
    assert here("evidence", "check", str(tmp_path / "nada"), str(file), "--policy", str(policy)).code == 2


def test_consents_that_run_out_are_listed(here: Command, desk: Any, admin: Any, case: Any) -> None:
    person = case(desk, "Onésimo Urdaneta")
    assert here("consents", "due", "--json").json == {"due": []}
    until = (clock.now().date() + timedelta(days=9)).isoformat()
    given = register.FactGiven("consent", {"tier_given": "public_name", "until": until})
    source = register.SourceGiven(SourceKind.RELATIVE)
    register.add_facts(desk, person.code, facts=[given], source=source)
    assert here("consents", "due", "--json").json == {"due": [{"case": person.code, "until": until}]}
    assert person.code in here("consents", "due").out
