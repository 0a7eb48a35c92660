"""Which letters of two wordings differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constancia.domain.matching.differences import Part, marked


def shown(parts: tuple[Part, ...]) -> str:
    return "".join(f"[{part.text}]" if part.differs else part.text for part in parts)


@pytest.mark.parametrize(
    ("one", "other", "mine", "theirs"),
    [
        ("Onésimo Urdaneta", "ONÉSIMO URDANETA", "Onésimo Urdaneta", "ONÉSIMO URDANETA"),
        ("Onésimo Urdaneta", "Urdaneta Onesimo", "On[é]simo Urdaneta", "Urdaneta On[e]simo"),
        ("Ana Vera Paz", "Ana Bera", "Ana [V]era [Paz]", "Ana [B]era"),
        ("Ana", "", "[Ana]", ""),
        ("Zoila", "Beto", "[Zoila]", "[Beto]"),
        ("Ana Ana", "Ana", "Ana [Ana]", "Ana"),
        ("V-12.345.678", "12345678", "[V-]12[.]345[.]678", "12345678"),
    ],
)
def test_what_is_marked(one: str, other: str, mine: str, theirs: str) -> None:
    first, second = marked(one, other)
    assert (shown(first), shown(second)) == (mine, theirs)


words = st.text(max_size=40)


@given(words, words)
def test_no_letter_is_lost_and_both_ways_agree(one: str, other: str) -> None:
    first, second = marked(one, other)
    assert "".join(part.text for part in first) == " ".join(one.split())
    assert "".join(part.text for part in second) == " ".join(other.split())


@given(words)
def test_nothing_differs_from_itself(one: str) -> None:
    assert not any(part.differs for part in marked(one, one)[0])


def test_a_wording_beyond_measure_is_marked_whole() -> None:
    assert marked("a" * 500, "b")[0] == (Part("a" * 500, True),)
