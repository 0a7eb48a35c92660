from __future__ import annotations

import pytest

from constancia.domain.matching.aligning import FEATURES, ROLE_NAMES
from constancia.domain.matching.evidence import COMPARISONS
from constancia.domain.matching.shapes import Reason
from constancia.domain.matching.vocabulary import Level
from constancia.domain.matching.words import said, sentences


def test_every_finding_has_a_sentence_in_both_languages() -> None:
    levels = {f"name.{level.name.lower()}" for level in Level}
    roles = {f"name.{kind}_{role}" for kind in ("missing", "conflict") for role in ROLE_NAMES}
    names = levels | roles | {"name.extra", "name.turned", "name.disorder"}
    told = set(sentences())
    assert names <= told
    assert {one.split(".")[0] for one in told} == {"name", *(one.__name__ for one in COMPARISONS)}
    assert all(set(words) == {"es", "en"} for words in sentences().values())
    assert len(names) == len(FEATURES) - 3


def test_every_comparison_is_published_with_a_docstring() -> None:
    assert all(one.__doc__ for one in COMPARISONS)


def test_what_a_list_holds_is_text_whatever_is_in_it() -> None:
    reason = Reason("name.sound", "{ours}", "{theirs}", 1.0)
    assert said(reason, "es") == "«{ours}» suena como «{theirs}»"


DAYS = [
    ("2024-12", "diciembre de 2024"),
    ("1980", "1980"),
    ("2024-12-26", "26 de diciembre de 2024"),
    ("no date", "no date"),
]


@pytest.mark.parametrize(("edtf", "words"), DAYS)
def test_days_are_told_in_words(edtf: str, words: str) -> None:
    assert words in said(Reason("day.agrees", edtf, edtf, 1.0), "es")
