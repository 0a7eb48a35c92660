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


class Sayings(_Part):
    """`by` takes documents in, `confirms` confirms: logins of the scenario."""

    by: str
    confirms: str
    documents: tuple[SaidDocument, ...]


@cache
def sayings() -> Sayings:
    """Those that ship with the package."""
    text = resources.files(__package__).joinpath("data", "sayings.toml").read_text(encoding="utf-8")
    return Sayings.model_validate(tomllib.loads(text))
