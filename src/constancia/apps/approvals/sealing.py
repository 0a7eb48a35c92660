"""What a request says, sealed under a key of its own: the reason, the terms, and the mark of an export."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from constancia.apps.approvals.models import Request
from constancia.domain import watermark
from constancia.domain.vocabulary.approvals import ApprovalKind
from constancia.infra import unlocked


@dataclass(frozen=True, slots=True)
class Said:
    """`mark`: the secret of `domain.watermark` for the files that this request lets out."""

    reason: str
    terms: Mapping[str, Any]
    mark: bytes


def sealed(reason: str, terms: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """A new subject and what is sealed under its key."""
    subject, codec = secrets.token_bytes(16), unlocked.codec()
    codec.create_subjects([subject])
    whole = {"reason": reason, "terms": dict(terms), "mark": secrets.token_hex(watermark.MARK)}
    return subject, codec.seal(subject, _context(subject), _text(whole).encode())


def said(row: Request) -> Said:
    """What a request says; nothing where its key is gone."""
    return said_by([row])[row.pk]


def said_by(rows: Iterable[Request]) -> dict[int, Said]:
    """The same for many: primary key → what it says."""
    held = list(rows)
    items = [(bytes(row.subject), _context(bytes(row.subject)), bytes(row.sealed)) for row in held]
    opened = unlocked.codec().open_known(items)
    return {row.pk: _said(whole) for row, whole in zip(held, opened, strict=True)}


def opened(rows: Iterable[Request]) -> list[Any]:
    """For whoever leaves with everything: reason and terms of each, None where the key is gone. The marks
    stay: who has one could forge the export's references."""
    held = list(rows)
    told = said_by(held)
    return [
        {"reason": told[row.pk].reason, "terms": told[row.pk].terms} if told[row.pk].mark else None
        for row in held
    ]


def digest(kind: ApprovalKind, terms: Mapping[str, Any]) -> str:
    """The same for the same kind and terms; keyed."""
    return unlocked.codec().blind("approvals", f"{kind.value}|{_text(terms)}")


def _said(whole: bytes | None) -> Said:
    if whole is None:
        return Said("", {}, b"")
    told = json.loads(whole)
    return Said(told["reason"], told["terms"], bytes.fromhex(told["mark"]))


def _context(subject: bytes) -> str:
    return f"approvals_request|sealed|{subject.hex()}"


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
