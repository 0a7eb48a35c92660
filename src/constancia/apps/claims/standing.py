"""Where each claim stands: proposed, confirmed, rejected, or corrected by another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from constancia.apps.claims.models import Claim, Decision
from constancia.domain.vocabulary.terms import ClaimDecision


class Standing(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"  # another claim says it better, and was confirmed


_BY_VERDICT = {ClaimDecision.CONFIRM: Standing.CONFIRMED, ClaimDecision.REJECT: Standing.REJECTED}


def last_decisions(
    claims: Iterable[int] | None = None, known_at: datetime | None = None
) -> dict[int, Decision]:
    """The last decision on each claim as known at T (now), by the claim's number."""
    decisions = Decision.objects.select_related("decided_by").order_by("pk")
    if claims is not None:
        decisions = decisions.filter(claim__in=list(claims))
    if known_at is not None:
        decisions = decisions.filter(known_at__lte=known_at)
    return {decision.claim_id: decision for decision in decisions}


def standings(claims: Iterable[Claim], known_at: datetime | None = None) -> dict[int, Standing]:
    """Where each of the claims stands as known at T (now), by its number.

    A claim stands corrected while a correction of it is confirmed (or corrected in its turn). `claims` must
    hold the corrections of its claims too, as all claims of a document do.
    """
    found = {claim.pk: claim for claim in claims}
    decided = last_decisions(found, known_at)
    standing = {
        number: _BY_VERDICT.get(ClaimDecision(decided[number].verdict), Standing.PROPOSED)
        if number in decided
        else Standing.PROPOSED
        for number in found
    }
    for number in sorted(found, reverse=True):  # a correction is younger than what it corrects
        corrected = found[number].supersedes_id
        if corrected in standing and standing[number] in (Standing.CONFIRMED, Standing.CORRECTED):
            standing[corrected] = Standing.CORRECTED
    return standing
