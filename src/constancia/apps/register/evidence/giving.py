"""Giving a file out: the original, or a copy without what it says of itself; each a step in its chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register.evidence.custody import add_step
from constancia.apps.register.evidence.lines import bytes_of, line_of, row_of
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.domain.vocabulary.files import CustodyPurpose, CustodyStep
from constancia.infra import trail
from constancia.infra.viewing import shareable
from constancia.infra.viewing.kinds import KINDS
from constancia.infra.writer import writing

Form = Literal["original", "copy"]


@dataclass(frozen=True, slots=True)
class Given:
    """What leaves: `name` is made here, of hexadecimal digits and an ending."""

    name: str
    media: str
    content: bytes


def give_out(actor: User, number: int, form: Form, purpose: CustodyPurpose, to_whom: str) -> Given:
    """The original as it came, or the copy to share. Noted in the trail and appended to the chain before
    anything leaves. Whoever takes it for the work of the house need not say to whom.

    Raises NotAllowed, NotFound, InputRefused (`evidence.custody_words`, and as `shareable`),
    IntegrityBroken (`evidence.damaged`, `evidence.missing`).
    """
    allow(actor, Permission.IDENTITY_READ)
    row = row_of(actor, number)
    if purpose is not CustodyPurpose.OWN_WORK and not to_whom.strip():
        raise InputRefused("evidence.custody_words")
    line, content = line_of(row), bytes_of(row)
    if form == "original":
        given = Given(line.name, row.media_type, content)
    else:
        media, made = shareable(row.media_type, content)
        given = Given(f"copia-{row.pk}.{KINDS[media].ending}", media, made)
    said = {"form": form, "purpose": purpose.value}
    trail.note(actor.pk, Deed.EVIDENCE_OPENED, "evidence", row.pk, said=said)
    step = CustodyStep.GIVEN_OUT if form == "original" else CustodyStep.SHARED_COPY
    with writing():
        add_step(actor, row, step, purpose=purpose, words=to_whom)
    return given
