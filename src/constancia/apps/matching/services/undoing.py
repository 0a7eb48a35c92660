"""Taking back what was recorded from a list, entry by entry or whole: exactly that, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.matching.access import allow_work, entry_of, list_of
from constancia.apps.matching.models import EntryDecision, Taken, Undone
from constancia.apps.matching.recording import instant
from constancia.apps.register.liveness import gone
from constancia.apps.register.recording import Recorder
from constancia.domain.errors import InputRefused
from constancia.domain.names import written
from constancia.domain.vocabulary.terms import EntryVerdict, Verdict

REASON = 1000


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Entries undone, facts withdrawn, attestations taken back; `stayed`: facts that somebody corrected or
    withdrew since: what stands in their place stays."""

    entries: int
    withdrawn: int
    retracted: int
    stayed: int


def undo(actor: User, entry: int, reason: str = "") -> TakenBack:
    """Withdraws what was recorded from one entry, and takes the decision on it back.

    Raises NotAllowed, NotFound (`list.no_such_entry`), InputRefused `list.nothing_recorded`.
    """
    row = entry_of(actor, entry)
    allow(actor, Permission.CASE_RECORD)
    return _undo(actor, {"entry": row.pk}, reason or row.of_list.title)


def undo_list(actor: User, number: int, reason: str = "") -> TakenBack:
    """The same for every entry of which something is recorded. Decisions of which nothing was recorded stay.

    Raises NotAllowed, NotFound (`list.not_found`), InputRefused `list.nothing_recorded`.
    """
    allow_work(actor)
    allow(actor, Permission.CASE_RECORD)
    found = list_of(actor, number)
    return _undo(actor, {"entry__of_list": found.pk}, reason or found.title)


def _undo(actor: User, which: dict[str, int], reason: str) -> TakenBack:
    why = written(reason, limit=REASON)
    with Recorder(actor) as rec:
        rows = list(
            Taken.objects.filter(undone__isnull=True, person__erased__isnull=True, **which)
            .select_related("acceptance", "fact", "fact__person")
            .order_by("pk")
        )
        if not rows:
            raise InputRefused("list.nothing_recorded")
        own = [row for row in rows if row.attestation_id is None]
        dead = gone(row.fact_id for row in own)
        for row in own:
            if row.fact_id not in dead:
                rec.fact(
                    "withdrawal",
                    rec.known_person(row.fact.person),
                    detention=row.fact.detention_id,
                    fields={"reason": why},
                    source=row.fact.source_id,
                    supersedes=row.fact_id,
                )
        attested = [row for row in rows if row.attestation_id is not None]
        for row in attested:
            rec.attest(row.fact_id, row.acceptance.source_id, Verdict.RETRACT)
        _forget(actor, rows, why, max(rec.now, instant()))
    return TakenBack(len({row.entry_id for row in rows}), len(own) - len(dead), len(attested), len(dead))


def _forget(actor: User, rows: Sequence[Taken], reason: str, known_at: datetime) -> None:
    Undone.objects.bulk_create(
        Undone(taken=row, reason=reason, known_at=known_at, undone_by=actor) for row in rows
    )
    EntryDecision.objects.bulk_create(
        EntryDecision(
            entry_id=entry,
            verdict=EntryVerdict.RETRACT.value,
            reason=reason,
            known_at=known_at,
            decided_by=actor,
        )
        for entry in sorted({row.entry_id for row in rows})
    )
