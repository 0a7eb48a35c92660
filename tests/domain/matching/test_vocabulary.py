from __future__ import annotations

import numpy as np
import pytest

from constancia.domain.matching.vocabulary import Level, Vocabulary

WORDS = [
    "rosa",
    "jose",
    "jesus",
    "gonzalez",
    "gonsales",
    "hernandez",
    "maria",
    "mariano",
    "perez",
    "j",
    "munoz",
    "juan",
]


def _vocabulary() -> Vocabulary:
    return Vocabulary(WORDS, np.full(len(WORDS), 0.01), 1000)


PAIRS = [
    ("perez", "perez", Level.EXACT),
    ("peres", "perez", Level.SOUND),
    ("ernandez", "hernandez", Level.SOUND),
    ("gonzalez", "gonsales", Level.SOUND),
    ("muñoz", None, None),
    ("chuy", "jesus", Level.FORM),
    ("pepe", "jose", Level.FORM),
    ("prez", "perez", Level.SLIP),
    ("preez", "perez", Level.SLIP),
    ("hdez", "hernandez", Level.SHORT),
    ("gzlez", "gonzalez", Level.SHORT),
    ("ma", "maria", Level.FORM),
    ("juanito", "juan", Level.FORM),
    ("rosita", "rosa", Level.FORM),
    ("m", "maria", Level.INITIAL),
    ("julio", "j", Level.INITIAL),
    ("herbundez", "hernandez", Level.TWO_SLIPS),
]


@pytest.mark.parametrize(("word", "other", "level"), PAIRS)
def test_a_word_is_like_another_at_its_best_level(word: str, other: str | None, level: Level | None) -> None:
    near = _vocabulary().neighbours([word])[word]
    found = {WORDS[number]: Level(one) for number, one in zip(near.ids, near.levels, strict=True)}
    if other is not None:
        assert found[other] is level


UNLIKE = [("ana", "juan"), ("pedro", "perez"), ("luis", "jose"), ("gil", "jesus")]


@pytest.mark.parametrize(("word", "other"), UNLIKE)
def test_unlike_words_are_unlike(word: str, other: str) -> None:
    near = _vocabulary().neighbours([word])[word]
    assert other not in [WORDS[number] for number in near.ids]


def test_likeness_is_the_same_from_both_sides() -> None:
    words = [word for word in WORDS if len(word) > 1] + ["chuy", "hdez", "peres", "juanito", "marya"]
    vocabulary = Vocabulary(words, np.full(len(words), 0.01), 1000)
    near = vocabulary.neighbours(words)
    levels = {
        (word, words[number]): int(level)
        for word, one in near.items()
        for number, level in zip(one.ids, one.levels, strict=True)
    }
    assert levels
    assert all(levels.get((other, word)) == level for (word, other), level in levels.items())


def test_a_worse_likeness_is_never_more_surprising() -> None:
    near = _vocabulary().neighbours(["gonzalez"])["gonzalez"]
    order = np.argsort(near.levels)
    assert list(near.surprise[order]) == sorted(near.surprise[order], reverse=True)


def test_a_rare_word_surprises_more_than_a_common_one() -> None:
    vocabulary = Vocabulary(["jose", "onesimo"], np.array([0.2, 0.0001]), 100_000)
    common, rare = (vocabulary.neighbours([word])[word].surprise[0] for word in ("jose", "onesimo"))
    assert rare > common + 5


def test_an_unknown_word_is_like_nobody() -> None:
    assert not len(_vocabulary().neighbours(["zzyzx"])["zzyzx"].ids)
