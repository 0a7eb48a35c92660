"""Who may appear where."""

from __future__ import annotations

import pytest

from constancia.domain.publishing.reserve import reserve
from constancia.domain.vocabulary.terms import ConsentTier


@pytest.mark.parametrize(
    ("tier", "internal", "totals_only", "named"),
    [
        (ConsentTier.PUBLIC_NAME, False, False, True),
        (ConsentTier.PUBLIC_ANONYMOUS, False, False, False),
        (ConsentTier.NAMED_MECHANISM, False, True, False),
        (ConsentTier.COUNT_ONLY, False, True, False),
        (ConsentTier.INTERNAL, True, False, False),
    ],
)
def test_each_tier_has_its_place(tier: ConsentTier, internal: bool, totals_only: bool, named: bool) -> None:
    found = reserve({7: tier})
    assert (7 in found.internal, 7 in found.totals_only, 7 in found.named) == (internal, totals_only, named)


def test_every_tier_is_thought_of() -> None:
    assert len(ConsentTier) == 5


def test_nobody_who_was_never_asked_is_named() -> None:
    assert 7 not in reserve({}).named
