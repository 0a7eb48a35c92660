"""Asking witnesses to cosign the last checkpoints, and time-stamp authorities to date them.

Neither can stop a seal: what does not come is told, and asked for again next time. One answer is an alarm: a
witness that has seen more than we have, or another history.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import Max

from constancia.apps.ledger.keys import log_key
from constancia.apps.ledger.models import LOGS, Checkpoint, Cosignature, Stamp
from constancia.apps.ledger.publishing import publish
from constancia.apps.ledger.queries.proofs import last_checkpoint, policy
from constancia.apps.ledger.trees import getter
from constancia.domain.errors import ConstanciaError, IntegrityBroken
from constancia.domain.ledger.merkle import consistency_proof
from constancia.infra import clock, timestamps, unlocked
from constancia.infra.witness.client import Asked, Witness, cosignature
from constancia.infra.writer import WriterQueue, writing

ALARMS = ("witness.ahead", "witness.branch")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking a witness or an authority about a log: `refused`, why there is nothing to keep."""

    log: str
    who: str
    refused: ConstanciaError | None = None

    @property
    def alarms(self) -> bool:
        """Whether somebody has seen a log of ours that we do not have."""
        return self.refused is not None and self.refused.code in ALARMS


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
    asked: Asked = cosignature(witness, row.note.encode(), log_key(row.log), prove, older=older, now=now)
    if asked.line is not None:
        with writing():
            Cosignature(checkpoint=row, witness=name, line=asked.line, received_at=clock.now()).save()
    elif asked.refused is None:
        raise IntegrityBroken("witness.answer")
    return Answer(row.log, name, asked.refused)
