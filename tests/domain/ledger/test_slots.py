"""Hiding fields in slots, opening some, and every way to open them falsely."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.slots import (
    DEEPEST,
    LARGEST_NUMBER,
    SLOTS,
    Disclosure,
    digest,
    disclose,
    read,
    root_of,
    root_of_disclosure,
    salts,
    written,
)
from tests.domain.ledger.grown import refused
from tests.support.effort import examples

KEY = bytes(range(32))
RECORD = "fact/17"
SLOT_OF = {"state": 0, "place": 3, "age": 7, "grave": 31}
FIELDS = {
    0: ("state", written("Lara")),
    3: ("place", written("Uribana Peña")),
    7: ("age", written(34)),
    31: ("grave", written(False)),
}
ROOT = root_of(KEY, RECORD, FIELDS)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_NUMBER, LARGEST_NUMBER) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def shown(*slots: int, fields: Mapping[int, tuple[str, str]] = FIELDS) -> Disclosure:
    return disclose(KEY, RECORD, fields, slots)


@given(st.sets(st.sampled_from(sorted(FIELDS)), min_size=1))
def test_whatever_is_shown_leads_to_the_root(slots: set[int]) -> None:
    assert root_of_disclosure(shown(*slots), SLOT_OF) == ROOT


def test_the_root_is_the_one_that_was_published() -> None:
    """Frozen for ever: computed anew here, step by step."""
    assert len(salts(KEY, RECORD)) == SLOTS
    assert len(set(salts(KEY, RECORD))) == SLOTS
    assert salts(KEY, "fact/18") != salts(KEY, RECORD)
    assert salts(bytes(32), RECORD) != salts(KEY, RECORD)


def test_the_number_of_fields_does_not_show() -> None:
    one = shown(0, fields={0: FIELDS[0]})
    all_of_them = shown(0)
    assert len(one.gaps) == len(all_of_them.gaps)
    assert root_of(KEY, RECORD, {}) != ROOT


def test_length_keeps_name_and_value_apart() -> None:
    assert digest(bytes(32), "ab", "c") != digest(bytes(32), "a", "bc")


def test_a_changed_value_leads_to_another_root() -> None:
    found = shown(7)
    other = replace(found, fields=(replace(found.fields[0], value="35"),))
    assert root_of_disclosure(other, SLOT_OF) != ROOT


@pytest.mark.parametrize(
    "value", ["34.0", "3.4e1", "034", " 34", "-0", "NaN", "[34,]", "", "{", '"a\\u0062"']
)
def test_a_value_in_another_form_is_refused(value: str) -> None:
    found = shown(7)
    with refused("proof.value"):
        root_of_disclosure(replace(found, fields=(replace(found.fields[0], value=value),)), SLOT_OF)


@pytest.mark.parametrize(
    "value",
    [
        '"Pen\u0303a"', '" Lara"', '"\\ud800"', '"\ud800"', '{"\ud800":1}', '{"e\u0301":1}', '{"b":1,"a":2}',
        '{"a":1,"a":1}', '{"a": 1}', "[" * 600 + "]" * 600, "[" * 100_000, "9" * 5000, str(2**53), "1.5",
    ],
)  # fmt: skip
def test_values_made_to_deceive_or_to_hurt_are_refused(value: str) -> None:
    with refused("proof.value"):
        read(value)


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), b"x", {1: 2}, object(), "\ud800", 2**53, {"a": {"b": 1.5}}]
)
def test_what_has_no_one_form_is_not_written(value: Any) -> None:
    with refused("proof.value"):
        written(value)


def test_two_names_that_are_one_in_nfc_are_not_written() -> None:
    with refused("proof.value"):
        written({"\u00f1": 1, "n\u0303": 2})


def test_lists_are_read_down_to_the_deepest() -> None:
    assert read("[" * DEEPEST + "1" + "]" * DEEPEST)
    with refused("proof.value"):
        read("[" * (DEEPEST + 1) + "1" + "]" * (DEEPEST + 1))


def test_a_field_twice_in_anothers_slot_or_unknown_is_refused() -> None:
    found = shown(0, 7)
    state, age = found.fields
    for wrong in (
        (state, state, age),
        (replace(state, slot=7), replace(age, slot=0)),
        (replace(state, slot=1), age),
        (replace(state, name="apodo"), age),
        (replace(state, name="age"), age),
    ):
        with refused("proof.slot"):
            root_of_disclosure(replace(found, fields=wrong), SLOT_OF)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_salt_has_32_bytes(length: int) -> None:
    found = shown(0)
    with refused("proof.salt"):
        root_of_disclosure(replace(found, fields=(replace(found.fields[0], salt=bytes(length)),)), SLOT_OF)


def test_one_hash_more_or_fewer_is_refused() -> None:
    found = shown(0)
    for gaps in (found.gaps[:-1], (*found.gaps, bytes(32)), ()):
        with refused("proof.length"):
            root_of_disclosure(replace(found, gaps=gaps), SLOT_OF)
    assert root_of_disclosure(replace(found, gaps=found.gaps[::-1]), SLOT_OF) != ROOT


@settings(max_examples=examples(60))
@given(plain)
def test_what_is_written_is_read_and_written_alike(value: Any) -> None:
    try:
        text = written(value)
    except ProofRefused:
        return  # two names that are one in NFC
    assert written(read(text)) == text


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_our_own_refusal(text: str) -> None:
    with suppress(ProofRefused):
        assert written(read(text)) == text
