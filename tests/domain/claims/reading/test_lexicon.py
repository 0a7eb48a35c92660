"""The words of the reader stand each in one place."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib import resources

import pytest

from constancia.domain.claims.reading.lexicon import lexicon
from constancia.domain.language import Language
from constancia.domain.vocabulary.terms import Said

SECTIONS = ("lists", "speech", "time_words")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_list_of_words_has_a_name_of_its_own(language: Language) -> None:
    folder = resources.files("constancia.domain.claims.reading").joinpath("lexicon", language)
    names: Counter[str] = Counter()
    for file in folder.iterdir():
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        names.update(name for section in SECTIONS for name in data.get(section, {}))
    assert [name for name, count in names.items() if count > 1] == []


def test_both_languages_have_the_same_lists() -> None:
    assert lexicon("en").lists.keys() == lexicon("es").lists.keys()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_word_that_says_something_says_what_there_is_to_say(language: Language) -> None:
    # "los muertos suman …" said nothing at all, and the whole text was refused for it.
    assert {said for said, _, _ in lexicon(language).cues} <= set(Said)
