"""A family's receipt: written, read over a telephone, and checked."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.receipt import ALPHABET, Receipt, check_receipt
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.tally import cut_key
from tests.support.small_totals import head, small

SMALL = small(5)
RECEIPTS = st.builds(Receipt, st.integers(0, 2**32 - 1), st.binary(min_size=32, max_size=32))
SOME = Receipt(3, sha256(b"key").digest())


def receipt(index: int, of: bytes | None = None) -> Receipt:
    return Receipt(index, cut_key(SMALL.cases[index].key, of or SMALL.totals.head.content))


def code_of(text: str) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(ProofRefused) as refused:
        Receipt.read(text)
    return refused.value.code, refused.value.params


@given(RECEIPTS)
def test_a_receipt_is_read_as_it_is_written(one: Receipt) -> None:
    assert Receipt.read(str(one)) == one
    assert Receipt.from_data(one.data()) == one
    assert len(one.data()) == 37


def test_it_is_four_rows_of_four_groups_of_four() -> None:
    rows = str(SOME).split("\n")
    assert [[len(group) for group in row.split("-")] for row in rows] == [[4] * 4] * 4
    assert set("".join(rows)) <= set(ALPHABET) | {"-"}


def test_how_it_is_copied_does_not_matter() -> None:
    text = str(SOME)
    for copied in (
        text.lower(),
        text.replace("-", " "),
        text.replace("\n", "  "),
        text.replace("-", ""),
        f" {text}\n",
    ):
        assert Receipt.read(copied) == SOME
    assert Receipt.read(text.replace("0", "o").replace("1", "l")) == SOME


@given(RECEIPTS, st.integers(0, 63), st.integers(1, 31))
def test_one_wrong_symbol_is_found_in_its_row(one: Receipt, at: int, by: int) -> None:
    symbols = [*str(one).replace("-", "").replace("\n", "")]
    symbols[at] = ALPHABET[(ALPHABET.index(symbols[at]) + by) % 32]
    assert code_of("".join(symbols)) == ("proof.receipt_row", {"row": at // 16 + 1})


@given(RECEIPTS, st.integers(0, 3), st.integers(0, 15), st.integers(0, 15))
def test_two_symbols_exchanged_are_found_in_their_row(one: Receipt, row: int, left: int, right: int) -> None:
    symbols = [*str(one).replace("-", "").replace("\n", "")]
    left, right = row * 16 + left, row * 16 + right
    if symbols[left] != symbols[right]:
        symbols[left], symbols[right] = symbols[right], symbols[left]
        assert code_of("".join(symbols)) == ("proof.receipt_row", {"row": row + 1})


@given(RECEIPTS, st.permutations(range(4)))
def test_rows_exchanged_are_found(one: Receipt, order: list[int]) -> None:
    rows = str(one).split("\n")
    if order != [0, 1, 2, 3]:
        assert code_of("\n".join(rows[at] for at in order))[0] == "proof.receipt_row"


@pytest.mark.parametrize("text", ["", "0" * 63, str(SOME) + "0", "U" + str(SOME)[1:], "0" * 500, "ñ" * 64])
def test_what_is_no_receipt_is_refused(text: str) -> None:
    assert code_of(text)[0] == "proof.receipt"


def test_another_version_and_another_length_are_refused() -> None:
    for data in (b"\x02" + SOME.data()[1:], SOME.data()[:-1], SOME.data() + b"\x00"):
        with pytest.raises(ProofRefused) as refused:
            Receipt.from_data(data)
        assert refused.value.code == "proof.receipt"


@given(st.text(max_size=80))
def test_whatever_is_typed_there_is_one_error(text: str) -> None:
    with suppress(ProofRefused):
        Receipt.read(text)


@pytest.mark.parametrize("index", range(5))
def test_a_family_sees_where_its_case_is_counted(index: int) -> None:
    assert check_receipt(receipt(index), SMALL.totals, SMALL.cut) == dict(SMALL.cases[index].counted)


def test_who_is_on_the_roster_and_not_counted_sees_that() -> None:
    assert check_receipt(receipt(3), SMALL.totals, SMALL.cut) == {}


@pytest.mark.parametrize(
    "wrong",
    [Receipt(1, receipt(0).key), Receipt(0, bytes(32)), receipt(0, head("another edition").content)],
    ids=["another line", "another secret", "another edition"],
)
def test_a_receipt_opens_its_own_line_alone(wrong: Receipt) -> None:
    with pytest.raises(ProofRefused) as refused:
        check_receipt(wrong, SMALL.totals, SMALL.cut)
    assert refused.value.code == "proof.receipt_key"


def test_a_line_that_is_not_there_is_no_line() -> None:
    with pytest.raises(ProofRefused) as refused:
        check_receipt(Receipt(5, bytes(32)), SMALL.totals, SMALL.cut)
    assert (refused.value.code, refused.value.params) == ("proof.receipt_index", {"lines": 5})
