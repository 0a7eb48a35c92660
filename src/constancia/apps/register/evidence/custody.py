"""The chain of custody of a file: appended steps, each in the ledger with a commitment to the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.ledger.models import Entry
from constancia.apps.register.committing import CUSTODY, enter_custody
from constancia.apps.register.evidence.lines import bytes_of, row_of, words_at
from constancia.apps.register.models import Custody, Evidence
from constancia.domain.names import written
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.files import CustodyPurpose, CustodyStep, CustodyWay
from constancia.infra import clock, trail, unlocked
from constancia.infra.writer import writing

WORDS = 500
"""Characters of who a file came from or went to."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `words`: from or to whom, "" for those who may not see sources; `sealed`: whether the ledger
    has given its entry a place in the log."""

    number: int
    order: int
    step: str
    way: str
    purpose: str
    words: str
    by: str
    at: datetime
    sealed: bool


def add_step(
    actor: User,
    file: Evidence,
    step: CustodyStep,
    *,
    way: CustodyWay | None = None,
    purpose: CustodyPurpose | None = None,
    words: str = "",
) -> int:
    """Append a step and enter it in the ledger; its number. Call it in the writer's turn."""
    order = Custody.objects.filter(evidence=file).count() + 1
    now = clock.now()
    text = written(words, limit=WORDS) if words.strip() else ""
    sealed = unlocked.codec().seal(bytes(file.subject), words_at(file.file, order), text.encode())
    made = Custody.objects.create(
        evidence=file,
        order=order,
        step=step.value,
        way=way.value if way else "",
        purpose=purpose.value if purpose else "",
        words=sealed,
        at=now,
        recorded_by=actor,
    )
    enter_custody([made.pk], now)
    return int(made.pk)


def verify_again(actor: User, number: int) -> int:
    """Read the whole original and compare it with what was committed to; the number of the step that says so.

    Raises NotAllowed, NotFound, IntegrityBroken (`evidence.damaged`, `evidence.missing`).
    """
    allow(actor, Permission.IDENTITY_READ)
    file = row_of(actor, number)
    content = bytes_of(file)
    assert sha256(content).hexdigest() == file.sha256
    trail.note(actor.pk, Deed.EVIDENCE_OPENED, "evidence", file.pk, said={"form": "verification"})
    with writing():
        return add_step(actor, file, CustodyStep.VERIFIED)


def steps_of(actor: User, number: int) -> Sequence[Step]:
    """The chain of a file, in its order. Raises NotFound (`fact.not_found`)."""
    file = row_of(actor, number)
    rows = list(Custody.objects.filter(evidence=file).order_by("order").select_related("recorded_by"))
    shown = may(actor, Permission.SOURCE_SEALED)
    opened = unlocked.codec().open_known(
        [(bytes(file.subject), words_at(file.file, row.order), bytes(row.words)) for row in rows]
    )
    placed = set(
        Entry.objects.filter(about=CUSTODY, number__in=[row.pk for row in rows], sealed__isnull=False)
        .values_list("number", flat=True)
    )  # fmt: skip
    return [
        Step(
            number=row.pk,
            order=row.order,
            step=row.step,
            way=row.way,
            purpose=row.purpose,
            words=(words or b"").decode() if shown else "",
            by=str(row.recorded_by),
            at=row.at,
            sealed=row.pk in placed,
        )
        for row, words in zip(rows, opened, strict=True)
    ]
