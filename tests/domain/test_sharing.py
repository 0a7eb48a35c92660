"""Shares of a secret: enough of them give it back, fewer say nothing, and a wrong one is never believed."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain import sharing
from constancia.domain.errors import InputRefused
from constancia.domain.sharing import Share, at, divided, join, split

SECRETS = st.binary(min_size=32, max_size=32)
SIZES = st.integers(2, 6).flatmap(lambda of: st.tuples(st.integers(2, of), st.just(of)))


def _refused(call: object, *arguments: object) -> str:
    with pytest.raises(InputRefused) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.code


@given(SECRETS, SIZES)
def test_any_that_are_enough_give_the_secret_back(secret: bytes, sizes: tuple[int, int]) -> None:
    need, of = sizes
    shares = split(secret, need, of)
    for some in combinations(shares, need):
        assert join(some) == secret
    assert join(shares[::-1]) == secret


@given(st.data(), SECRETS, SIZES)
def test_fewer_are_consistent_with_every_other_secret_too(
    data: st.DataObject, secret: bytes, sizes: tuple[int, int]
) -> None:
    need, of = sizes
    known = data.draw(st.permutations(split(secret, need, of)))[: need - 1]
    other = data.draw(SECRETS)
    # A polynomial of the same degree through the known shares and through the other secret exists.
    points = [(0, other), *((one.number, one.value) for one in known)]
    rest = [number for number in range(1, of + 1) if number not in {one.number for one in known}]
    forged = [(number, at(points, number)) for number in rest[:1]]
    assert at([*((one.number, one.value) for one in known), *forged], 0) == other


def test_one_share_of_two_is_spread_evenly_whatever_the_secret() -> None:
    for secret in (0, 1, 200):
        seen = Counter(divided(bytes([secret]), 2, [5], bytes([r]))[0] for r in range(256))
        assert set(seen.values()) == {1}
        assert len(seen) == 256


def test_two_shares_of_three_are_spread_evenly_whatever_the_secret() -> None:
    # Over the subfield of four elements all randomness can be gone through.
    subfield = [x for x in range(256) if sharing._times(x, sharing._times(x, sharing._times(x, x))) == x]
    assert len(subfield) == 4
    numbers = [x for x in subfield if x][:2]
    for secret in subfield:
        seen = Counter(
            tuple(divided(bytes([secret]), 3, numbers, bytes(two))) for two in product(subfield, repeat=2)
        )
        assert len(seen) == 16
        assert set(seen.values()) == {1}


@given(SECRETS, SIZES)
def test_what_is_written_is_read_again_however_it_is_set(secret: bytes, sizes: tuple[int, int]) -> None:
    share = split(secret, *sizes)[-1]
    assert Share.read(str(share)) == share
    assert Share.read(str(share).upper().replace("\n", " — ").replace(" ", "\t")) == share


@given(st.data(), SECRETS)
def test_no_wrong_word_passes_the_check(data: st.DataObject, secret: bytes) -> None:
    words = str(split(secret, 2, 3)[0]).split()
    where = data.draw(st.integers(0, len(words) - 1))
    wrong = data.draw(st.binary(min_size=2, max_size=2).map(sharing.proquints))
    if wrong != words[where]:
        assert _refused(Share.read, " ".join([*words[:where], wrong, *words[where + 1 :]])) == "share.damaged"
    exchanged = [*words]
    other = data.draw(st.integers(0, len(words) - 1))
    exchanged[where], exchanged[other] = exchanged[other], exchanged[where]
    if exchanged != words:
        assert _refused(Share.read, " ".join(exchanged)) == "share.damaged"


@pytest.mark.parametrize("text", ["", "hola", "lusab " * 22, "lusab-babad", "ñ" * 200, "\x00"])
def test_what_is_no_share_is_refused(text: str) -> None:
    assert _refused(Share.read, text) == "share.damaged"


@given(st.text())
def test_any_text_is_a_share_or_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        Share.read(text)


def test_shares_that_do_not_belong_together_are_named_so() -> None:
    one, other = split(bytes(32), 2, 3), split(bytes(32), 2, 3)
    assert _refused(join, [one[0], other[1]]) == "share.foreign"
    assert _refused(join, [one[0], one[0]]) == "share.twice"
    assert _refused(join, [one[0]]) == "share.few"
    assert _refused(join, []) == "share.few"


def test_a_share_too_many_that_does_not_agree_is_noticed() -> None:
    one = split(bytes(32), 2, 3)
    forged = Share(one[2].mark, 2, 3, 3, bytes(31) + b"\x01")
    assert join(one) == bytes(32)
    assert _refused(join, [one[0], one[1], forged]) == "share.disagree"


@pytest.mark.parametrize(("need", "of"), [(1, 3), (0, 0), (4, 3), (2, 17), (2, 1)])
def test_numbers_that_make_no_sense_are_refused(need: int, of: int) -> None:
    assert _refused(split, bytes(32), need, of) == "share.numbers"


def test_a_share_is_not_printed_by_accident() -> None:
    share = split(bytes(32), 2, 3)[0]
    assert share.value.hex() not in repr(share)
    assert str(share.value) not in repr(share)
