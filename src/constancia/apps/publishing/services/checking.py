"""The check of a draft: its content frozen, and what stands in the way of publishing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing import terms
from constancia.apps.publishing.access import content_of, edition_of, open_draft, pack
from constancia.apps.publishing.disclosing import objections
from constancia.apps.publishing.freezing.freeze import Frozen, freeze
from constancia.apps.publishing.models import Check, Draft
from constancia.apps.publishing.recording import recording, settled
from constancia.apps.publishing.reports import problems_of
from constancia.domain.disclosure.pattern import from_json
from constancia.domain.publishing.canonical import content_bytes, sha256
from constancia.domain.publishing.content import Content

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """`findings`: what stands in the way, none where it passed. `left_out`: people whom the register counts
    and the edition does not, because they are to stay internal."""

    check: int
    number: int
    sha256: str
    findings: list[Json]
    content: Content
    left_out: int

    @property
    def passed(self) -> bool:
        return not self.findings


def check(actor: User, draft: int, *, at: datetime | None = None) -> Checked:
    """Freezes the draft as things stand now and says what stands in the way; keeps both.

    Findings: those of `disclosing.objections`; {"code": "text", "language", "file", "line", "problem",
    "params"}; {"code": "opening", "published", "counted"} where the edition before cannot be counted anew;
    {"code": "title"} where a language has no title. Raises NotAllowed, NotFound, InputRefused as `open_draft`
    and `freeze` do.
    """
    allow(actor, Permission.EDITION_WORK)
    row = open_draft(draft)
    # Counting happens outside the transaction: the snapshot must not hold what may yet be rolled back.
    frozen_at = settled(at)
    frozen = freeze(actor, terms.of_draft(row, frozen_at))
    found = findings_of(row, frozen)
    data = content_bytes(frozen.content)
    with recording(frozen_at) as now:
        kept = Check(
            draft=row,
            number=frozen.content.number,
            content=pack(data),
            sha256=sha256(data),
            findings=found,
            frozen_at=now,
            checked_by=actor,
        )
        kept.save()
    return Checked(int(kept.pk), frozen.content.number, kept.sha256, found, frozen.content, frozen.left_out)


def findings_of(row: Draft, frozen: Frozen) -> list[Json]:
    """Everything that stands against this content."""
    found: list[Json] = []
    if "en" in row.languages and not row.title_en:
        found.append({"code": "title"})
    found += _opening(frozen.content)
    found += [problem for language in row.languages for problem in problems_of(frozen.content, language)]
    found += objections(frozen.tables, from_json(row.merges), frozenset(row.withheld))
    return found


def _opening(content: Content) -> list[Json]:
    """A balance that opens with another number than the last edition closed with would explain nothing."""
    if content.balance is None or content.balance.edition is None:
        return []
    before = content_of(edition_of(content.balance.edition)).figure("held")
    if before is None or before.value == content.balance.opening:
        return []
    return [{"code": "opening", "published": before.value, "counted": content.balance.opening}]
