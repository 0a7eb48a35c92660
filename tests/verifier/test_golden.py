"""Bundles of once verify for ever, with the program of now and with the one that they bring."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from constancia.verifier.bundle import open_bundle
from constancia.verifier.report import OK
from tests.support.make_golden_bundle import FOLDER
from tests.verifier.conftest import checked, keys_bundle

FIRST, SECOND = FOLDER / "edicion-1.zip", FOLDER / "edicion-2.zip"
KEY = bytes.fromhex("1d275e2804cc83ee89d838a3c9ad11885ed74abd7c55eae90915ed232b9ac340")
PRINTED = "casa.example/constancia/hechos/1 37 nogul-vahij-gafil-tozob-vuruh-rizad-maluk-sudit"
ROSTER = "casa.example/constancia/casos/1 24 rakag-mufap-kofal-fokif-gamab-lolut-nisor-hukut"


def test_a_bundle_of_once_verifies_with_the_program_of_now() -> None:
    report = checked(open_bundle(SECOND).files, open_bundle(FIRST).files, key=KEY)
    assert report.holds
    assert {step.result for step in report.steps if step.number <= 14} == {OK}
    words = [one.params["words"] for step in report.steps for one in step.seen if one.word == "root"]
    assert words == [PRINTED, ROSTER]


def test_a_bundle_of_once_verifies_with_the_program_that_it_brings(tmp_path: Path) -> None:
    with zipfile.ZipFile(SECOND) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verificar.py", "--previous", str(FIRST)],
        cwd=tmp_path, env={}, capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert PRINTED in done.stdout


def test_bundles_from_before_during_and_after_a_change_of_keys_verify_for_ever() -> None:
    """Made by a register that changed the keys of both logs, and gave its editions another verifier."""
    before, during, after = (keys_bundle(name) for name in ("before", "during", "after"))
    policies = [files["prueba/politica.txt"] for files in (before, after)]
    assert policies[0] != policies[1]
    assert checked(before).holds
    for policy in (None, *policies):
        assert checked(during, before, policy).holds
        assert checked(after, during, policy).holds
    # Nothing in the bundle of before leads to a key of later; in the one after it, both ways.
    (failed,) = [step.code for step in checked(before, None, policies[1]).steps if step.code]
    assert failed == "proof.policy_key"
