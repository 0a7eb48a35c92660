"""One encoding of a value, byte for byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.errors import IntegrityBroken
from constancia.domain.publishing.canonical import canonical, content_bytes, sha256
from constancia.domain.publishing.content import Content
from tests.support.editions import content

whole = st.integers(-(2**53) + 1, 2**53 - 1)
texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | whole | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_is_read_back_is_what_was_written(value: Any) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(texts, whole, min_size=2, max_size=6))
def test_the_order_in_which_keys_were_set_leaves_no_trace(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_keys_stand_in_the_order_of_their_utf_16_units() -> None:
    keys = {"\U0001f600": 1, "\ufb33": 2, "ö": 3, "\r": 4, "1": 5}
    assert list(json.loads(canonical(keys))) == ["\r", "1", "ö", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {"a": 0.5}, 2**53, -(2**53), {1: 2}, b"a", "\ud800", {"a": object()}]
)
def test_what_has_no_such_encoding_is_refused(value: Any) -> None:
    with pytest.raises(IntegrityBroken) as refused:
        canonical(value)
    assert refused.value.code == "edition.encoding"


def test_a_content_read_back_from_its_bytes_has_the_same_bytes() -> None:
    data = content_bytes(content())
    assert content_bytes(Content.model_validate_json(data)) == data


def test_another_number_gives_another_hash() -> None:
    one = content()
    figure = one.figures[0].model_copy(update={"value": one.figures[0].value + 1})
    other = one.model_copy(update={"figures": (figure, *one.figures[1:])})
    assert sha256(content_bytes(one)) != sha256(content_bytes(other))
