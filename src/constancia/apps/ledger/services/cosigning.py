"""Asking witnesses before and after a seal, and time-stamp authorities to date checkpoints.

What does not come stops no seal: it is told, and asked for again next time. One answer stops everything: a
witness that has seen more than we have, or another history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Max

from constancia.apps.ledger import standing
from constancia.apps.ledger.keys import log_keys
from constancia.apps.ledger.models import LOGS, Checkpoint, Cosignature, Stamp
from constancia.apps.ledger.publishing import publish
from constancia.apps.ledger.queries.proofs import last_checkpoint, note_of, policy
from constancia.apps.ledger.services.key_changing import destroy_outlived
from constancia.apps.ledger.services.sealing import Sealed, seal
from constancia.apps.ledger.services.trailing import enter_finished_days
from constancia.apps.ledger.trees import getter, root_at, size_of
from constancia.domain.errors import ConstanciaError, IntegrityBroken
from constancia.domain.ledger.merkle import consistency_proof
from constancia.infra import clock, timestamps, unlocked, whereabouts
from constancia.infra.witness.client import Asked, Witness, cosignature, last_seen
from constancia.infra.writer import WriterQueue, writing

ALARMS = ("witness.ahead", "witness.branch")
SECONDS = 5.0
"""How long a witness is waited for before a seal."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking a witness or an authority about a log: `refused`, why there is nothing to keep."""

    log: str
    who: str
    refused: ConstanciaError | None = None


def seal_and_cosign(*, at: datetime | None = None) -> tuple[tuple[Sealed, ...], list[Answer]]:
    """Seals, where no witness has seen more of a log than we have, and asks the witnesses to cosign. The
    finished days of the trail are entered first.

    Raises as `whereabouts.refuse_elsewhere`, `heed_witnesses`, `sealing.seal` and `cosign`; IntegrityBroken
    `witness.ahead`, `witness.branch` where a witness that did not answer before turns out to have seen more,
    or another history.
    """
    whereabouts.refuse_elsewhere(unlocked.home())
    heed_witnesses()
    enter_finished_days(at or clock.now())
    sealed, answers = seal(at=at), cosign()
    destroy_outlived(at or clock.now())
    for one in answers:
        if one.refused is not None and one.refused.code in ALARMS:
            raise one.refused
    return sealed, answers


def heed_witnesses() -> None:
    """What witnesses cosigned last, before anything more is signed. Who restored the whole folder of the
    register restored the file with the last checkpoint too; witnesses remember. What they saw takes its place
    then, so that the register is read only until it is recovered.

    Raises StoreRefused `ledger.restored`, `ledger.forked`; ProofRefused for a policy file that is none.
    """
    with WriterQueue(unlocked.home().sealing).turn():
        further = {log: note for log in LOGS if (note := _seen_further(log)) is not None}
        if further:
            ours = {row.log: note_of(row) for row in _last()}
            standing.keep(list((ours | further).values()))
            standing.forget()
    standing.refuse_unless_ours()


def cosign() -> list[Answer]:
    """Asks every witness of the policy that has an address and has not cosigned the last checkpoint yet.

    Raises ProofRefused for a policy file that is none.
    """
    with WriterQueue(unlocked.home().sealing).turn():
        found = [_ask(row, name, witness) for row in _last() for name, witness in _witnesses()]
        answers = [one for one in found if one is not None]
        if any(one.refused is None for one in answers):
            publish()
    return answers


def anchor(address: str, roots: bytes) -> list[Answer]:
    """Asks a time-stamp authority (RFC 3161) to date the last checkpoints: their hashes leave, nothing else.
    `roots`: the certificates to trust, PEM."""
    answers = []
    for row in _last():
        made = timestamps.stamp(row.note.encode(), address, roots, now=clock.now())
        if made.stamp is not None:
            with writing():
                Stamp(
                    checkpoint=row, authority=address, token=made.stamp.token, stamped_at=made.stamp.time
                ).save()
        answers.append(Answer(row.log, address, made.refused))
    return answers


def _seen_further(log: str) -> str | None:
    """The largest checkpoint of a log that a witness holds and this register does not."""
    found: tuple[int, str] | None = None
    for _, witness in _witnesses():
        held = last_seen(witness, log_keys(log), seconds=SECONDS)
        if held.checkpoint is None or held.note is None:
            continue
        size, root = held.checkpoint.size, held.checkpoint.root
        if size > size_of(log) or root_at(log, size) != root:
            found = max(found or (0, ""), (size, held.note.decode()))
    return found[1] if found else None


def _last() -> Iterator[Checkpoint]:
    return (row for row in map(last_checkpoint, LOGS) if row is not None)


def _witnesses() -> Iterator[tuple[str, Witness]]:
    told = policy()
    for name, key in told.witnesses.items():
        if key in told.urls:
            yield name, Witness(key, told.urls[key])


def _ask(row: Checkpoint, name: str, witness: Witness) -> Answer | None:
    if row.cosignatures.filter(witness=name).exists():
        return None
    seen = Cosignature.objects.filter(checkpoint__log=row.log, witness=name)
    older = seen.aggregate(top=Max("checkpoint__size"))["top"] or 0
    prove = partial(consistency_proof, newer=row.size, get=getter(row.log))
    now = clock.now()
    asked: Asked = cosignature(witness, row.note.encode(), log_keys(row.log), prove, older=older, now=now)
    if asked.line is not None:
        with writing():
            Cosignature(checkpoint=row, witness=name, line=asked.line, received_at=clock.now()).save()
    elif asked.refused is None:
        raise IntegrityBroken("witness.answer")
    return Answer(row.log, name, asked.refused)
