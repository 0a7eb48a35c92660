"""A claim: a stated number of persons, releases, detentions or requests, and who states it.

Somebody else's number is never one of our counts. It is kept as it was said, with the words that say it,
and laid beside what we count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from constancia.domain.vocabulary.terms import ClaimUnit, Qualifier, Said

ARTICLE = "article"
"""The claimant of what a text asserts itself, on nobody else's word."""

FILTERS = (
    "sex",
    "age_group",
    "profile",
    "nationality",
    "convicted",
    "whereabouts",
    "kind",
    "state",
    "place",
    "context",
    "group",
    "occupation",
    "country",
    "custody",
)
"""What a category may say of whom it counts: the figures' dimensions with their categories, and "country"."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days `start` to `end`, both included; None where the text leaves an end open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, as a document says it.

    `quote` is text[start:end] exactly. `value` is the number, or the lower end of a range that ends at
    `high`. `claimant` is an organisation or official, "Organisation (Person)" where a person speaks for
    one, or "article" for the text itself. `category`: who is counted, in words; `filters`: the same as
    far as it can be said in the figures' dimensions ({"sex": "woman"}). `as_of`: the day the number is
    of; `period`: the days it covers, for what happens rather than stands. `time_words`: the words that
    the two were resolved from, "" where nothing was said.
    """

    quote: str
    start: int
    value: int
    qualifier: Qualifier
    unit: ClaimUnit
    about: Said
    claimant: str
    category: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    period: Period | None = None
    time_words: str = ""
    high: int | None = None

    @property
    def end(self) -> int:
        """Offset after the quote's last character."""
        return self.start + len(self.quote)

    def shape(self) -> dict[str, Any]:
        """The claim as JSON: stable keys, days in ISO form, null for what is not said."""
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "value": self.value,
            "high": self.high,
            "qualifier": self.qualifier.value,
            "unit": self.unit.value,
            "category": self.category or None,
            "filters": dict(self.filters),
            "about": self.about.value,
            "claimant": self.claimant,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "period": _iso(self.period),
            "time_words": self.time_words,
        }


def _iso(period: Period | None) -> dict[str, str | None] | None:
    if period is None:
        return None
    return {
        "start": period.start.isoformat() if period.start else None,
        "end": period.end.isoformat() if period.end else None,
    }
