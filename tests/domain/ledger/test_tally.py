"""Commitments to 0 or 1 and their proofs, one by one and many at once."""

from __future__ import annotations

from hashlib import sha256

import pytest

from constancia.domain.ledger import tally
from constancia.domain.ledger.edwards import (
    BASE,
    IDENTITY,
    ORDER,
    Point,
    add,
    decode,
    encode,
    equal,
    multiply,
    negate,
)
from constancia.domain.ledger.proving import proven
from constancia.domain.ledger.tally import (
    TOKEN,
    Claim,
    H,
    Place,
    challenge,
    first_false,
    framed,
    scalar,
    weights,
)

STATEMENT = sha256(b"what is proven").digest()
KEY = sha256(b"the key of a line").digest()


def place(index: int = 0, table: str = "by_sex", cell: str = "woman", statement: bytes = STATEMENT) -> Place:
    return Place(statement, table, cell, index)


def point(data: bytes) -> Point:
    found = decode(data)
    assert found is not None
    return found


def claim(at: Place, token: bytes) -> Claim:
    return Claim(at, token, point(token[:32]))


MADE = [claim(place(index), proven(KEY, place(index), index % 2)[0]) for index in range(12)]


def holds_by_the_book(one: Claim) -> bool:
    """The two equations as they stand in the literature, nothing summed up and nothing up to small order."""
    token = one.token
    c0, z0, z1 = (int.from_bytes(token[at : at + 32], "little") for at in (96, 128, 160))
    whole = int.from_bytes(challenge(one.place, token[:32], token[32:64], token[64:96]), "little")
    c1 = (whole - c0) % ORDER
    less = add(one.point, negate(BASE))
    first = add(multiply(z0, H), negate(multiply(c0, one.point)))
    second = add(multiply(z1, H), negate(multiply(c1, less)))
    return encode(first) == token[32:64] and encode(second) == token[64:96]


def test_the_second_base_is_pinned_and_of_prime_order() -> None:
    assert encode(H).hex() == "888f4ac9b721115e6975301d4135790ea65b6d87d65eba6e030507f91451355e"
    assert equal(multiply(ORDER, H), IDENTITY)
    assert not equal(H, BASE)


def test_proofs_hold_one_by_one_and_all_at_once() -> None:
    assert all(holds_by_the_book(one) for one in MADE)
    assert first_false(MADE, b"seed") is None
    assert first_false([], b"seed") is None


@pytest.mark.parametrize("at", [0, 5, 11])
def test_the_false_one_among_many_is_named(at: int) -> None:
    other = MADE[at - 1]
    spoilt = [*MADE]
    spoilt[at] = Claim(MADE[at].place, other.token, other.point)
    assert not holds_by_the_book(spoilt[at])
    assert first_false(spoilt, b"seed") == at


def test_long_lists_are_checked_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "AT_ONCE", 5)
    told: list[int] = []
    assert first_false(MADE, b"seed", told.append) is None
    assert told == [5, 10, 12]
    spoilt = [*MADE[:11], Claim(place(99), MADE[11].token, MADE[11].point)]
    assert first_false(spoilt, b"seed") == 11


@pytest.mark.parametrize(
    "elsewhere",
    [
        place(1),
        place(0, "profile"),
        place(0, "by_sex", "man"),
        place(0, statement=sha256(b"another").digest()),
    ],
    ids=["another line", "another table", "another cell", "another statement"],
)
def test_a_proof_holds_in_its_own_place_alone(elsewhere: Place) -> None:
    assert first_false([MADE[0]], b"seed") is None
    assert first_false([Claim(elsewhere, MADE[0].token, MADE[0].point)], b"seed") == 0


def test_bytes_all_over_a_proof_count() -> None:
    for at in range(32, TOKEN, 3):
        token = bytearray(MADE[1].token)
        token[at] ^= 1
        assert first_false([Claim(MADE[1].place, bytes(token), MADE[1].point)], b"seed") == 0


@pytest.mark.parametrize("at", [96, 128, 160])
def test_scalars_that_are_not_reduced_are_refused(at: int) -> None:
    token = MADE[0].token
    larger = int.from_bytes(token[at : at + 32], "little") + ORDER
    assert larger < 2**256
    spoilt = token[:at] + larger.to_bytes(32, "little") + token[at + 32 :]
    assert first_false([Claim(MADE[0].place, spoilt, MADE[0].point)], b"seed") == 0


@pytest.mark.parametrize("length", [0, 191, 193])
def test_a_token_has_one_length(length: int) -> None:
    token = (MADE[0].token + b"\x00")[:length]
    assert first_false([Claim(MADE[0].place, token, MADE[0].point)], b"seed") == 0


def test_weights_repeat_and_differ_by_seed() -> None:
    assert weights(b"a", 3) == weights(b"a", 5)[:3]
    assert weights(b"a", 3) != weights(b"b", 3)
    assert all(0 < one < 2**128 for one in weights(b"a", 100))


def test_no_two_lists_of_parts_are_framed_alike() -> None:
    assert (
        len({framed(b"a", b"b"), framed(b"ab"), framed(b"a", b"", b"b"), framed(b"", b"ab"), framed()}) == 5
    )


def test_only_scalars_below_the_order_are_scalars() -> None:
    assert scalar((ORDER - 1).to_bytes(32, "little")) == ORDER - 1
    assert scalar(ORDER.to_bytes(32, "little")) is None
    assert scalar(bytes(31)) is None
