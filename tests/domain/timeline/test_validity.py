"""What cannot be true is refused; what merely disagrees is let in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from constancia.domain.catalogue import explain
from constancia.domain.errors import FactRefused
from constancia.domain.timeline.validity import refuse_if_impossible

from .story import Story

TODAY = date(2026, 2, 1)


def offered(story: Story) -> None:
    """Offers the last fact told against those before it."""
    *known, new = story.facts
    refuse_if_impossible(new, known, TODAY)


def told(*facts: tuple[str, str, dict[str, Any]]) -> Story:
    story = Story()
    for kind, on, fields in facts:
        story.tell(kind, on, **fields)
    return story


ARREST = ("arrest", "2026-01-08", {})
BORN_LATER = ("birth", "", {"born": "2026-01-20", "detention": None})


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ([("arrest", "2026-02-02", {})], "fact.future"),
        ([("arrest", "9999", {})], "fact.future"),
        ([("arrest", "2026-03/..", {})], "fact.future"),
        ([("arrest", "1899-12-31", {})], "fact.too_old"),
        ([("arrest", "../1850", {})], "fact.too_old"),
        ([("birth", "", {"born": "1849", "detention": None})], "fact.too_old"),
        ([("birth", "", {"born": "2026-02-02", "detention": None})], "fact.future"),
        ([ARREST, ("release", "2026-01-07", {})], "fact.exit_before_entry"),
        ([ARREST, ("release", "2025-12", {})], "fact.exit_before_entry"),
        ([ARREST, ("release", "../2026-01-07", {})], "fact.exit_before_entry"),
        ([ARREST, ("death_in_custody", "2026-01-07", {})], "fact.exit_before_entry"),
        ([("release", "2026-01-07", {}), ARREST], "fact.exit_before_entry"),
        ([ARREST, BORN_LATER], "fact.birth_after_entry"),
        ([BORN_LATER, ARREST], "fact.birth_after_entry"),
    ],
)
def test_what_cannot_be_true_is_refused_with_words_in_both_languages(facts: Any, code: str):
    with pytest.raises(FactRefused) as refused:
        offered(told(*facts))
    assert refused.value.code == code
    for language in ("es", "en"):
        sentence = explain(refused.value, language)
        assert sentence != code
        assert "{" not in sentence


@pytest.mark.parametrize(
    "facts",
    [
        [("arrest", "2026-02-01", {})],
        [("arrest", "2026", {})],
        [("arrest", "", {})],
        [ARREST, ("release", "2026-01-08", {})],
        [ARREST, ("release", "2026-01", {})],
        [ARREST, ("release", "", {})],
        [ARREST, ("release", "2025-12-30", {"detention": 2})],
        [("arrest", "2026-01", {}), ("release", "2026-01-02", {})],
        [ARREST, ("arrest", "2026-01-03", {}), ("release", "2026-01-04", {})],
        [ARREST, ("birth", "", {"born": "2008", "detention": None})],
        [ARREST, ("case_closed", "2025-12-30", {"closure": "dismissal"})],
    ],
)
def test_what_the_intervals_can_reconcile_is_let_in(facts: Any):
    offered(told(*facts))


def test_a_correction_is_held_against_what_stays_and_not_against_what_it_replaces():
    story = told(ARREST, ("release", "2026-01-10", {}))
    story.tell("release", "2026-01-05", instead_of=2)
    with pytest.raises(FactRefused, match=r"fact\.exit_before_entry"):
        offered(story)
    story = told(ARREST, ("arrest", "2026-01-03", {"instead_of": 1}), ("release", "2026-01-05", {}))
    offered(story)
    story = told(ARREST, ("withdrawal", "", {"instead_of": 1}), ("release", "2026-01-05", {}))
    offered(story)
