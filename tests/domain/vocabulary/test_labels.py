"""Every term, kind and field has its words in both languages, and no words stand for nothing."""

from __future__ import annotations

import inspect
from enum import Enum

import pytest

from constancia.domain.facts.kinds import KINDS
from constancia.domain.vocabulary import approvals, deeds, files, terms
from constancia.domain.vocabulary.labels import (
    Language,
    exit_label,
    fact_labels,
    field_label,
    key_of,
    kind_label,
    label,
    term_labels,
)
from constancia.domain.vocabulary.terms import Custody, Grade, ReleaseKind

ENUMS = [
    enum
    for module in (terms, deeds, files, approvals)
    for _, enum in inspect.getmembers(module, inspect.isclass)
    if issubclass(enum, Enum) and enum.__module__ == module.__name__
]
BESIDE_THE_ENUMS = {"ExitKind", "AgeGroup", "Category"}
LANGUAGES: list[Language] = ["es", "en"]


def test_the_vocabulary_is_found() -> None:
    assert len(ENUMS) >= 18
    assert Custody in ENUMS


@pytest.mark.parametrize("enum", ENUMS, ids=lambda e: e.__name__)
def test_every_member_of_an_enum_has_a_label_of_its_own_in_both_languages(enum: type[Enum]) -> None:
    for language in LANGUAGES:
        labels = [label(member, language) for member in enum]
        assert all(text.strip() == text != "" for text in labels)
        assert len(set(labels)) == len(labels)
        assert label(enum.__name__, language)


def test_no_label_stands_for_a_term_that_is_gone() -> None:
    terms_there_are = {key_of(member) for enum in ENUMS for member in enum} | {e.__name__ for e in ENUMS}
    for key, words in term_labels().items():
        assert key in terms_there_are or key.partition(".")[0] in BESIDE_THE_ENUMS, key
        assert set(words) == {"es", "en"}, key


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_fact_and_every_field_has_a_label(kind: str, language: Language) -> None:
    assert kind_label(kind, language)
    labels = [field_label(kind, field, language) for field in KINDS[kind].model_fields]
    assert all(labels)
    assert len(set(labels)) == len(labels), "two fields of one form must not be called the same"


def test_no_fact_label_stands_for_a_kind_or_field_that_is_gone() -> None:
    facts = fact_labels()
    assert set(facts) == {"fields", "kinds", "of"}
    assert set(facts["kinds"]) == set(KINDS)
    used = {field for kind in KINDS.values() for field in kind.model_fields}
    assert set(facts["fields"]) <= used
    for kind, fields in facts["of"].items():
        assert set(fields) <= set(KINDS[kind].model_fields), kind


def test_leaving_prison_and_full_liberty_are_different_words() -> None:
    for language, liberty in [("es", "libertad plena"), ("en", "full")]:
        for kind in ReleaseKind:
            says_full = liberty in label(kind, language).lower()  # type: ignore[arg-type]
            assert says_full == (kind is ReleaseKind.FULL)
    assert "libertad" not in label(Custody.OUT_UNDER_MEASURES).lower()


def test_a_term_may_be_named_by_member_or_by_text() -> None:
    assert label(Custody.FREE) == label("Custody.free") == "Libertad plena"
    assert label(Grade.VERIFIED, "en") == label("Grade.verified", "en") == "Verified"
    with pytest.raises(KeyError):
        label("Custody.flying")


def test_every_kind_of_exit_has_a_label() -> None:
    exits = [f"release.{kind}" for kind in terms.ReleaseKind] + [
        f"closed.{kind}" for kind in terms.ClosureKind
    ]
    for language in LANGUAGES:
        for exit_kind in [*exits, "death", "escape"]:
            assert exit_label(exit_kind, language)
