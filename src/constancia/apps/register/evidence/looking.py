"""Looking at a file without opening it: what is kept of it, and copies made in a process apart."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow, may
from constancia.apps.register.evidence.custody import Step, steps_of
from constancia.apps.register.evidence.lines import EvidenceLine, bytes_of, line_of, report_at, row_of
from constancia.apps.register.models import Evidence, FileReport
from constancia.domain.errors import InputRefused
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import trail, unlocked
from constancia.infra.viewing import Examined, Group, page_picture, plain_text
from constancia.infra.viewing.kinds import KINDS

LONGEST_TEXT = 2_000_000
"""Bytes of a text that is shown."""


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A file and all that is kept of it. `examined`: None where it was not examined when it came; its traits
    are empty for those who may not see sources (`traits_hidden`: whether there are any)."""

    line: EvidenceLine
    code: str
    fact: int
    fact_kind: str
    group: str
    examined: Examined | None
    traits_hidden: bool
    steps: tuple[Step, ...]

    @property
    def pages(self) -> int:
        """How many pages can be looked at."""
        return self.examined.pages if self.examined else 0


def page_of(actor: User, number: int) -> EvidencePage:
    """Noted in the trail first. Raises NotAllowed, NotFound (`fact.not_found`)."""
    allow(actor, Permission.IDENTITY_READ)
    row = row_of(actor, number)
    trail.note(actor.pk, Deed.EVIDENCE_OPENED, "evidence", row.pk, said={"form": "page"})
    found = examined_of(row)
    told = found.traits if found else ()
    sealed = may(actor, Permission.SOURCE_SEALED)
    if found is not None and not sealed:
        found = Examined(found.notes, (), found.pages, found.width, found.height)
    kind = KINDS.get(row.media_type)
    return EvidencePage(
        line=line_of(row),
        code=row.fact.person.code,
        fact=row.fact_id,
        fact_kind=row.fact.kind,
        group=kind.group.value if kind else "",
        examined=found,
        traits_hidden=bool(told) and not sealed,
        steps=tuple(steps_of(actor, number)),
    )


def picture_of(actor: User, number: int, page: int = 1) -> bytes:
    """A picture, or a page of a PDF, as a JPEG of pixels alone. Noted in the trail first.

    Raises NotAllowed, NotFound, IntegrityBroken, InputRefused as `page_picture`.
    """
    row = _opening(actor, number, page)
    return page_picture(row.media_type, bytes_of(row), page)


def text_of(actor: User, number: int) -> bytes | None:
    """A text as it came; None for a file of another kind. Raises as `picture_of`."""
    allow(actor, Permission.IDENTITY_READ)
    row = row_of(actor, number)
    kind = KINDS.get(row.media_type)
    if kind is None or kind.group is not Group.TEXT:
        return None
    row = _opening(actor, number, 1)
    if row.size > LONGEST_TEXT:
        raise InputRefused("evidence.no_copy")
    return plain_text(bytes_of(row))


def examined_of(row: Evidence) -> Examined | None:
    """What the file said of itself when it came."""
    report = FileReport.objects.filter(evidence=row).first()
    if report is None:
        return None
    return Examined.read(
        unlocked.codec().open(bytes(row.subject), report_at(row.file), bytes(report.content))
    )


def _opening(actor: User, number: int, page: int) -> Evidence:
    allow(actor, Permission.IDENTITY_READ)
    row = row_of(actor, number)
    trail.note(actor.pk, Deed.EVIDENCE_OPENED, "evidence", row.pk, said={"form": "copy", "page": page})
    return row
