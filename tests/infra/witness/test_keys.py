"""The key of a witness: one line, its owner's alone, never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from constancia.domain.errors import InputRefused, StoreRefused
from constancia.domain.ledger.ed25519 import is_signed
from constancia.domain.ledger.note import COSIGNATURE, Key
from constancia.infra.witness import folder, keys


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "llave"


def code(path: Path) -> str:
    with pytest.raises(StoreRefused) as caught:
        keys.load(path)
    return caught.value.code


def test_a_key_signs_the_same_after_it_was_read(path: Path) -> None:
    made = keys.create(path, "testigo.ejemplo.org/w1")
    found = keys.load(path)
    assert found.key == made.key
    assert found.key.kind == COSIGNATURE
    assert Key.read(str(found.key)) == found.key
    assert is_signed(found.key.public, b"hola", found.sign(b"hola"))


def test_it_is_one_line_for_its_owner_alone(path: Path) -> None:
    made = keys.create(path, "w1")
    text = path.read_text("ascii")
    assert text.startswith(f"PRIVATE+KEY+w1+{made.key.id.hex()}+")
    assert text.count("\n") == 1
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused(mode: int, path: Path) -> None:
    keys.create(path, "w1")
    path.chmod(mode)
    assert code(path) == "witness.mode"


def test_a_key_is_never_overwritten(path: Path) -> None:
    keys.create(path, "w1")
    before = path.read_bytes()
    with pytest.raises(StoreRefused) as caught:
        keys.create(path, "w1")
    assert caught.value.code == "witness.taken"
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["", "dos palabras", "a+b", "ñandú", "a\n", "/w", "x" * 101])
def test_a_name_that_no_note_could_carry_is_refused(name: str, path: Path) -> None:
    with pytest.raises(InputRefused):
        keys.create(path, name)
    assert not path.exists()


def test_every_altered_byte_of_a_key_is_noticed(path: Path) -> None:
    keys.create(path, "w1")
    sound = path.read_bytes()
    for at in range(len(sound)):
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        assert code(path) == "witness.key", at


@pytest.mark.parametrize("content", [b"", b"\n", b"hola", b"PRIVATE+KEY+w1", b"\xff" * 80, b"x" * 100_000])
def test_what_is_no_key_is_refused(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    assert code(path) == "witness.key"


def test_a_missing_key_is_said_to_be_missing(path: Path) -> None:
    assert code(path) == "witness.missing"


def test_a_witness_half_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise StoreRefused("store.full")

    with monkeypatch.context() as patched:
        patched.setattr(folder.Store, "create", full)
        with pytest.raises(StoreRefused):
            folder.create(tmp_path / "testigo", "w1")
    assert not list((tmp_path / "testigo").iterdir())
    folder.create(tmp_path / "testigo", "w1")
