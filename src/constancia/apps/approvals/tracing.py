"""Which export a leaked file came from: by its references, by its order, or because it is the very file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2
from pathlib import Path
from typing import Literal

from constancia.apps.accounts.models import User
from constancia.apps.accounts.permissions import Permission, allow
from constancia.apps.approvals import sealing
from constancia.apps.approvals.models import Request
from constancia.apps.approvals.services import ABOUT
from constancia.domain import watermark
from constancia.domain.codes import normalise
from constancia.domain.errors import InputRefused
from constancia.domain.mapping.cells import text
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.domain.vocabulary.deeds import Deed
from constancia.infra import trail
from constancia.infra.tables import open_table, sheets_of
from constancia.infra.texts import extract

LARGEST = 500_000_000
TRIED = 400
"""References that are tried with the mark of every export; all of the file are with those that fit."""
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}(?![0-9A-Z])")
_BOOKS = {".xlsx", ".ods"}
_PAPERS = (b"%PDF", b"PK\x03\x04")

By = Literal["file", "references", "order"]


@dataclass(frozen=True, slots=True)
class Traced:
    """An export that the file, or some of it, came from. `rows`: how many references of it were found; by
    order, how many codes. `bits`: of an order, how sure (by chance once in 2^bits)."""

    number: int
    kind: ApprovalKind
    by: By
    rows: int
    bits: int
    asked_by: str
    approved_by: str
    alone: bool
    used_at: datetime


def trace(actor: User, file: Path) -> tuple[Traced, ...]:
    """The exports that `file` came from, the surest first; none where nothing says so. Noted in the trail.

    Raises NotAllowed, InputRefused `approval.file`, and as `infra.tables` and `infra.texts` for a file that
    cannot be read.
    """
    allow(actor, Permission.TRAIL_READ)
    try:
        if file.stat().st_size > LARGEST:
            raise InputRefused("approval.file")
        data = file.read_bytes()
    except OSError:
        raise InputRefused("approval.file") from None
    digest = hashlib.sha256(data).hexdigest()
    found = _found(list(_lines(file, data)), digest)
    numbers = [one.number for one in found]
    trail.note(actor.pk, Deed.TRACED, ABOUT, numbers[0] if numbers else None, said={"sha256": digest})
    return tuple(found)


def _found(lines: Sequence[str], digest: str) -> list[Traced]:
    words = list(dict.fromkeys(word for line in lines for word in watermark.words(line)))
    some = words[:: max(1, len(words) // TRIED)]
    codes = [code for line in lines if (code := _code(line))]
    used = Request.objects.filter(use__isnull=False)
    rows = list(used.select_related("asked_by", "answer__answered_by", "use"))
    told = sealing.said_by(rows)
    whole = _noted(digest)
    sure = watermark.SURE + log2(max(len(rows), 1))
    found: list[Traced] = []
    for row in rows:
        mark = told[row.pk].mark
        if not mark or not row.kind.startswith("export_"):
            continue
        fits = any(watermark.read(mark, word) is not None for word in some)
        count = sum(watermark.read(mark, word) is not None for word in words) if fits else 0
        bits = watermark.evidence(mark, codes)
        if row.pk in whole:
            found.append(_traced(row, "file", max(count, len(codes)), 0))
        elif count:
            found.append(_traced(row, "references", count, 0))
        elif bits >= sure:
            found.append(_traced(row, "order", len(codes), int(bits)))
    rank = {"file": 0, "references": 1, "order": 2}
    return sorted(found, key=lambda one: (rank[one.by], -one.rows, -one.number))


def _traced(row: Request, by: By, rows: int, bits: int) -> Traced:
    return Traced(
        number=int(row.pk),
        kind=ApprovalKind(row.kind),
        by=by,
        rows=rows,
        bits=bits,
        asked_by=str(row.asked_by),
        approved_by=str(row.answer.answered_by),
        alone=row.answer.alone,
        used_at=row.use.used_at,
    )


def _noted(digest: str) -> set[int]:
    """The requests whose file left with exactly this SHA-256, as the trail noted it."""
    ended = trail.events("deed = ? AND said LIKE ?", (Deed.EXPORTED.value, f'%"sha256":"{digest}"%'))
    began = (trail.event(int(one.said["of"])) for one in ended if "of" in one.said)
    return {int(one.said["request"]) for one in began if one is not None and "request" in one.said}


def _code(line: str) -> str:
    """The first code of a case in a line, "" if there is none."""
    for found in _CODE.finditer(line.upper()):
        try:
            return normalise(found.group())
        except InputRefused:
            continue
    return ""


def _lines(file: Path, data: bytes) -> Iterator[str]:
    """The text of a file, line by line or row by row."""
    if file.suffix.lower() in _BOOKS:
        for sheet in sheets_of(file):
            for row in open_table(file, sheet=sheet, header_row=0).rows():
                yield " ".join(text(cell) for cell in row.cells)
    elif data.startswith(_PAPERS):
        yield from extract(data, name=file.name).text.splitlines()
    else:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        yield from data.decode("utf-16" if wide else "utf-8", "replace").splitlines()
