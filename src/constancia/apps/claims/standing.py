"""Where each claim stands: proposed, confirmed, rejected, corrected by another, or out of all counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from constancia.apps.claims.amended import withdrawn
from constancia.apps.claims.models import Amendment, Claim, Decision
from constancia.domain.vocabulary.terms import ClaimDecision


class Standing(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CORRECTED = "corrected"  # another claim says it better, and was confirmed; or it was read anew
    WITHDRAWN = "withdrawn"  # a correction that was taken back, or any claim of a withdrawn document


STANDS = (Standing.CONFIRMED, Standing.CORRECTED)
"""A correction that stands so takes the place of what it corrects."""

_BY_VERDICT = {ClaimDecision.CONFIRM.value: Standing.CONFIRMED, ClaimDecision.REJECT.value: Standing.REJECTED}
_MANY = 500
"""Claims from which on all decisions are read instead of theirs alone."""
_WRITTEN = "person"


def last_decisions(
    claims: Iterable[int] | None = None, known_at: datetime | None = None
) -> dict[int, Decision]:
    """The last decision on each claim as known at T (now), by the claim's number."""
    return {decision.claim_id: decision for decision in all_decisions(claims, known_at)}


def all_decisions(
    claims: Iterable[int] | None = None, known_at: datetime | None = None
) -> QuerySet[Decision]:
    """Every decision known at T (now), in their order, each with who decided."""
    return _decisions(claims, known_at).select_related("decided_by")


def state_of_decisions() -> tuple[int | None, int | None]:
    """Changes with everything that moves a claim from where it stands, or its document."""
    newest = (model.objects.order_by("-pk").values_list("pk", flat=True) for model in (Decision, Amendment))
    decision, amendment = (found.first() for found in newest)
    return decision, amendment


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

    A claim stands corrected while a correction of it is confirmed (or corrected in its turn), and once it
    was read anew. A correction that was taken back stands withdrawn. `claims` must hold the corrections of
    its claims too, as all claims of a document do.
    """
    found = {claim.pk: claim for claim in claims}
    verdicts = _last_verdicts(found, known_at)
    gone = withdrawn(known_at)
    standing = {number: _BY_VERDICT.get(verdicts.get(number, ""), Standing.PROPOSED) for number in found}
    for number in sorted(found, reverse=True):  # a correction is younger than what it corrects
        claim = found[number]
        corrected, written = claim.supersedes_id, claim.proposed_by == _WRITTEN
        if corrected is not None and written and standing[number] is Standing.PROPOSED:
            standing[number] = Standing.WITHDRAWN
        if corrected in standing and (standing[number] in STANDS or not written):
            standing[corrected] = Standing.CORRECTED
    return {
        number: Standing.WITHDRAWN if found[number].document_id in gone else stands
        for number, stands in standing.items()
    }
