"""Who may appear where, by what the person or the family allowed.

"internal" is nowhere, not even in a total. "count only" and "named mechanism only" are in totals and nowhere
else: in every breakdown they stand under "not known", so that the breakdown still adds up. Those who were
never asked are told of as the anonymous are: counted and broken down under the threshold, never named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from constancia.domain.vocabulary.terms import ConsentTier

TOTALS_ONLY = frozenset({ConsentTier.COUNT_ONLY, ConsentTier.NAMED_MECHANISM})


@dataclass(frozen=True, slots=True)
class Reserve:
    """Persons by primary key. `internal`: left out of everything; `totals_only`: no breakdown; `named`: may
    stand in a list by name."""

    internal: frozenset[int]
    totals_only: frozenset[int]
    named: frozenset[int]


def reserve(consents: Mapping[int, ConsentTier]) -> Reserve:
    """The three groups; whoever is in none may be counted and broken down without a name."""
    return Reserve(
        internal=frozenset(one for one, tier in consents.items() if tier is ConsentTier.INTERNAL),
        totals_only=frozenset(one for one, tier in consents.items() if tier in TOTALS_ONLY),
        named=frozenset(one for one, tier in consents.items() if tier is ConsentTier.PUBLIC_NAME),
    )
