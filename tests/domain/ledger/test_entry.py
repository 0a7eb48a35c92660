"""Entries: four lines that say nothing of anybody."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.encoding import b64
from constancia.domain.ledger.entry import KINDS, VERSION, Entry
from constancia.domain.ledger.merkle import leaf_hash
from constancia.domain.ledger.refused import ProofRefused
from tests.domain.ledger.grown import refused

GOOD = Entry("fact", "2026-W09", bytes(range(32)))


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_of_every_kind_comes_back(kind: str) -> None:
    data = GOOD.data().replace(b"fact", kind.encode())
    assert Entry.read(data).data() == data


def test_the_bytes_and_the_leaf_are_those_that_were_published() -> None:
    """Frozen for ever: whoever changes this breaks every proof that is out there."""
    root = b64(bytes(range(32)))
    assert GOOD.data() == f"constancia/leaf/v1\nfact\n2026-W09\n{root}\n".encode()
    assert GOOD.leaf() == leaf_hash(GOOD.data())


@pytest.mark.parametrize(
    "week", ["2026-W00", "2026-W54", "2026-W9", "26-W09", "2026-09", "2026-w09", "", "٢٠٢٦-W09"]
)
def test_a_week_that_never_was_is_refused(week: str) -> None:
    with refused("proof.entry"):
        Entry.read(GOOD.data().replace(b"2026-W09", week.encode()))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (VERSION, "constancia/leaf/v2"), ("fact", "person"), ("fact", "Fact"), ("fact\n", "fact\n\n"),
        ("fact\n", "fact\r\n"), ("=\n", "="), ("=\n", "=\n\n"), ("fact\n", ""),
    ],
)  # fmt: skip
def test_another_form_is_refused(before: str, after: str) -> None:
    with refused("proof.entry"):
        Entry.read(GOOD.data().replace(before.encode(), after.encode(), 1))


@given(st.binary(max_size=120))
def test_any_bytes_are_an_entry_or_our_own_refusal(data: bytes) -> None:
    with suppress(ProofRefused):
        assert Entry.read(data).data() == data
