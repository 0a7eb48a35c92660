"""Reading files of evidence and what is kept beside them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from constancia.apps.accounts.models import User
from constancia.apps.register.access import within_reach
from constancia.apps.register.models import Evidence
from constancia.apps.register.services import fact_of
from constancia.infra import unlocked
from constancia.infra.evidence import EvidenceStore, Stored
from constancia.infra.viewing.kinds import KINDS


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One file behind a fact. `size` in bytes."""

    number: int
    title: str
    sha256: str
    size: int
    media_type: str
    recorded_at: str

    @property
    def name(self) -> str:
        """What it is called when it is given out: nothing that anybody typed, and no name of a person."""
        kind = KINDS.get(self.media_type)
        return f"{self.sha256[:16]}.{kind.ending if kind else 'bin'}"


@within_reach
def row_of(actor: User, number: int) -> Evidence:
    """The row of a file whose case the actor sees and that was not erased. Raises NotFound
    (`fact.not_found`)."""
    found = kept_files().select_related("fact__person").filter(pk=number).first()
    fact_of(actor, found.fact_id if found else -1)
    assert found is not None
    return found


def kept_files() -> QuerySet[Evidence]:
    """The files that were not erased; an erased one has no type."""
    return Evidence.objects.exclude(media_type="")


@within_reach
def content_of(actor: User, number: int) -> tuple[EvidenceLine, bytes]:
    """The file as it came, and its line, for those who see the case.

    Raises NotFound (`fact.not_found`), IntegrityBroken (`evidence.damaged`, `evidence.missing`).
    """
    found = row_of(actor, number)
    return line_of(found), bytes_of(found)


def bytes_of(row: Evidence) -> bytes:
    """The file as it came. Raises IntegrityBroken (`evidence.damaged`, `evidence.missing`)."""
    store = EvidenceStore(unlocked.home().evidence, unlocked.codec())
    return b"".join(store.read(bytes(row.subject), Stored(row.file, row.sha256, row.size)))


@within_reach
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
    title = unlocked.codec().open(bytes(evidence.subject), title_at(evidence.file), bytes(evidence.title))
    return EvidenceLine(
        number=evidence.pk,
        title=title.decode(),
        sha256=evidence.sha256,
        size=evidence.size,
        media_type=evidence.media_type,
        recorded_at=evidence.recorded_at.isoformat(),
    )


def title_at(file: str) -> str:
    return f"register_evidence|title|{file}"


def report_at(file: str) -> str:
    return f"register_filereport|content|{file}"


def words_at(file: str, order: int) -> str:
    return f"register_custody|words|{file}|{order}"
