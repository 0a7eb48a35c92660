"""Where each claim stands: proposed, confirmed, rejected, or corrected by another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from constancia.apps.claims.models import Claim, Decision
from constancia.domain.vocabulary.terms import ClaimDecision


class Standing(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"  # another claim says it better, and was confirmed


_BY_VERDICT = {ClaimDecision.CONFIRM.value: Standing.CONFIRMED, ClaimDecision.REJECT.value: Standing.REJECTED}
_MANY = 500
"""Claims from which on all decisions are read instead of theirs alone."""


def last_decisions(
    claims: Iterable[int] | None = None, known_at: datetime | None = None
) -> dict[int, Decision]:
    """The last decision on each claim as known at T (now), by the claim's number."""
    decisions = _decisions(claims, known_at).select_related("decided_by")
    return {decision.claim_id: decision for decision in decisions}


def _last_verdicts(claims: Iterable[int], known_at: datetime | None) -> dict[int, str]:
    return dict(_decisions(claims, known_at).values_list("claim_id", "verdict"))


def _decisions(claims: Iterable[int] | None, known_at: datetime | None) -> QuerySet[Decision]:
    """In their order, so that of one claim the last comes last."""
    decisions: QuerySet[Decision] = Decision.objects.order_by("pk")
    wanted = None if claims is None else list(claims)
    if wanted is not None and len(wanted) < _MANY:
        decisions = decisions.filter(claim__in=wanted)
    return decisions if known_at is None else decisions.filter(known_at__lte=known_at)


def standings(claims: Iterable[Claim], known_at: datetime | None = None) -> dict[int, Standing]:
    """Where each of the claims stands as known at T (now), by its number.

    A claim stands corrected while a correction of it is confirmed (or corrected in its turn). `claims` must
    hold the corrections of its claims too, as all claims of a document do.
    """
    found = {claim.pk: claim for claim in claims}
    verdicts = _last_verdicts(found, known_at)
    standing = {number: _BY_VERDICT.get(verdicts.get(number, ""), Standing.PROPOSED) for number in found}
    for number in sorted(found, reverse=True):  # a correction is younger than what it corrects
        corrected = found[number].supersedes_id
        if corrected in standing and standing[number] in (Standing.CONFIRMED, Standing.CORRECTED):
            standing[corrected] = Standing.CORRECTED
    return standing
