"""Deciding on what was read in a document: it says so, it does not, or it says it otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.claims import models
from constancia.apps.claims.access import claim_row, is_withdrawn, open_document
from constancia.apps.claims.recording import not_ahead, recording
from constancia.apps.claims.shaping import checked, row_of
from constancia.apps.claims.standing import STANDS, Standing, last_decisions, standings
from constancia.domain.claims.claim import Claim
from constancia.domain.errors import InputRefused
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import ClaimDecision

NOTE = 1000
_MEANWHILE = {
    ClaimDecision.CONFIRM.value: "claim.confirmed_meanwhile",
    ClaimDecision.REJECT.value: "claim.rejected_meanwhile",
    ClaimDecision.RETRACT.value: "claim.retracted_meanwhile",
}
_AGAINST = {ClaimDecision.CONFIRM: ClaimDecision.REJECT, ClaimDecision.REJECT: ClaimDecision.CONFIRM}


def add_claim(actor: User, document: int, claim: Claim, *, note: str = "", at: datetime | None = None) -> int:
    """A claim that a person saw and the reader did not; confirmed by being entered. Returns its number.

    Raises NotAllowed, NotFound (`claims.document_not_found`), InputRefused `claims.document_withdrawn`,
    `claim.ahead` (it is of a day to come), and as `shaping.checked`.
    """
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        found = open_document(document)
        not_ahead("claim.ahead", claim.as_of, known_at)
        row = row_of(checked(claim, found.text), found, proposed_by="person", actor=actor, known_at=known_at)
        row.save()
        _decide(actor, row, ClaimDecision.CONFIRM, note, known_at)
    return int(row.pk)


def correct(
    actor: User,
    claim: int,
    better: Claim,
    *,
    note: str = "",
    seen: int | None = None,
    at: datetime | None = None,
) -> int:
    """Puts `better` in the place of a claim and confirms it. Returns the number of the new one.

    `seen`: as of `confirm`. Raises as `add_claim`, and InputRefused `claim.corrected` where that was done
    before, or as `confirm` for what others decided meanwhile.
    """
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        old, siblings = _open_claim(claim)
        _as_seen(_last(claim), seen)
        _alone(old, siblings)
        not_ahead("claim.ahead", better.as_of, known_at)
        row = row_of(
            checked(better, old.document.text),
            old.document,
            proposed_by="person",
            actor=actor,
            known_at=known_at,
            supersedes=old,
        )
        row.save()
        _decide(actor, row, ClaimDecision.CONFIRM, note, known_at)
    return int(row.pk)


def confirm(
    actor: User, claim: int, *, note: str = "", seen: int | None = None, at: datetime | None = None
) -> None:
    """From now on the claim counts as said.

    `seen`: the number of the last decision on it that the actor saw, 0 for none; None: none is told. Where
    somebody has decided since, nothing is recorded.
    Raises NotAllowed; NotFound; InputRefused `claim.confirmed_meanwhile`, `claim.rejected_meanwhile`,
    `claim.retracted_meanwhile`, `claim.decided` (the contrary stands: take it back first),
    `claim.corrected`, `claim.other_correction` (another correction of the same claim stands),
    `claims.document_withdrawn`.
    """
    _judge(actor, claim, ClaimDecision.CONFIRM, note, seen, at)


def reject(
    actor: User, claim: int, *, note: str = "", seen: int | None = None, at: datetime | None = None
) -> None:
    """The text does not say that. Raises as `confirm`."""
    _judge(actor, claim, ClaimDecision.REJECT, note, seen, at)


def retract(
    actor: User, claim: int, *, note: str = "", seen: int | None = None, at: datetime | None = None
) -> None:
    """Takes the last decision on a claim back: it is proposed again; of a correction, what it corrected.

    Raises as `confirm`, and InputRefused `claim.not_decided` where there is none to take back.
    """
    _judge(actor, claim, ClaimDecision.RETRACT, note, seen, at)


def _judge(
    actor: User, claim: int, verdict: ClaimDecision, note: str, seen: int | None, at: datetime | None
) -> None:
    allow(actor, Permission.CLAIMS_WORK)
    with recording(at) as known_at:
        found, siblings = _open_claim(claim)
        last = _last(claim)
        if seen is not None and _is_told_twice(actor, last, verdict, seen):
            return
        _as_seen(last, seen)
        if verdict is ClaimDecision.RETRACT:
            if last is None or last.verdict == ClaimDecision.RETRACT.value:
                raise InputRefused("claim.not_decided")
        elif last is not None and last.verdict == _AGAINST[verdict].value:
            raise InputRefused("claim.decided")
        if verdict is ClaimDecision.CONFIRM:
            _alone(found, siblings)
        _decide(actor, found, verdict, note, known_at)


def _last(claim: int) -> models.Decision | None:
    return last_decisions([claim]).get(claim)


def _is_told_twice(actor: User, last: models.Decision | None, verdict: ClaimDecision, seen: int) -> bool:
    """The same button pressed twice, or sent again by a slow network: the second says nothing new."""
    return last is not None and last.pk > seen and (last.verdict, last.decided_by) == (verdict.value, actor)


def _as_seen(last: models.Decision | None, seen: int | None) -> None:
    if seen is not None and last is not None and last.pk != seen:
        raise InputRefused(_MEANWHILE[last.verdict])


def _alone(claim: models.Claim, siblings: Iterable[models.Claim]) -> None:
    """Raises where another correction of what this one corrects, at any remove, stands."""
    rows = {row.pk: row for row in siblings}
    standing = standings(rows.values())
    here: models.Claim | None = claim
    while here is not None and here.supersedes_id is not None:
        for row in rows.values():
            if row.supersedes_id == here.supersedes_id and row.pk != here.pk and standing[row.pk] in STANDS:
                raise InputRefused("claim.other_correction", number=row.pk)
        here = rows.get(here.supersedes_id)


def _decide(actor: User, claim: models.Claim, verdict: ClaimDecision, note: str, known_at: datetime) -> None:
    models.Decision(
        claim=claim,
        verdict=verdict.value,
        note=written(note, limit=NOTE),
        known_at=known_at,
        decided_by=actor,
    ).save()


def _open_claim(number: int) -> tuple[models.Claim, list[models.Claim]]:
    """The claim, unless it was corrected: then one works on the correction; and all of its document's."""
    found = claim_row(number)
    if is_withdrawn(found.document_id):
        raise InputRefused("claims.document_withdrawn")
    rows = list(found.document.claims.all())
    if standings(rows)[number] is Standing.CORRECTED:
        raise InputRefused("claim.corrected")
    return found, rows
