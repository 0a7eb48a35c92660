"""The key of a region: what it closes opens at its own place alone, and with its own key alone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyrage
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyrage import x25519

from constancia.domain.errors import InputRefused, IntegrityBroken, StoreRefused
from constancia.infra import regional
from constancia.infra.codec import HELD, SubjectCodec
from constancia.infra.keyring import KeyRing
from constancia.infra.regional import Held, Pair
from tests.support.houses import CHEAP

PAIR, OTHER = Pair.new(), Pair.new()
SUBJECT, WHERE = bytes(16), "register_fact|sealed|7"


@given(st.binary(max_size=600))
def test_what_was_closed_opens_and_its_length_says_little(text: bytes) -> None:
    box = regional.close(PAIR.public, 1, SUBJECT, WHERE, text)
    assert regional.open_(PAIR.private, 1, SUBJECT, WHERE, box) == text
    assert (len(box) - 48) % regional.BLOCK == 0


@given(
    number=st.integers(1, 3),
    subject=st.sampled_from([bytes(16), b"\x01" * 16]),
    where=st.sampled_from([WHERE, "register_fact|sealed|8", "register_source|label|7"]),
    own=st.booleans(),
)
def test_another_key_number_person_place_or_region_is_refused(
    number: int, subject: bytes, where: str, own: bool
) -> None:
    assume((number, subject, where, own) != (1, SUBJECT, WHERE, True))
    box = regional.close(PAIR.public, 1, SUBJECT, WHERE, b"un dato inventado")
    with pytest.raises(IntegrityBroken, match=r"codec\.unreadable"):
        regional.open_((PAIR if own else OTHER).private, number, subject, where, box)


@given(st.data())
def test_no_byte_of_a_box_may_change(data: st.DataObject) -> None:
    box = regional.close(PAIR.public, 1, SUBJECT, WHERE, b"un dato inventado")
    at = data.draw(st.integers(0, len(box) - 1))
    # X25519 leaves the top bit of a public half unread (RFC 7748, 5); HPKE binds the bytes as they came.
    flipped = bytes([box[at] ^ data.draw(st.integers(1, 255))])
    for wrong in (box[:at] + flipped + box[at + 1 :], box[:at], box + flipped):
        with pytest.raises(IntegrityBroken, match=r"codec\.unreadable"):
            regional.open_(PAIR.private, 1, SUBJECT, WHERE, wrong)


@given(
    st.integers(0, 2**32 - 1),
    st.dictionaries(st.integers(0, 31), st.binary(min_size=32, max_size=32), max_size=32),
    st.binary(max_size=50),
)
def test_held_bytes_are_read_as_they_were_written(key: int, digests: dict[int, bytes], box: bytes) -> None:
    found = Held.read(Held(key, digests, box).data(), WHERE)
    assert (found.key, dict(found.digests), found.box) == (key, digests, box)


@given(st.binary(max_size=80))
def test_any_bytes_are_held_bytes_or_refused_with_the_one_error(data: bytes) -> None:
    with suppress(IntegrityBroken):
        assert Held.read(data, WHERE).data() == data


@pytest.fixture
def codec(tmp_path: Path) -> SubjectCodec:
    ring = KeyRing.create(tmp_path / "claves.db", bytes(32))
    made = SubjectCodec(ring, bytes(32), bytes(32))
    made.create_subjects([SUBJECT])
    return made


def test_a_sealing_of_one_version_is_unreadable_as_the_other(codec: SubjectCodec) -> None:
    (first,) = codec.seal_many([(SUBJECT, WHERE, b"x")])
    (second,) = codec.seal_many([(SUBJECT, WHERE, b"x")], HELD)
    assert (first[:1], second[:1]) == (b"\x01", b"\x02")
    for blob, version in ((first, HELD), (second, b"\x01"), (b"\x02" + first[1:], HELD)):
        with pytest.raises(IntegrityBroken, match=r"codec\.unreadable"):
            codec.open_known([(SUBJECT, WHERE, blob)], version)
    codec.forget(SUBJECT)
    assert codec.open_known([(SUBJECT, WHERE, second)], HELD) == [None], "erased with the person's key"


def test_a_key_is_granted_to_one_person_and_one_pair(codec: SubjectCodec) -> None:
    closed = regional.grant(PAIR.private, 3, OTHER.public, 12)
    assert regional.granted(OTHER.private, 3, 12, closed) == PAIR.private
    for private, number, user in ((PAIR.private, 3, 12), (OTHER.private, 4, 12), (OTHER.private, 3, 13)):
        with pytest.raises(IntegrityBroken, match=r"region\.grant"):
            regional.granted(private, number, user, closed)


def test_a_holder_s_pair_opens_with_its_passphrase_for_its_person() -> None:
    slot = regional.holder_slot(PAIR.private, 12, "una frase inventada", CHEAP)
    assert regional.open_slot(slot, 12, "una frase inventada") == PAIR.private
    assert regional.open_slot(slot, 12, "otra frase inventada") is None
    for wrong in (
        slot | {"kind": "region-holder/13"},
        slot | {"passes": 10**9},
        {"kind": "region-holder/12"},
    ):
        with pytest.raises(StoreRefused, match=r"region\.slot"):
            regional.open_slot(wrong, 12, "una frase inventada")
    with pytest.raises(StoreRefused, match=r"region\.slot"):
        regional.open_slot(slot, 13, "una frase inventada")


def test_the_copy_abroad_comes_back_by_dictation_and_a_wrong_sign_is_heard() -> None:
    abroad = x25519.Identity.generate()
    text = regional.copy_abroad(PAIR.private, "lara", 1, [str(abroad.to_public())])
    opened = pyrage.decrypt(text.encode(), [abroad]).decode()
    assert regional.heard(opened) == PAIR.private
    said = regional.spoken(PAIR.private)
    assert regional.heard(said.upper().replace(" ", "\n")) == PAIR.private
    other = "0" if said[0] != "0" else "1"
    for wrong in (other + said[1:], said[:-5], "", "no son signos", said + " 00"):
        with pytest.raises(InputRefused, match=r"region\.copy"):
            regional.heard(wrong)
    with pytest.raises(InputRefused, match=r"share\.recipient"):
        regional.copy_abroad(PAIR.private, "lara", 1, ["age1nada"])


def test_no_private_half_is_printed() -> None:
    assert PAIR.private.hex() not in repr(PAIR)
    assert repr(PAIR.private) not in repr(PAIR)
