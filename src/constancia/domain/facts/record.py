"""The shapes that facts have on their way to the timeline: no database, and no name unless needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from constancia.domain.dates import ImpreciseDate
from constancia.domain.vocabulary.terms import Confidentiality, Reliability, SourceKind, Verdict


@dataclass(frozen=True, slots=True)
class Source:
    """Who or what a fact rests on. Sources with the same non-empty `group` are not independent."""

    id: int
    kind: SourceKind
    reliability: Reliability = Reliability.F
    group: str = ""
    confidentiality: Confidentiality = Confidentiality.INTERNAL


@dataclass(frozen=True, slots=True)
class Attestation:
    """A further source on a fact: confirms it, doubts it, or retracts what it said before."""

    seq: int
    fact: int
    source: Source
    verdict: Verdict
    known_at: datetime
    witnessed_at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """What a person of the organisation says of a fact, or of a whole import (`batch`)."""

    seq: int
    reviewer: int
    verdict: Verdict
    known_at: datetime
    witnessed_at: datetime
    fact: int | None = None
    batch: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as recorded. `seq` is the store's order and identity; times are aware and in UTC.

    `known_at` is the declared known time where the import declared one, else `witnessed_at`
    (what the store itself recorded). `fields` are those of the kind's class, as plain JSON values.
    `held`: the fields are closed by the key of a region, and whoever folds never has them, whether that key
    is at hand or not; slot of the ledger → the digest that stands for it there. None for all other facts.
    """

    seq: int
    kind: str
    person: int
    detention: int | None
    when: ImpreciseDate
    fields: Mapping[str, Any]
    source: Source
    recorder: int
    known_at: datetime
    witnessed_at: datetime
    supersedes: int | None = None
    batch: int | None = None
    held: Mapping[int, bytes] | None = None


@dataclass(frozen=True, slots=True)
class History:
    """Everything recorded about one person: what the timeline folds."""

    person: int
    facts: tuple[Fact, ...]
    attestations: tuple[Attestation, ...] = ()
    reviews: tuple[Review, ...] = ()
    counted_as: Mapping[int, int] = field(default_factory=dict)
