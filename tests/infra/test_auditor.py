"""An auditor's key is made once, kept for its owner alone, and signs a result that others can check."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.auditing import Result
from constancia.domain.ledger.note import COSIGNATURE, Key, open_note
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra import notekey
from constancia.infra.auditor import create_key, signed_result

FOUND = Result(3, "0a" * 32, "1b" * 32, 5, (7,))


def test_a_result_is_signed_and_opened_with_the_public_key(tmp_path: Path) -> None:
    key = create_key(tmp_path / "a.llave", "auditora.ejemplo.org/1")
    assert stat.S_IMODE((tmp_path / "a.llave").stat().st_mode) == 0o600
    note = signed_result(FOUND, tmp_path / "a.llave")
    assert Result.read(open_note(note.encode(), [Key.read(str(key))], strict=True).text) == FOUND
    other = create_key(tmp_path / "b.llave", "auditora.ejemplo.org/1")
    with pytest.raises(ProofRefused):
        open_note(note.encode(), [other])


def test_a_key_is_never_overwritten_and_has_a_name(tmp_path: Path) -> None:
    create_key(tmp_path / "a.llave", "auditora")
    before = (tmp_path / "a.llave").read_bytes()
    with pytest.raises(StoreRefused, match=r"audit\.key_taken"):
        create_key(tmp_path / "a.llave", "auditora")
    assert (tmp_path / "a.llave").read_bytes() == before
    for name in ("", "a b", "a+b", "á", "x" * 101, "/a"):
        with pytest.raises(InputRefused, match=r"audit\.key_name"):
            create_key(tmp_path / "b.llave", name)
    with pytest.raises(StoreRefused, match=r"audit\.key_folder"):
        create_key(tmp_path / "nowhere" / "b.llave", "auditora")


def test_a_key_that_others_can_read_or_that_is_none_signs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.llave"
    with pytest.raises(StoreRefused, match=r"audit\.key_missing"):
        signed_result(FOUND, path)
    create_key(path, "auditora")
    path.chmod(0o640)
    with pytest.raises(StoreRefused, match=r"audit\.key_mode"):
        signed_result(FOUND, path)
    path.chmod(0o600)
    line = path.read_text()
    for other in (
        "",
        "x",
        line.replace("auditora", "auditorb"),
        line[:-3],
        line.replace("PRIVATE", "private"),
    ):
        path.write_text(other)
        with pytest.raises(StoreRefused, match=r"audit\.key_unreadable"):
            signed_result(FOUND, path)
    path.unlink()
    notekey.create(path, "testigo", COSIGNATURE)  # a witness's key signs no result
    with pytest.raises(StoreRefused, match=r"audit\.key_unreadable"):
        signed_result(FOUND, path)
