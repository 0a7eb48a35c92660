from __future__ import annotations

import re

import pytest
from django.utils import translation

from constancia.apps.register.forms import BEGINNINGS, DateField, FactForm, read_day
from constancia.domain.facts.kinds import KINDS


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_date_that_the_form_gives_as_an_example_can_be_read(language: str) -> None:
    with translation.override(language):
        examples = re.findall(r"[«“]([^»”]+)[»”]", str(DateField().help_text))
    assert len(examples) == 3
    for words in examples:
        assert read_day(words).earliest is not None


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_kind_of_fact_has_a_form_with_words_for_each_field(kind: str, language: str) -> None:
    with translation.override(language):
        form = FactForm(kind)
        assert all(str(field.label).strip() for field in form)
        assert ("when" in form.fields) is KINDS[kind].dated


def test_a_new_case_begins_with_a_kind_that_begins_a_detention_or_shows_one() -> None:
    assert set(BEGINNINGS) <= set(KINDS)
