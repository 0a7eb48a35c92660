"""Base64, numbers and text in one form only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.encoding import LARGEST, b64, number, unb64, unhash, unhashes, utf8
from tests.domain.ledger.grown import refused


@given(st.binary(max_size=80))
def test_bytes_come_back_from_base64(data: bytes) -> None:
    assert unb64(b64(data)) == data


@pytest.mark.parametrize("text", ["QQ", "QR==", "QQ==\n", " QQ==", "QQ= =", "Q-==", "QQ==QQ==", "ñ", "QQ==="])
def test_base64_in_another_form_is_refused(text: str) -> None:
    with refused("proof.base64"):
        unb64(text)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_hash_has_32_bytes(length: int) -> None:
    with refused("proof.base64"):
        unhash(b64(bytes(length)))


def test_no_proof_has_more_hashes_than_the_largest_tree_needs() -> None:
    assert len(unhashes([b64(bytes(32))] * 64)) == 64
    with refused("proof.length"):
        unhashes([b64(bytes(32))] * 65)


@given(st.integers(0, LARGEST))
def test_numbers_come_back(value: int) -> None:
    assert number(str(value)) == value


@pytest.mark.parametrize(
    "text", ["", "00", "01", "-1", "+1", "1 ", "1_0", "٣", "1.0", str(2**63), "9" * 5000]
)
def test_numbers_in_another_form_are_refused(text: str) -> None:
    with refused("proof.number"):
        number(text)


@pytest.mark.parametrize(
    "data",
    [b"\r\n", b"\t", b"\x00", b"\x7f", b"\xef\xbb\xbfa", b"\xff", b"\xed\xa0\x80", b"\xc0\x80", b"a" * 9],
)
def test_text_with_what_no_text_has_is_refused(data: bytes) -> None:
    with refused("proof.text"):
        utf8(data, 8)


def test_ordinary_text_is_read() -> None:
    assert utf8("señal —\n".encode(), 12) == "señal —\n"
