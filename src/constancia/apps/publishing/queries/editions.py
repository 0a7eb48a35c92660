"""Editions as they were published, with what was corrected since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.publishing.access import content_of, edition_of
from constancia.apps.publishing.models import Build, Edition
from constancia.apps.publishing.services.building import (
    built_file,
    built_files,
    is_as_signed,
    signed_files,
)
from constancia.apps.publishing.terms import errata_until
from constancia.domain.publishing.content import Content, Erratum, Words


@dataclass(frozen=True, slots=True)
class EditionLine:
    number: int
    title: Words
    as_of: date
    known_at: datetime
    approved_at: datetime
    approved_by: str
    built: bool
    errata: int
    held: int | None


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition whole. `files`: path, size, sha256 of every file that was signed, [] until it is built;
    `manifest` its SHA-256's text, `key` the public key in hexadecimal."""

    line: EditionLine
    content: Content
    sha256: str
    errata: tuple[Erratum, ...]
    files: tuple[dict[str, Any], ...]
    key: str


def editions(user: User) -> list[EditionLine]:
    """Every edition, the newest first. Raises NotAllowed."""
    allow(user, Permission.EDITION_READ)
    rows = Edition.objects.select_related("approved_by").order_by("-number")
    return [_line(row, content_of(row)) for row in rows]


def edition(user: User, number: int) -> EditionPage:
    """Raises NotAllowed, NotFound (`edition.not_found`), IntegrityBroken (`edition.altered`)."""
    allow(user, Permission.EDITION_READ)
    row = edition_of(number)
    content = content_of(row)
    built = Build.objects.filter(edition=row).first()
    return EditionPage(
        line=_line(row, content),
        content=content,
        sha256=row.sha256,
        errata=tuple(one for one in errata_until() if one.edition == number),
        files=tuple(signed_files(built)) if built else (),
        key=bytes(built.public_key).hex() if built else "",
    )


def missing_files(user: User, number: int) -> tuple[str, ...]:
    """Paths of signed files that do not lie in the edition's folder as they were signed; none of an edition
    that is not built.

    Raises NotAllowed, NotFound (`edition.not_found`).
    """
    allow(user, Permission.EDITION_READ)
    row = edition_of(number)
    built = Build.objects.filter(edition=row).first()
    if built is None:
        return ()
    there = built_files(row)
    return tuple(one["path"] for one in signed_files(built) if not is_as_signed(there.get(one["path"]), one))


def file_of(user: User, number: int, path: str) -> bytes:
    """One file of a built edition as it was signed. Raises NotAllowed, and as `built_file`."""
    allow(user, Permission.EDITION_READ)
    return built_file(edition_of(number), path)


def _line(row: Edition, content: Content) -> EditionLine:
    held = content.figure("held")
    return EditionLine(
        number=row.number,
        title=content.title,
        as_of=row.as_of,
        known_at=row.known_at,
        approved_at=row.approved_at,
        approved_by=row.approved_by.display_name,
        built=Build.objects.filter(edition=row).exists(),
        errata=row.errata.count(),
        held=held.value if held else None,
    )
