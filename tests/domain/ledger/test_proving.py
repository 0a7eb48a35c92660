"""Making proofs: the same bytes again, and never a secret in two places."""

from __future__ import annotations

from hashlib import sha256

import pytest

from constancia.domain.ledger.edwards import BASE, ORDER, add, encode, multiply
from constancia.domain.ledger.proving import committed, proven
from constancia.domain.ledger.tally import H, Place, blinding_source, cut_key

KEY = sha256(b"key").digest()
HERE = Place(sha256(b"statement").digest(), "by_sex", "woman", 4)
ELSEWHERE = [
    Place(HERE.statement, "by_sex", "woman", 5),
    Place(HERE.statement, "by_sex", "man", 4),
    Place(HERE.statement, "by_sexw", "oman", 4),
    Place(sha256(b"other").digest(), "by_sex", "woman", 4),
]


@pytest.mark.parametrize("value", [0, 1])
def test_a_token_is_the_same_when_it_is_made_again(value: int) -> None:
    assert proven(KEY, HERE, value) == proven(KEY, HERE, value)


@pytest.mark.parametrize("value", [0, 1])
def test_a_commitment_is_what_it_says(value: int) -> None:
    token, r = proven(KEY, HERE, value)
    factor = int.from_bytes(r, "little")
    assert factor == int.from_bytes(blinding_source(KEY, HERE, value), "little") % ORDER
    assert token[:32] == committed(value, r) == encode(add(multiply(value, BASE), multiply(factor, H)))


def test_no_part_of_a_token_comes_back_in_another_place_value_or_key() -> None:
    places = [(KEY, HERE), (sha256(b"other key").digest(), HERE), *((KEY, one) for one in ELSEWHERE)]
    tokens = [proven(key, place, value)[0] for key, place in places for value in (0, 1)]
    parts = [token[at : at + 32] for token in tokens for at in range(0, len(token), 32)]
    assert len(set(parts)) == len(parts)


@pytest.mark.parametrize("value", [2, -1])
def test_nothing_but_0_and_1_is_proven(value: int) -> None:
    with pytest.raises(ValueError, match="neither"):
        proven(KEY, HERE, value)


def test_the_keys_of_two_cuts_have_nothing_in_common() -> None:
    first, second = sha256(b"first").digest(), sha256(b"second").digest()
    assert len({cut_key(KEY, first), cut_key(KEY, second), cut_key(first, KEY), KEY}) == 4
    assert len(cut_key(KEY, first)) == 32
