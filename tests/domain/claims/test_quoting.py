"""What was copied out of a text is found in it again."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from constancia.domain.claims.quoting import LONGEST, find

TEXT = "Contaron 20 mujeres.\nDespués, 20  mujeres\nmás; y 20 mujeres al final (¡20!)."


@pytest.mark.parametrize(("near", "start"), [(0, 9), (18, 9), (30, 30), (45, 49), (10_000, 49)])
def test_of_several_occurrences_the_nearest_is_taken(near: int, start: int) -> None:
    found = find(TEXT, "20 mujeres", near)
    assert found is not None
    assert found[0] == start
    assert TEXT[start : start + len(found[1])] == found[1]


def test_blanks_and_line_ends_count_as_equal_and_the_words_come_as_they_stand() -> None:
    assert find(TEXT, " 20 mujeres más ") == (30, "20  mujeres\nmás")


def test_signs_mean_themselves() -> None:
    assert find(TEXT, "(¡20!).") == (TEXT.index("(¡20!)."), "(¡20!).")
    assert find(TEXT, "2. mujeres") is None


@pytest.mark.parametrize("quote", ["", " \n ", "21 mujeres", "a" * (LONGEST + 1)])
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert find(TEXT + "a" * (LONGEST + 1), quote) is None


@example("  aa", 0, 3, 1)
@example("a      aa a", 0, 1, 5)
@given(st.text("ab \n", max_size=40), st.integers(0, 40), st.integers(1, 12), st.integers(0, 50))
def test_every_passage_of_a_text_is_found_where_it_is_nearest(
    text: str, start: int, length: int, near: int
) -> None:
    words = text[start : start + length].strip()
    found = find(text, words, near)
    if not words:
        assert found is None
        return
    assert found is not None
    place, said = found
    assert text[place : place + len(said)] == said
    assert said.split() == words.split()
    pattern = r"\s+".join(map(re.escape, words.split()))
    every = [one.start() for one in re.finditer(f"(?={pattern})", text)]
    assert abs(place - near) == min(abs(one - near) for one in every)


def test_a_text_made_to_be_slow_is_not() -> None:
    assert find("a " * 900_000, "a " * 900 + "b") is None
