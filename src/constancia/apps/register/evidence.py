"""Files behind facts: kept encrypted by the hash of their content, never overwritten, never rendered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from django.db.models import QuerySet

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register.models import Evidence
from constancia.apps.register.services import fact_of
from constancia.domain.errors import InputRefused
from constancia.domain.names import clean_written
from constancia.infra import clock, unlocked
from constancia.infra.evidence import EvidenceStore, Stored
from constancia.infra.writer import writing

LARGEST = 25 * 1024 * 1024
_KINDS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One file behind a fact. `size` in bytes."""

    number: int
    title: str
    sha256: str
    size: int
    media_type: str
    recorded_at: str


def media_type(content: bytes) -> str:
    """What the content is, by its first bytes; no name is believed. Raises InputRefused (`evidence.kind`)."""
    for start, kind in _KINDS:
        if content.startswith(start):
            return kind
    if b"\x00" not in content[:4096]:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return "text/plain"
    raise InputRefused("evidence.kind")


def attach(actor: User, seq: int, title: str, content: bytes) -> Evidence:
    """Keep `content` as evidence for fact `seq`.

    Raises InputRefused: `evidence.empty`, `evidence.too_large`, `evidence.kind`.
    """
    allow(actor, Permission.CASE_RECORD)
    fact = fact_of(actor, seq)
    if not content:
        raise InputRefused("evidence.empty")
    if len(content) > LARGEST:
        raise InputRefused("evidence.too_large", megabytes=LARGEST // 2**20)
    kind = media_type(content)
    subject = uuid4().bytes
    codec = unlocked.codec()
    codec.create_subjects([subject])
    stored = EvidenceStore(unlocked.home().evidence, codec).put(subject, BytesIO(content))
    sealed = codec.seal(subject, _title(stored.name), clean_written(title or "—").encode())
    with writing():
        fact_of(actor, seq)  # again, in the writer's turn: the case may have been erased meanwhile
        made: Evidence = Evidence.objects.create(
            fact=fact,
            file=stored.name,
            subject=subject,
            sha256=stored.sha256,
            size=stored.size,
            media_type=kind,
            title=sealed,
            recorded_at=clock.now(),
            recorded_by=actor,
        )
    return made


def content_of(actor: User, number: int) -> tuple[EvidenceLine, bytes]:
    """The file as it came, and its line, for those who see the case.

    Raises NotFound (`fact.not_found`), IntegrityBroken (`evidence.damaged`, `evidence.missing`).
    """
    found = evidence_row(actor, number)
    store = EvidenceStore(unlocked.home().evidence, unlocked.codec())
    stored = Stored(found.file, found.sha256, found.size)
    return line_of(found), b"".join(store.read(bytes(found.subject), stored))


def evidence_row(actor: User, number: int) -> Evidence:
    """The row of a file that is still there. Raises NotFound (`fact.not_found`)."""
    found = kept_files().filter(pk=number).first()
    fact_of(actor, found.fact_id if found else -1)
    assert found is not None
    return found


def kept_files() -> QuerySet[Evidence]:
    """The files that were not erased; an erased one has no type."""
    return Evidence.objects.exclude(media_type="")


def evidence_of(actor: User, facts: Collection[int]) -> list[tuple[int, EvidenceLine]]:
    """(fact, file) of every file behind these facts, for those who see their cases.

    Raises NotFound (`fact.not_found`) where one is not the actor's to see.
    """
    rows = kept_files().filter(fact__in=facts).order_by("pk")
    found = []
    for row in rows:
        fact_of(actor, row.fact_id)
        found.append((int(row.fact_id), line_of(row)))
    return found


def line_of(evidence: Evidence) -> EvidenceLine:
    """The line of one file, its title opened."""
    title = unlocked.codec().open(bytes(evidence.subject), _title(evidence.file), bytes(evidence.title))
    return EvidenceLine(
        number=evidence.pk,
        title=title.decode(),
        sha256=evidence.sha256,
        size=evidence.size,
        media_type=evidence.media_type,
        recorded_at=evidence.recorded_at.isoformat(),
    )


def _title(file: str) -> str:
    return f"register_evidence|title|{file}"
