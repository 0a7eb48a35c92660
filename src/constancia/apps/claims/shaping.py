"""Claims between their rows and the domain's shape."""

from __future__ import annotations

from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.claims import models
from constancia.domain.claims.claim import FILTERS, Claim, Period
from constancia.domain.claims.claimants import key_of
from constancia.domain.errors import InputRefused
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import ClaimUnit, Qualifier, Said

LARGEST = 10**12
WORDS = 300
CLAIMANT = 200


def checked(claim: Claim, text: str) -> Claim:
    """The claim with its words in their form.

    Raises InputRefused: `claim.quote` (not the text at that place), `claim.number`, `claim.claimant`,
    `claim.period`, `claim.filter`, and what `names.written` raises.
    """
    if not claim.quote or text[claim.start : claim.end] != claim.quote or claim.start < 0:
        raise InputRefused("claim.quote")
    if not 0 <= claim.value <= LARGEST or (
        claim.high is not None and not claim.value <= claim.high <= LARGEST
    ):
        raise InputRefused("claim.number")
    claimant = written(claim.claimant, limit=CLAIMANT)
    if not claimant:
        raise InputRefused("claim.claimant")
    period = claim.period
    if period and period.start and period.end and period.start > period.end:
        raise InputRefused("claim.period")
    for name in claim.filters:
        if name not in FILTERS:
            raise InputRefused("claim.filter", name=name[:40])
    return Claim(
        quote=claim.quote,
        start=claim.start,
        value=claim.value,
        qualifier=claim.qualifier,
        unit=claim.unit,
        about=claim.about,
        claimant=claimant,
        category=written(claim.category, limit=WORDS),
        filters={name: written(value, limit=WORDS) for name, value in claim.filters.items() if value},
        as_of=claim.as_of,
        period=period,
        time_words=written(claim.time_words, limit=WORDS),
        high=claim.high,
    )


def row_of(
    claim: Claim,
    document: models.Document,
    *,
    proposed_by: str,
    actor: User,
    known_at: datetime,
    supersedes: models.Claim | None = None,
) -> models.Claim:
    """The row that keeps a checked claim; not saved."""
    return models.Claim(
        document=document,
        quote=claim.quote,
        start=claim.start,
        value=claim.value,
        high=claim.high,
        qualifier=claim.qualifier.value,
        unit=claim.unit.value,
        about=claim.about.value,
        category=claim.category,
        filters=dict(claim.filters),
        claimant=claim.claimant,
        claimant_key=key_of(claim.claimant)[:CLAIMANT],
        as_of=claim.as_of,
        period_start=claim.period.start if claim.period else None,
        period_end=claim.period.end if claim.period else None,
        has_period=claim.period is not None,
        time_words=claim.time_words,
        proposed_by=proposed_by,
        supersedes=supersedes,
        known_at=known_at,
        recorded_by=actor,
    )


def claim_of(row: models.Claim) -> Claim:
    """The claim that a row keeps."""
    return Claim(
        quote=row.quote,
        start=row.start,
        value=row.value,
        qualifier=Qualifier(row.qualifier),
        unit=ClaimUnit(row.unit),
        about=Said(row.about),
        claimant=row.claimant,
        category=row.category,
        filters=row.filters,
        as_of=row.as_of,
        period=Period(row.period_start, row.period_end) if row.has_period else None,
        time_words=row.time_words,
        high=row.high,
    )
