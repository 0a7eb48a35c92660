"""Reads `data/sayings.toml`: what others said in public, restated."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from constancia.domain.claims.claim import Claim, Period
from constancia.domain.vocabulary.terms import ClaimUnit, PublicationKind, Qualifier, Said


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SaidClaim(_Part):
    """One claim; `quote` is out of the document's `text`."""

    quote: str
    value: int
    about: Said
    claimant: str
    qualifier: Qualifier = Qualifier.EXACT
    unit: ClaimUnit = ClaimUnit.PERSONS
    category: str = ""
    filters: Mapping[str, str] = {}
    as_of: date | None = None
    period: tuple[date, date] | None = None

    def claim(self, text: str) -> Claim:
        """The claim at its place in `text`. ValueError where the quote is not there, or twice."""
        if text.count(self.quote) != 1:
            raise ValueError(f"not once in the text: {self.quote}")
        return Claim(
            quote=self.quote,
            start=text.index(self.quote),
            value=self.value,
            qualifier=self.qualifier,
            unit=self.unit,
            about=self.about,
            claimant=self.claimant,
            category=self.category,
            filters=self.filters,
            as_of=self.as_of,
            period=Period(*self.period) if self.period else None,
        )


class SaidDocument(_Part):
    key: str
    title: str
    publisher: str
    kind: PublicationKind
    published: date
    text: str
    claims: tuple[SaidClaim, ...]


class Promised(_Part):
    """An announcement. `document`: key of the document it comes from; `source`: where else it is told."""

    title: str
    claimant: str
    announced_on: date
    window: tuple[date, date]
    value: int | None = None
    qualifier: Qualifier = Qualifier.EXACT
    category: str = ""
    document: str = ""
    source: str = ""
    recorded: date | None = None


class Uttered(_Part):
    """A statement: a mark on the chart. `document`: key of the document that tells of it."""

    said_on: date
    speaker: str
    mark: str
    document: str


class Sayings(_Part):
    """`by` takes documents in, `confirms` confirms: logins of the scenario."""

    by: str
    confirms: str
    documents: tuple[SaidDocument, ...]
    announcements: tuple[Promised, ...]
    statements: tuple[Uttered, ...]


@cache
def sayings() -> Sayings:
    """Those that ship with the package."""
    text = resources.files(__package__).joinpath("data", "sayings.toml").read_text(encoding="utf-8")
    return Sayings.model_validate(tomllib.loads(text))
