"""Showing a court that a file, and what became of it, was committed to: without showing whose case it is."""

from __future__ import annotations

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.ledger.models import Entry
from constancia.apps.ledger.queries.proofs import proof_of
from constancia.apps.register.committing import CUSTODY, slots_of_custody
from constancia.apps.register.evidence.lines import row_of
from constancia.apps.register.models import Custody
from constancia.domain.errors import InputRefused, NotFound
from constancia.domain.ledger.disclosure import Shown
from constancia.domain.ledger.slots import disclose
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import trail, unlocked

SHOWN = frozenset(
    {
        "record",
        "number",
        "known_at",
        "custody.evidence",
        "custody.step",
        "custody.purpose",
        "custody.sha256",
        "custody.size",
        "custody.media_type",
    }
)
"""What is opened: neither the person, nor who brought the file or got it, nor who recorded it."""


def prove(actor: User, number: int) -> bytes:
    """The sealed steps of a file's chain, each as a line of canonical JSON that `check_custody` reads.
    Noted in the trail first.

    Raises NotAllowed, NotFound (`fact.not_found`; `ledger.not_sealed` where none of them has its place yet),
    InputRefused `opening.forgotten` where the file's key is destroyed.
    """
    allow(actor, Permission.IDENTITY_READ)
    row = row_of(actor, number)
    subject = bytes(row.subject)
    key = unlocked.codec().committing_keys([subject]).get(subject)
    if key is None:
        raise InputRefused("opening.forgotten")
    trail.note(actor.pk, Deed.EXPORTED, "evidence", row.pk, said={"form": "proof"})
    steps = list(Custody.objects.filter(evidence=row).order_by("order").values_list("pk", flat=True))
    weeks = dict(
        Entry.objects.filter(about=CUSTODY, number__in=steps, sealed__isnull=False)
        .values_list("number", "week")
    )  # fmt: skip
    lines = []
    for step, _, slots in slots_of_custody(steps):
        if step not in weeks:
            continue
        shown = [slot for slot, (name, _) in slots.items() if name in SHOWN]
        opened = disclose(key, f"{CUSTODY}/{step}", slots, shown)
        proof = proof_of(CUSTODY, step).data().decode()
        lines.append(Shown("fact", weeks[step], opened, proof).data())
    if not lines:
        raise NotFound("ledger.not_sealed")
    return b"".join(line + b"\n" for line in lines)
