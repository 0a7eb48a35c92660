"""Marks of exports: with half of the rows gone the right one of many is named; for a foreign file, none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain import watermark
from constancia.domain.codes import new_code

MARKS = [bytes([n]) * watermark.MARK for n in range(40)]
numbers = st.integers(min_value=0, max_value=2**48 - 1)
marks = st.binary(min_size=watermark.MARK, max_size=watermark.MARK)


def named(keys: list[str]) -> list[int]:
    return [at for at, mark in enumerate(MARKS) if watermark.evidence(mark, keys) >= watermark.SURE]


@given(mark=marks, number=numbers)
def test_a_reference_gives_its_number_to_who_has_the_mark(mark: bytes, number: int) -> None:
    word = watermark.reference(mark, number)
    assert watermark.read(mark, word) == number
    assert watermark.read(mark, word.upper()) == number
    assert list(watermark.words(f"x,{word};{word.upper()}\n")) == [word, word]


@given(mark=marks, other=marks, number=numbers)
def test_a_reference_is_nothing_to_another_export(mark: bytes, other: bytes, number: int) -> None:
    if mark != other:
        assert watermark.read(other, watermark.reference(mark, number)) is None


@given(mark=marks, number=numbers)
def test_a_changed_reference_is_none(mark: bytes, number: int) -> None:
    word = watermark.reference(mark, number)
    for at in range(0, 25):
        changed = word[:at] + ("b" if word[at] == "a" else "a") + word[at + 1 :]
        assert watermark.read(mark, changed) is None


def test_references_of_neighbours_and_of_two_exports_share_nothing() -> None:
    """Else who has two leaked files could join them by the words."""
    words = [watermark.reference(mark, number) for mark in MARKS for number in range(20)]
    assert len({word[:6] for word in words}) > len(words) * 0.99


@pytest.mark.parametrize("word", ["", "a" * 25, "a" * 27, "1" * 26, "ñ" * 26, "a" * 26])
def test_what_is_no_reference_is_none(word: str) -> None:
    assert watermark.read(MARKS[0], word) is None


@given(
    seed=st.integers(), which=st.integers(min_value=0, max_value=len(MARKS) - 1), size=st.integers(36, 300)
)
def test_the_order_names_the_export_with_half_of_the_rows_gone(seed: int, which: int, size: int) -> None:
    rng = random.Random(seed)
    codes = [new_code() for _ in range(size)]
    left = watermark.in_order(MARKS[which], codes, key=str)
    kept = sorted(rng.sample(range(size), size // 2))
    assert named([left[at] for at in kept]) == [which]


@given(which=st.integers(min_value=0, max_value=len(MARKS) - 1))
def test_a_few_rows_of_another_export_in_front_hide_nothing(which: int) -> None:
    codes = [new_code() for _ in range(120)]
    other = MARKS[(which + 1) % len(MARKS)]
    few = watermark.in_order(other, [new_code() for _ in range(8)], key=str)
    glued = few + watermark.in_order(MARKS[which], codes, key=str)
    assert named(glued) == [which]


@given(seed=st.integers(), size=st.integers(0, 300))
def test_no_export_is_named_for_a_foreign_order(seed: int, size: int) -> None:
    rng = random.Random(seed)
    codes = [new_code() for _ in range(size)]
    rng.shuffle(codes)
    assert named(codes) == []
    assert named(sorted(codes)) == []


def test_a_few_rows_are_no_evidence() -> None:
    codes = watermark.in_order(MARKS[0], [new_code() for _ in range(12)], key=str)
    assert named(codes) == []
    assert watermark.evidence(MARKS[0], codes[:1]) == watermark.evidence(MARKS[0], []) == 0
    assert watermark.evidence(MARKS[0], codes[:1] * 50) == 0
