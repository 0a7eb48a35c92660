"""Everything that a figure can print has its words in both languages."""

from __future__ import annotations

import pytest

from constancia.domain.figures import causes, words
from constancia.domain.figures.dimensions import Dimension
from constancia.domain.vocabulary import terms

CLOSED = {
    Dimension.SEX: terms.Sex,
    Dimension.PROFILE: terms.Profile,
    Dimension.NATIONALITY: terms.Nationality,
    Dimension.GROUP: terms.Group,
    Dimension.CUSTODY: terms.Custody,
    Dimension.CASE_STATE: terms.CaseState,
    Dimension.MEASURES: terms.MeasureKind,
}
KINDS = [*terms.ReleaseKind, *terms.ClosureKind, "death", "escape"]
KINDS += [causes.FIRST_KNOWN, causes.CONFIRMED, causes.CHANGED]


@pytest.mark.parametrize("language", ["es", "en"])
def test_nothing_is_without_words(language):
    for dimension in Dimension:
        assert words.of_dimension(dimension, language)
    for dimension, closed in CLOSED.items():
        for term in closed:
            assert words.of_category(dimension, term, language) != term or term == "lgbti"
    for kind in KINDS:
        assert words.of_kind(kind, language) != kind
    for side, listed in (("in", causes.In), ("out", causes.Out)):
        for cause in listed:
            assert words.of_cause(side, cause, language)


def test_recorded_texts_print_as_recorded():
    assert words.of_category("state", "national", "es") == "national"
    assert words.of_category("state", "not_known", "es") == "No se sabe"
    assert words.of_category("group", "ill+older", "en") == "Ill, Older"
