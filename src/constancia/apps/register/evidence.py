"""Files behind facts: kept encrypted by the hash of their content, never overwritten, never rendered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.register.models import Evidence
from constancia.apps.register.services import fact_of
from constancia.domain.errors import InputRefused
from constancia.domain.names import clean_written
from constancia.infra import clock, unlocked
from constancia.infra.files import write_whole

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
    """What the content is, by its first bytes; the name is not believed. Raises InputRefused (`evidence.kind`)."""
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
    digest = hashlib.sha256(content).hexdigest()
    subject = bytes(fact.person.subject)
    codec = unlocked.codec()
    # One file per person and content: another person's key must open nothing of this one's.
    path = unlocked.home().evidence / f"{codec.blind('evidence', f'{fact.person_id}|{digest}')}.sellado"
    if not path.exists():
        write_whole(path, codec.seal(subject, f"evidence|content|{digest}", content))
    sealed = codec.seal(subject, f"register_evidence|title|{digest}", clean_written(title or "—").encode())
    made: Evidence = Evidence.objects.create(
        fact=fact,
        sha256=digest,
        size=len(content),
        media_type=kind,
        title=sealed,
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    return made


def content_of(actor: User, number: int) -> tuple[EvidenceLine, bytes]:
    """The file as it came, and its line, for those who see the case.

    Raises NotFound, IntegrityBroken (`codec.unreadable`).
    """
    found = Evidence.objects.filter(pk=number).select_related("fact__person").first()
    fact = fact_of(actor, found.fact_id if found else -1)
    assert found is not None
    codec = unlocked.codec()
    path = unlocked.home().evidence / f"{codec.blind('evidence', f'{fact.person_id}|{found.sha256}')}.sellado"
    content = codec.open(bytes(fact.person.subject), f"evidence|content|{found.sha256}", path.read_bytes())
    return line_of(found, bytes(fact.person.subject)), content


def line_of(evidence: Evidence, subject: bytes) -> EvidenceLine:
    """The line of one file, its title opened with the person's key."""
    title = unlocked.codec().open(subject, f"register_evidence|title|{evidence.sha256}", bytes(evidence.title))
    return EvidenceLine(
        number=evidence.pk,
        title=title.decode(),
        sha256=evidence.sha256,
        size=evidence.size,
        media_type=evidence.media_type,
        recorded_at=evidence.recorded_at.isoformat(),
    )
