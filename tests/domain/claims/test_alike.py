"""Duplicate texts: what the sketch estimates is held to what counting says."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.claims.alike import (
    KEPT,
    MUCH,
    SAME,
    containment,
    digest,
    resemblance,
    shingles,
    sketch,
)
from tests.support.effort import examples

VOCABULARY = [f"palabra{n}" for n in range(400)]
WIRE = (
    "La Red Inventada informó este jueves que verificó 61 de las 99 excarcelaciones anunciadas por el"
    " ministerio. Treinta y ocho personas siguen detenidas, según el balance que presentó en la plaza."
)


def exact(one: str, other: str) -> float:
    """Jaccard's index of the runs of five words, counted without hashing."""
    sets = []
    for text in (one, other):
        words = re.findall(r"\w+", text.lower())
        sets.append({tuple(words[at : at + 5]) for at in range(max(len(words) - 4, 1))} if words else set())
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1]) if sets[0] | sets[1] else 0.0


def story(seed: int, length: int) -> list[str]:
    return random.Random(seed).choices(VOCABULARY, k=length)


def test_one_text_has_one_digest_whatever_its_layout_and_signs() -> None:
    other = WIRE.upper().replace("Ó", "O").replace(" ", "\n ").replace(",", ";") + " “”"
    assert digest(other) == digest(WIRE)
    assert digest(WIRE.replace("61", "62")) != digest(WIRE)
    assert digest("") == digest("¡—!")


def test_digests_and_sketches_do_not_change_from_one_version_to_the_next() -> None:
    assert digest("Ana Inventada, 61.") == "cefa74c7f9144492163f85205e57c309ce6ca61aadde040fd931a150de07bcae"
    assert sketch("Ana Inventada, 61.") == (14495043885397379527,)


words = st.lists(st.sampled_from(VOCABULARY[:12]), max_size=60).map(" ".join)


@given(one=words, other=words)
def test_short_texts_are_compared_exactly(one: str, other: str) -> None:
    assert resemblance(sketch(one), sketch(other)) == pytest.approx(exact(one, other))


@settings(max_examples=examples(60), deadline=None)
@given(
    seed=st.integers(0, 10**6),
    length=st.integers(300, 3_000),
    shared=st.floats(0, 1),
)
def test_long_texts_are_estimated_within_four_standard_errors(seed: int, length: int, shared: float) -> None:
    first = story(seed, length)
    kept = int(length * shared)
    second = first[:kept] + story(seed + 1, length - kept)
    one, other = " ".join(first), " ".join(second)
    true = exact(one, other)
    error = max((true * (1 - true) / KEPT) ** 0.5, 1 / KEPT)
    assert abs(resemblance(sketch(one), sketch(other)) - true) <= 4 * error + 1e-9


@given(one=words, other=words)
def test_resemblance_is_the_same_both_ways_and_whole_with_itself(one: str, other: str) -> None:
    mine, theirs = sketch(one), sketch(other)
    assert resemblance(mine, theirs) == resemblance(theirs, mine)
    assert resemblance(mine, mine) == (1.0 if one else 0.0)


def test_a_wire_story_is_the_same_text_in_two_papers() -> None:
    body = " ".join(story(1, 600))
    here = f"Diario Inventado. {body} Con información de agencias."
    there = f"Caracas. {body.replace('palabra7 ', 'otra ')}"
    assert resemblance(sketch(here), sketch(there)) >= SAME


def test_a_story_written_anew_around_long_quotes_has_much_in_common_and_is_not_the_same() -> None:
    quoted = story(2, 300)
    one, other = " ".join(quoted + story(3, 150)), " ".join(story(4, 150) + quoted)
    assert MUCH <= resemblance(sketch(one), sketch(other)) < SAME


def test_two_stories_of_one_day_have_little_in_common() -> None:
    assert resemblance(sketch(" ".join(story(5, 500))), sketch(" ".join(story(6, 500)))) < MUCH


def test_a_post_is_found_within_the_article_that_quotes_it() -> None:
    post = " ".join(story(7, 30))
    article = f"{' '.join(story(8, 900))} “{post.upper()}” {' '.join(story(9, 900))}"
    assert containment(post, article) == 1.0
    assert containment(article, post) < 0.05
    assert containment(" ".join(story(10, 30)), article) == 0.0
    assert containment("palabra1", "algo palabra1 algo") == 1.0
    assert containment("", article) == 0.0


@given(text=words)
def test_a_sketch_is_the_smallest_hashes_in_order(text: str) -> None:
    assert sketch(text) == tuple(sorted(shingles(text)))[:KEPT]


def test_the_sketch_of_a_long_text_is_no_longer_and_texts_without_words_resemble_nothing() -> None:
    assert len(sketch(" ".join(story(11, 50_000)))) == KEPT
    assert sketch("¡—!") == ()
    assert resemblance((), ()) == 0.0
