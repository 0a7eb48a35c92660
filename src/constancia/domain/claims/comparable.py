"""Which figure of ours a claim can be laid beside, and why some cannot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from constancia.domain.claims.claim import Claim
from constancia.domain.claims.claimants import claimants, key_of
from constancia.domain.figures.definition import definition
from constancia.domain.names import fold
from constancia.domain.vocabulary.terms import ClaimUnit, Qualifier, ReleaseKind, Said

FIGURES = {
    Said.HELD: "held",
    Said.RELEASED: "released",
    Said.DETAINED: "arrested",
    Said.RESTRICTED: "under_measures",
    Said.RECOGNISED: "recognised",
}
"""What others say that we count too. What is announced, asked for or promised is nothing that we count."""

HERE = frozenset({"ve", "venezuela"})
"""The country of the register, as a claim may write it."""

WHOLE = frozenset({"country"})
"""Traits that take nobody of the register out of the count: it is about one country."""

STOCKS = frozenset({Said.HELD, Said.RESTRICTED, Said.RECOGNISED})
"""What stands on a day. The rest happens in a period."""


@dataclass(frozen=True, slots=True)
class Question:
    """The figure of ours that asks what a claim says: its name, categories, and days."""

    figure: str
    as_of: date
    start: date | None = None
    within: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotComparable:
    """`why`: "country" (people of another one), "said" (nothing that we count), "unit", "traits" (no
    breakdown of ours has them), "days"."""

    why: str


def population(claim: Claim) -> dict[str, str]:
    """The traits by which a claim counts a part of those held, without what takes nobody out."""
    return {name: value for name, value in sorted(claim.filters.items()) if name not in WHOLE}


def abroad(claim: Claim) -> bool:
    """Whether a claim counts people of another country than the register's: because it says so, or, where it
    says nothing, because its claimant is an organisation that counts in another one."""
    if said := claim.filters.get("country", ""):
        return fold(said) not in HERE
    known = claimants().get(key_of(claim.claimant))
    where = known.country if known is not None and known.kind == "organisation" else ""
    return bool(where) and fold(where) not in HERE


def question(claim: Claim, published: date | None = None) -> Question | NotComparable:
    """What to ask the register, so that its answer can stand beside the claim.

    A stock without a day of its own is of the day it was published on; a flow needs its period.
    """
    if abroad(claim):
        return NotComparable("country")
    if claim.about not in FIGURES:
        return NotComparable("said")
    if claim.unit is ClaimUnit.REQUESTS:
        return NotComparable("unit")
    within, figure = population(claim), FIGURES[claim.about]
    if claim.about is Said.RELEASED and within.get("kind") == ReleaseKind.FULL:
        figure = "full_releases"
        del within["kind"]
    if not set(within) <= set(definition(figure).breakdowns):
        return NotComparable("traits")
    day = claim.as_of or (claim.period.end if claim.period else None) or published
    if day is None:
        return NotComparable("days")
    if claim.about in STOCKS:
        return Question(figure, day, None, within)
    if claim.period is None or claim.period.start is None or claim.period.end is None:
        return NotComparable("days")
    return Question(figure, claim.period.end, claim.period.start, within)


def unexplained(claim: Claim, ours: int) -> int:
    """How far a count of ours lies from what a claim allows; 0 where it admits it ("at least 45" admits 61).

    "More than 573" is read as "at least 573": writers say it of the very number counted.
    """
    low, high = claim.value, claim.value if claim.high is None else claim.high
    if claim.qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN) and ours >= low:
        return 0
    if low <= ours <= high or (claim.qualifier is Qualifier.UP_TO and ours <= high):
        return 0
    return (low if ours < low else high) - ours


def day_of(claim: Claim, published: date | None = None) -> date | None:
    """The day under which a claim is put in order: what it is of, else the end of its period, else when it
    was published."""
    return claim.as_of or (claim.period.end if claim.period else None) or published
