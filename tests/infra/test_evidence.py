"""An evidence file comes back as it was given, or is said to be damaged; nothing of it shows."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from constancia.domain.errors import IntegrityBroken, StoreRefused
from constancia.infra.codec import SubjectCodec
from constancia.infra.evidence import PIECE, EvidenceStore, Stored
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.secrets_unlock import RootKey

MARK = b"MARCA-INVENTADA"


@pytest.fixture
def codec(new_home: Callable[..., tuple[Home, RootKey]]) -> SubjectCodec:
    home, root = new_home()
    ring = KeyRing(home.keyring, root.derive("keyring/1"))
    return SubjectCodec(ring, root.derive("kek/1"), root.derive("blind/1"))


@pytest.fixture
def store(codec: SubjectCodec, tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidencias", codec)


@pytest.fixture
def subject(codec: SubjectCodec) -> bytes:
    made = os.urandom(16)
    codec.create_subjects([made])
    return made


def _path(tmp_path: Path, stored: Stored) -> Path:
    return tmp_path / "evidencias" / stored.name[:2] / stored.name


@pytest.mark.parametrize("size", [0, 1, len(MARK), PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 17])
def test_what_was_put_comes_back_with_its_hash(store: EvidenceStore, subject: bytes, size: int) -> None:
    content = (MARK * (size // len(MARK) + 1))[:size]
    stored = store.put(subject, io.BytesIO(content))
    assert (stored.sha256, stored.size) == (hashlib.sha256(content).hexdigest(), size)
    assert b"".join(store.read(subject, stored)) == content
    assert store.names() == {stored.name}


def test_neither_name_nor_content_nor_exact_size_shows(
    store: EvidenceStore, subject: bytes, tmp_path: Path
) -> None:
    one = store.put(subject, io.BytesIO(MARK))
    two = store.put(subject, io.BytesIO(MARK * 900))
    assert MARK not in _path(tmp_path, one).read_bytes()
    assert one.sha256 not in one.name
    assert _path(tmp_path, one).stat().st_size == _path(tmp_path, two).stat().st_size
    assert _path(tmp_path, one).stat().st_mode & 0o777 == 0o600


def test_the_same_document_twice_cannot_be_told_from_two_documents(
    store: EvidenceStore, subject: bytes
) -> None:
    assert store.put(subject, io.BytesIO(MARK)).name != store.put(subject, io.BytesIO(MARK)).name


@pytest.mark.parametrize("damage", ["flip", "cut", "cut a piece", "swap pieces", "append", "empty", "magic"])
def test_any_damage_is_said(store: EvidenceStore, subject: bytes, tmp_path: Path, damage: str) -> None:
    stored = store.put(subject, io.BytesIO(os.urandom(3 * PIECE)))
    path = _path(tmp_path, stored)
    raw = path.read_bytes()
    step = 4 + int.from_bytes(raw[5:9], "big")
    path.write_bytes(
        {
            "flip": raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:],
            "cut": raw[:-1],
            "cut a piece": raw[: 5 + 2 * step],
            "swap pieces": raw[:5] + raw[5 + step : 5 + 2 * step] + raw[5 : 5 + step] + raw[5 + 2 * step :],
            "append": raw + b"\x00",
            "empty": b"",
            "magic": b"XXXXX" + raw[5:],
        }[damage]
    )
    with pytest.raises(IntegrityBroken):
        list(store.read(subject, stored))


def test_one_file_in_the_place_of_another_is_noticed(
    store: EvidenceStore, subject: bytes, tmp_path: Path
) -> None:
    one, two = store.put(subject, io.BytesIO(b"one")), store.put(subject, io.BytesIO(b"two"))
    _path(tmp_path, one).write_bytes(_path(tmp_path, two).read_bytes())
    with pytest.raises(IntegrityBroken):
        list(store.read(subject, one))


def test_a_hash_that_does_not_match_is_noticed(store: EvidenceStore, subject: bytes) -> None:
    stored = store.put(subject, io.BytesIO(b"one"))
    with pytest.raises(IntegrityBroken, match=r"evidence\.damaged"):
        list(store.read(subject, replace(stored, sha256="00" * 32)))


@pytest.mark.parametrize("name", ["00" * 16, "../../llave.json", "", "x" * 32])
def test_a_name_that_is_not_there_or_no_name_is_said_to_be_missing(
    store: EvidenceStore, subject: bytes, name: str
) -> None:
    with pytest.raises(IntegrityBroken, match=r"evidence\.missing"):
        list(store.read(subject, Stored(name, "00" * 32, 0)))


def test_forgetting_the_file_s_subject_makes_it_unreadable(
    store: EvidenceStore, codec: SubjectCodec, subject: bytes
) -> None:
    stored = store.put(subject, io.BytesIO(MARK))
    codec.forget(subject)
    with pytest.raises(StoreRefused, match=r"codec\.forgotten"):
        list(store.read(subject, stored))


def test_a_file_that_breaks_off_while_it_is_read_leaves_nothing(store: EvidenceStore, subject: bytes) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        store.put(subject, Broken())
    assert store.names() == set()
