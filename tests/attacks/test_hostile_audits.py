"""Row 20 for the folder of an auditor: what in it is read cannot change unnoticed."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from constancia.domain.ledger.receipt import Receipt
from constancia.domain.ledger.refused import ProofRefused
from constancia.verifier.bundle import open_bundle
from tests.apps.publishing.audited import Kept, kept

pytestmark = pytest.mark.django_db

FOR_PEOPLE = ("expediente.txt", "LEEME.txt", "pruebas.json")
"""What is said and not proven; README and docs/audit.md say so."""


@pytest.fixture(scope="module")
def audit(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    with django_db_blocker.unblock():
        return kept(tmp_path_factory.mktemp("auditora"), count=2)


def proven(audit: Kept) -> list[str]:
    return [name for name in audit.folder if not name.endswith(FOR_PEOPLE)]


def test_row_20_the_control_of_a_folder_as_it_was_given_holds(audit: Kept) -> None:
    assert len(audit.checked().cases) == 2
    assert len(proven(audit)) == 4 + 2 * 3


def test_row_20_no_file_of_an_auditors_folder_can_be_missing(audit: Kept) -> None:
    for name in proven(audit):
        with pytest.raises(ProofRefused):
            audit.without(name)


def test_row_20_no_byte_of_an_auditors_folder_changes_unnoticed(audit: Kept) -> None:
    random = Random(20)
    for name in proven(audit):
        data = audit.folder[name]
        for at in {0, len(data) - 1, *random.sample(range(len(data)), 5)}:
            changed = bytearray(data)
            changed[at] ^= random.randrange(1, 256)
            try:
                audit.checked({name: bytes(changed)})
            except ProofRefused:
                continue
            # A receipt may be written with other dashes and blanks: it is the same one.
            assert name.endswith("recibo.txt")
            assert Receipt.read(changed.decode()) == Receipt.read(data.decode())


def test_row_20_lines_repeated_or_reordered_in_the_records_are_refused_or_the_same(audit: Kept) -> None:
    name = next(one for one in audit.folder if one.endswith("hechos.jsonl"))
    lines = audit.folder[name].splitlines(keepends=True)
    for other in ([*lines, lines[0]], [*lines[:-1], lines[-1][:-1]], [b"\n", *lines]):
        with pytest.raises(ProofRefused):
            audit.checked({name: b"".join(other)})
    # A record may be kept back, and the order says nothing: what is shown is what was recorded.
    assert audit.checked({name: b"".join(lines[::-1])}).cases == audit.checked().cases


def test_a_folder_with_a_link_or_a_path_that_leads_out_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "muestra.json").symlink_to("/etc/passwd")
    with pytest.raises(ProofRefused, match=r"proof\.link"):
        open_bundle(tmp_path / "a")
