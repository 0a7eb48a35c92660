"""Putting a file beside a fact: what it is, whether there is room, what it says of itself, whose it was."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register.evidence.custody import add_step
from constancia.apps.register.evidence.lines import report_at, title_at
from constancia.apps.register.evidence.quotas import MEGABYTE, check_room
from constancia.apps.register.models import Evidence, FileReport
from constancia.apps.register.services import fact_of
from constancia.domain.errors import ConstanciaError, InputRefused
from constancia.domain.names import clean_written
from constancia.domain.vocabulary.deeds import Deed, Outcome
from constancia.domain.vocabulary.files import CustodyStep, CustodyWay
from constancia.infra import clock, trail, unlocked
from constancia.infra.evidence import EvidenceStore
from constancia.infra.texts.tidy import field
from constancia.infra.viewing import examine, kind_of
from constancia.infra.writer import writing


def most_bytes() -> int:
    """The largest file that is accepted, in bytes."""
    return unlocked.home().settings.evidence_file_mb * MEGABYTE


def attach(
    actor: User,
    seq: int,
    title: str,
    content: bytes,
    *,
    way: CustodyWay = CustodyWay.OTHER,
    received_from: str = "",
    name: str = "",
) -> Evidence:
    """Keep `content` as evidence for fact `seq`. `received_from`: from whom and how, in words, kept sealed;
    `name`: what the file was called, which only serves as a title where there is none.

    Raises InputRefused: as `kind_of`, `check_room` and `examine`. A refusal is noted in the trail.
    """
    allow(actor, Permission.CASE_RECORD)
    fact = fact_of(actor, seq)
    try:
        kind = kind_of(content)
        check_room(actor, fact.person, len(content))
        examined = examine(kind, content)
    except ConstanciaError as refused:
        said = {"code": refused.code}
        trail.note(actor.pk, Deed.REFUSED, "fact", seq, outcome=Outcome.REFUSED, said=said)
        raise
    subject = uuid4().bytes
    codec = unlocked.codec()
    codec.create_subjects([subject])
    stored = EvidenceStore(unlocked.home().evidence, codec).put(subject, BytesIO(content))
    called = clean_written(title or cleaned_name(name) or "—")
    now = clock.now()
    with writing():
        fact_of(actor, seq)  # again, in the writer's turn: the case may have been erased meanwhile
        check_room(actor, fact.person, len(content))
        made: Evidence = Evidence.objects.create(
            fact=fact,
            file=stored.name,
            subject=subject,
            sha256=stored.sha256,
            size=stored.size,
            media_type=kind.media,
            title=codec.seal(subject, title_at(stored.name), called.encode()),
            recorded_at=now,
            recorded_by=actor,
        )
        FileReport.objects.create(
            evidence=made,
            content=codec.seal(subject, report_at(stored.name), examined.text().encode()),
            recorded_at=now,
        )
        add_step(actor, made, CustodyStep.RECEIVED, way=way, words=received_from)
    return made


def cleaned_name(name: str) -> str:
    """The last part of a file's name, without controls and marks of direction: to be read, never a path."""
    try:
        return field(name.replace("\\", "/").rsplit("/", 1)[-1])[:120]
    except InputRefused:
        return ""
