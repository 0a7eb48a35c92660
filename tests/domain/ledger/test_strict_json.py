"""JSON in one form, and no other."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.strict_json import canonical, read_canonical
from constancia.domain.publishing.canonical import canonical as published

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_and_is_what_editions_are_written_in(value: Any) -> None:
    data = canonical(value)
    assert read_canonical(data, len(data)) == value
    assert data == published(value)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b" 1", b"1\n", b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a": 1}', b"1.0", b"1e2", b"-0",
        b"01",
        b"NaN", b"Infinity", b'"\\u0061"', b'"\\/"', b'"\\ud800"', b"\xef\xbb\xbf1", b"\xff",
        b"9007199254740992", b"1" * 5000, b"[" * 100_000, b'{"\\ud800":1}',
        '{"\uffff":1,"\U00010000":1}'.encode(),
    ],
)  # fmt: skip
def test_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(ProofRefused) as refused:
        read_canonical(data, 10**6)
    assert refused.value.code == "proof.json"


def test_more_than_is_read_is_refused() -> None:
    assert read_canonical(b"12", 2) == 12
    with pytest.raises(ProofRefused):
        read_canonical(b"12", 1)


@given(st.binary(max_size=40))
def test_whatever_the_bytes_are_there_is_one_error(data: bytes) -> None:
    with suppress(ProofRefused):
        assert canonical(read_canonical(data, 100)) == data


@pytest.mark.parametrize("value", [1.5, {1: 2}, b"bytes", {"a": {3}}])
def test_what_has_no_form_is_not_written(value: Any) -> None:
    with pytest.raises(ProofRefused):
        canonical(value)
