"""A manifest says one thing in one way, and a log's key speaks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.errors import ConstanciaError, IntegrityBroken, StoreRefused
from constancia.domain.ledger.checkpoint import open_checkpoint
from constancia.domain.ledger.refused import ProofRefused
from constancia.infra.backup import manifest
from constancia.infra.backup.manifest import Manifest
from tests.support.backups import Register


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Register, bytes, bytes]:
    register = Register(tmp_path_factory.mktemp("manifiestos"))
    folder = register.folder / register.back_up()
    return register, (folder / "manifiesto.json").read_bytes(), (folder / "manifiesto.firma").read_bytes()


def test_it_is_read_as_it_was_written(signed: tuple[Register, bytes, bytes]) -> None:
    register, data, note = signed
    found = manifest.verified(data, note, register.key)
    assert found.data() == data
    assert (found.recipients, found.engine, found.log_key) == (2, "sqlcipher", str(register.key))


@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_no_bit_of_it_can_be_turned(signed: tuple[Register, bytes, bytes], at: int, bit: int) -> None:
    register, data, note = signed
    for which in (0, 1):
        both = [bytearray(data), bytearray(note)]
        both[which][at % len(both[which])] ^= 1 << bit
        with pytest.raises(ConstanciaError) as refused:
            manifest.verified(bytes(both[0]), bytes(both[1]), register.key)
        assert refused.value.code.startswith("backup.")


@given(data=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(IntegrityBroken) as refused:
        Manifest.read(data)
    assert refused.value.code == "backup.manifest"


def test_another_registers_key_is_told_from_a_false_signature(
    signed: tuple[Register, bytes, bytes], tmp_path: Path
) -> None:
    register, data, note = signed
    other = Register(tmp_path / "otro", name="otra-casa/constancia/hechos/1")
    with pytest.raises(StoreRefused) as foreign:
        manifest.verified(data, note, other.key)
    assert foreign.value.code == "backup.other_register"
    planted = other.folder / other.back_up() / "manifiesto.firma"
    with pytest.raises(IntegrityBroken) as false:
        manifest.verified(data, planted.read_bytes(), register.key)
    assert false.value.code == "backup.signature"


def test_its_note_can_be_taken_for_no_checkpoint(signed: tuple[Register, bytes, bytes]) -> None:
    register, _, note = signed
    with pytest.raises(ProofRefused):
        open_checkpoint(note, register.key)
