"""Frameworks are data, complete in both languages; a criterion belongs to one of them."""

from __future__ import annotations

import pytest

from constancia.domain.errors import FactRefused
from constancia.domain.facts.kinds import validated
from constancia.domain.vocabulary.frameworks import framework, frameworks


def test_the_three_frameworks_of_the_field_have_their_criteria() -> None:
    assert {code: list(f.criteria) for code, f in frameworks().items()} == {
        "pace_1900": ["a", "b", "c", "d", "e"],
        "foro_penal": ["1", "2", "3"],
        "wgad": ["I", "II", "III", "IV", "V"],
    }


@pytest.mark.parametrize("code", list(frameworks()))
def test_every_framework_is_worded_in_both_languages_and_names_its_source(code: str) -> None:
    found = framework(code)
    assert found.source
    assert found.version
    for words in (found.titles, found.needs, *found.criteria.values()):
        assert set(words) == {"es", "en"}
        assert all(words.values())
    assert validated("recognition", {"framework": code, "outcome": "recognised"})


def test_an_unknown_framework_or_criterion_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(FactRefused) as refusal:
        framework("horoscope")
    assert refusal.value.code == "framework.unknown"
    assert "pace_1900" in str(refusal.value.params["known"])
    framework("wgad").check(["I", "III"])
    with pytest.raises(FactRefused) as refusal:
        framework("wgad").check(["I", "VI"])
    assert refusal.value.code == "framework.criterion_unknown"
    assert framework("foro_penal").criterion("2", "en").startswith("Category 2")
