"""Drafts, editions and report texts by their numbers and names, for services and queries alike."""

from __future__ import annotations

import zlib
from datetime import datetime

from constancia.apps.publishing.models import Check, Draft, Edition, ReportText
from constancia.domain.errors import InputRefused, IntegrityBroken, NotFound
from constancia.domain.publishing.canonical import sha256
from constancia.domain.publishing.content import Content, TextFile


def pack(data: bytes) -> bytes:
    """Bytes as they are stored."""
    return zlib.compress(data, 9)


def content_of(row: Check | Edition) -> Content:
    """The content of a check or an edition. Raises IntegrityBroken `edition.altered` where its bytes are not
    those that were hashed."""
    return Content.model_validate_json(bytes_of(row))


def bytes_of(row: Check | Edition) -> bytes:
    """The canonical bytes of the content. Raises IntegrityBroken `edition.altered`."""
    try:
        data = zlib.decompress(bytes(row.content))
    except zlib.error:
        raise IntegrityBroken("edition.altered", number=row.number) from None
    if sha256(data) != row.sha256:
        raise IntegrityBroken("edition.altered", number=row.number)
    return data


def draft_number(row: Draft) -> int:
    """The number of the draft of which this row is a version."""
    return int(row.first_id or row.pk)


def draft_of(number: int) -> Draft:
    """The draft as it stands. Raises NotFound (`edition.no_draft`)."""
    first: Draft | None = Draft.objects.filter(pk=number, first=None).first()
    if first is None:
        raise NotFound("edition.no_draft")
    return first.versions.order_by("pk").last() or first


def authors_of(number: int) -> set[int]:
    """Everybody who wrote some version of the draft, by primary key."""
    rows = Draft.objects.filter(pk=number) | Draft.objects.filter(first=number)
    return set(rows.values_list("recorded_by_id", flat=True))


def open_draft(number: int) -> Draft:
    """A draft to work on. Raises NotFound; InputRefused `edition.discarded`, `edition.approved`."""
    found = draft_of(number)
    if found.discarded:
        raise InputRefused("edition.discarded", number=number)
    if edition_from(number) is not None:
        raise InputRefused("edition.approved", number=number)
    return found


def edition_from(draft: int) -> Edition | None:
    """The edition that a draft became, if it did."""
    rows = Edition.objects.filter(check_made__draft=draft) | Edition.objects.filter(
        check_made__draft__first=draft
    )
    found: Edition | None = rows.first()
    return found


def edition_of(number: int) -> Edition:
    """Raises NotFound (`edition.not_found`)."""
    found: Edition | None = Edition.objects.filter(number=number).first()
    if found is None:
        raise NotFound("edition.not_found")
    return found


def latest_edition() -> Edition | None:
    """The edition of the highest number."""
    found: Edition | None = Edition.objects.order_by("-number").first()
    return found


def last_check(draft: Draft) -> Check | None:
    """The last check of just this version of a draft."""
    found: Check | None = Check.objects.filter(draft=draft).order_by("-pk").first()
    return found


def texts_of(report: str, at: datetime | None = None) -> tuple[TextFile, ...]:
    """The files of a report's folder as they stood at an instant (now), by path."""
    rows = ReportText.objects.filter(report=report).order_by("pk")
    if at is not None:
        rows = rows.filter(known_at__lte=at)
    latest = {row.path: row for row in rows}
    return tuple(
        TextFile(path=path, text=row.text) for path, row in sorted(latest.items()) if not row.removed
    )
