"""A checkpoint in words, for paper."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.spoken_root import SpokenRoot, proquints
from tests.domain.ledger.grown import ORIGIN, refused

ROOT = bytes.fromhex("7f0000013f54dcc13f7607238c62c18d") + bytes(16)
MADE = Checkpoint(ORIGIN, 20038, ROOT)
GOOD = f"{ORIGIN} 20038 lusab-babad-gutih-tugad-gutuk-bisog-mudof-sakat"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("7f000001", "lusab-babad"),
        ("3f54dcc1", "gutih-tugad"),
        ("3f760723", "gutuk-bisog"),
        ("8c62c18d", "mudof-sakat"),
        ("0000ffff", "babab-zuzuz"),
    ],
)
def test_words_are_those_of_the_published_scheme(data: str, words: str) -> None:
    """Addresses of Wilkerson's proposal: 127.0.0.1, 63.84.220.193, 63.118.7.35, 140.98.193.141."""
    assert proquints(bytes.fromhex(data)) == words


def test_a_checkpoint_is_printed_on_one_line() -> None:
    assert str(SpokenRoot.of(MADE)) == GOOD


@given(st.integers(0, 2**63 - 1), st.binary(min_size=16, max_size=16))
def test_words_come_back(size: int, start: bytes) -> None:
    made = SpokenRoot(ORIGIN, size, start)
    assert SpokenRoot.read(str(made)) == made


def test_words_agree_with_their_checkpoint_and_no_other() -> None:
    words = SpokenRoot.read(GOOD)
    assert words.agrees(MADE)
    for other in (
        replace(MADE, size=20039),
        replace(MADE, origin="otra.example/constancia/hechos/1"),
        replace(MADE, root=bytes(1) + ROOT[1:]),
        replace(MADE, root=ROOT[:15] + b"\x8c" + ROOT[16:]),
    ):
        assert not words.agrees(other)


@pytest.mark.parametrize(
    "text",
    [
        "", GOOD.upper(),
        GOOD + " ", GOOD + "\n", " " + GOOD, GOOD.replace(" ", "  "), GOOD.replace("-", " "),
        GOOD[:-6], GOOD + "-babab", GOOD.replace("lusab", "lucab"), GOOD.replace("lusab", "lusa"),
        GOOD.replace("lusab", "lesab"), GOOD.replace("20038", "-1"), GOOD.replace("20038 ", ""),
        GOOD.replace("foro.example", "foro+example"), GOOD.replace("20038", "٢"), GOOD.replace("-", "‐"),
    ],
)  # fmt: skip
def test_any_other_way_to_write_them_is_refused(text: str) -> None:
    with refused("proof.words"):
        SpokenRoot.read(text)


@pytest.mark.parametrize("size", ["020038", str(2**63), "00"])
def test_a_size_has_one_form(size: str) -> None:
    with refused("proof.number"):
        SpokenRoot.read(GOOD.replace("20038", size))


@given(st.text(max_size=80))
def test_any_text_is_words_or_our_own_refusal(text: str) -> None:
    with suppress(ProofRefused):
        assert str(SpokenRoot.read(text)) == text
