"""Sealed values open for their subject at their place, and for nobody nowhere else."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from constancia.domain.errors import IntegrityBroken, StoreRefused
from constancia.infra.codec import CACHED_KEYS, SubjectCodec
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.secrets_unlock import RootKey
from tests.support.effort import examples

PLACE = "fact|sealed|7"


def _codec(home: Home, root: RootKey) -> SubjectCodec:
    ring = KeyRing(home.keyring, root.derive("keyring/1"))
    return SubjectCodec(ring, root.derive("kek/1"), root.derive("blind/1"))


@pytest.fixture
def house(new_home: Callable[..., tuple[Home, RootKey]]) -> tuple[Home, RootKey]:
    return new_home()


@pytest.fixture
def codec(house: tuple[Home, RootKey]) -> SubjectCodec:
    return _codec(*house)


@pytest.fixture
def subject(codec: SubjectCodec) -> bytes:
    made = os.urandom(16)
    codec.create_subjects([made])
    return made


def test_what_is_sealed_opens_again_also_in_another_process_of_the_same_home(
    house: tuple[Home, RootKey], codec: SubjectCodec, subject: bytes
) -> None:
    sealed = codec.seal(subject, PLACE, "Íñigo".encode())
    assert codec.open(subject, PLACE, sealed) == "Íñigo".encode()
    assert _codec(*house).open(subject, PLACE, sealed) == "Íñigo".encode()


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plaintext=st.binary(max_size=2000), context=st.text(max_size=60))
def test_any_bytes_at_any_place_come_back(
    codec: SubjectCodec, subject: bytes, plaintext: bytes, context: str
) -> None:
    assert codec.open(subject, context, codec.seal(subject, context, plaintext)) == plaintext


@pytest.mark.parametrize("place", ["fact|sealed|8", "fact|sealed|", "source|sealed|7", "", "fact|sealed|7|"])
def test_a_sealed_value_moved_to_another_place_does_not_open(
    codec: SubjectCodec, subject: bytes, place: str
) -> None:
    sealed = codec.seal(subject, PLACE, b"secret")
    with pytest.raises(IntegrityBroken, match=r"codec\.unreadable"):
        codec.open(subject, place, sealed)


def test_a_sealed_value_moved_to_another_person_does_not_open(codec: SubjectCodec, subject: bytes) -> None:
    other = os.urandom(16)
    codec.create_subjects([other])
    sealed = codec.seal(subject, PLACE, b"secret")
    with pytest.raises(IntegrityBroken, match=r"codec\.unreadable"):
        codec.open(other, PLACE, sealed)


def test_every_flipped_byte_and_every_shortening_is_noticed(codec: SubjectCodec, subject: bytes) -> None:
    sealed = codec.seal(subject, PLACE, b"secret")
    assert codec.open(subject, PLACE, sealed) == b"secret"
    for position in range(len(sealed)):
        spoilt = bytearray(sealed)
        spoilt[position] ^= 1
        with pytest.raises(IntegrityBroken):
            codec.open(subject, PLACE, bytes(spoilt))
    for length in range(len(sealed)):
        with pytest.raises(IntegrityBroken):
            codec.open(subject, PLACE, sealed[:length])
    with pytest.raises(IntegrityBroken):
        codec.open(subject, PLACE, sealed + b"\x00")


def test_no_two_seals_share_a_nonce(codec: SubjectCodec, subject: bytes) -> None:
    sealed = codec.seal_many([(subject, PLACE, b"the same")] * 50_000)
    assert len({blob[1:13] for blob in sealed}) == 50_000


def test_many_at_once_come_back_in_their_order(codec: SubjectCodec) -> None:
    subjects = [os.urandom(16) for _ in range(CACHED_KEYS + 500)]
    codec.create_subjects(subjects)
    items = [(subject, f"t|c|{n}", str(n).encode()) for n, subject in enumerate(subjects)]
    sealed = codec.seal_many(items)
    blobs = [(subject, place, blob) for (subject, place, _), blob in zip(items, sealed, strict=True)]
    assert codec.open_many(blobs) == [plain for _, _, plain in items]
    assert codec.open(*blobs[0]) == b"0"
    assert codec.seal_many([]) == []


def test_a_forgotten_subject_can_never_be_read_again(
    house: tuple[Home, RootKey], codec: SubjectCodec, subject: bytes
) -> None:
    other = os.urandom(16)
    codec.create_subjects([other])
    sealed = codec.seal(subject, PLACE, b"secret")
    kept = codec.seal(other, PLACE, b"kept")
    elsewhere = _codec(*house)
    assert elsewhere.open(subject, PLACE, sealed) == b"secret"
    assert codec.forget(subject)
    for reader in (codec, elsewhere, _codec(*house)):
        with pytest.raises(StoreRefused, match=r"codec\.forgotten"):
            reader.open(subject, PLACE, sealed)
        with pytest.raises(StoreRefused, match=r"codec\.forgotten"):
            reader.seal(subject, PLACE, b"more")
        assert reader.open_known([(subject, PLACE, sealed), (other, PLACE, kept)]) == [None, b"kept"]
    assert not codec.forget(subject)


def test_the_wrapped_key_of_a_forgotten_subject_leaves_the_file(
    house: tuple[Home, RootKey], codec: SubjectCodec, subject: bytes
) -> None:
    home, root = house
    ring = KeyRing(home.keyring, root.derive("keyring/1"))
    wrapped = ring.find([subject])[subject][1]
    assert wrapped in b"".join(_pages(home.keyring, root.derive("keyring/1")))
    codec.forget(subject)
    assert wrapped not in b"".join(_pages(home.keyring, root.derive("keyring/1")))
    assert Path(f"{home.keyring}-wal").stat().st_size == 0


def _pages(path: Path, key: bytes) -> list[bytes]:
    """Every page of the file and of its log decrypted, as one would who seized file and key."""
    found = []
    for raw, step, skip in (
        (path.read_bytes(), 4096, 0),
        (Path(f"{path}-wal").read_bytes()[32:], 4096 + 24, 24),
    ):
        for start in range(0, len(raw) - step + 1, step):
            page = raw[start + skip : start + step]
            decryptor = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64])).decryptor()
            # The first page of the file begins with the salt in the clear; a log frame tells its page.
            first = start == 0 if not skip else raw[start : start + 4] == b"\x00\x00\x00\x01"
            found.append(decryptor.update(page[16 if first else 0 : -80]))
    return found


def test_a_subject_gets_only_one_key_and_a_refused_batch_adds_none(
    house: tuple[Home, RootKey], codec: SubjectCodec, subject: bytes
) -> None:
    fresh = os.urandom(16)
    with pytest.raises(StoreRefused, match=r"codec\.subject_exists"):
        codec.create_subjects([fresh, subject])
    home, root = house
    assert KeyRing(home.keyring, root.derive("keyring/1")).subjects() == {subject}


def test_a_subject_without_a_key_is_refused(codec: SubjectCodec) -> None:
    with pytest.raises(StoreRefused, match=r"codec\.forgotten"):
        codec.seal(os.urandom(16), PLACE, b"x")


def test_a_subject_of_another_length_is_refused(codec: SubjectCodec) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        codec.create_subjects([b"short"])


def test_a_key_swapped_for_that_of_another_subject_is_noticed(
    house: tuple[Home, RootKey], codec: SubjectCodec, subject: bytes
) -> None:
    home, root = house
    other = os.urandom(16)
    codec.create_subjects([other])
    ring = KeyRing(home.keyring, root.derive("keyring/1"))
    epoch, wrapped = ring.find([other])[other]
    ring.remove(subject)
    ring.add([(subject, epoch, wrapped)])
    with pytest.raises(IntegrityBroken, match=r"codec\.keyring"):
        _codec(home, root).seal(subject, PLACE, b"x")


def test_a_blind_fingerprint_is_keyed_and_kept_apart_by_label(
    codec: SubjectCodec, new_home: Callable[..., tuple[Home, RootKey]]
) -> None:
    one = codec.blind("document", "V-12345678")
    assert one == codec.blind("document", "V-12345678")
    assert len({one, codec.blind("alias", "V-12345678"), codec.blind("document", "V-12345679")}) == 3
    assert one != _codec(*new_home("otra")).blind("document", "V-12345678")


def test_the_keyring_shows_no_subject_in_the_clear(house: tuple[Home, RootKey], subject: bytes) -> None:
    home, _ = house
    content = home.keyring.read_bytes() + Path(f"{home.keyring}-wal").read_bytes()
    assert subject not in content


def test_threads_share_one_codec(codec: SubjectCodec) -> None:
    wrong: list[object] = []

    def work() -> None:
        try:
            mine = [os.urandom(16) for _ in range(20)]
            codec.create_subjects(mine)
            for subject in mine * 5:
                if codec.open(subject, PLACE, codec.seal(subject, PLACE, subject)) != subject:
                    wrong.append(subject)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_forked_process_opens_the_keyring_anew(codec: SubjectCodec, subject: bytes) -> None:
    sealed = codec.seal(subject, PLACE, b"secret")
    other = os.urandom(16)
    child = os.fork()
    if child == 0:
        good = False
        try:
            codec.create_subjects([other])
            good = codec.open(subject, PLACE, sealed) == b"secret"
        finally:
            os._exit(0 if good else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert codec.open(other, PLACE, codec.seal(other, PLACE, b"x")) == b"x"
    codec.forget(other)
    with pytest.raises(StoreRefused, match=r"codec\.forgotten"):
        codec.seal(other, PLACE, b"x")
