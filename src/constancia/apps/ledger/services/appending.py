"""Entering records into the logs, inside the transaction that records them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from constancia.apps.ledger import models
from constancia.apps.ledger.models import CASES, FACTS
from constancia.domain.ledger.entry import Entry, Kind
from constancia.domain.ledger.slots import written
from constancia.infra.bulk import insert

START = bytes(32)
"""What stands before the first entry in the chain."""


def week_of(instant: datetime) -> str:
    """The ISO week of an instant in UTC, as entries bear it: "2026-W09"."""
    year, week, _ = instant.astimezone(UTC).isocalendar()
    return f"{year}-W{week:02d}"


def append(kind: Kind, about: str, records: Iterable[tuple[int, bytes]], at: datetime) -> None:
    """Enter records of one sort, given as (number, root). Call it in the writer's turn and in the transaction
    of the records themselves."""
    last = models.Entry.objects.order_by("-seq").values_list("seq", "chain").first()
    seq, chain = (last[0], bytes(last[1])) if last else (0, START)
    log, week, rows = (CASES if kind == "case" else FACTS), week_of(at), []
    for number, root in records:
        seq += 1
        leaf = Entry(kind, week, root).leaf()
        chain = chained(chain, leaf)
        rows.append((seq, log, kind, about, number, week, root, leaf, chain))
    if rows:
        insert(models.Entry, rows)


def append_document(kind: Kind, about: str, number: int, data: bytes, at: datetime) -> None:
    """Enter a document (the manifest of an edition, an erratum, …) by its SHA-256."""
    append(kind, about, [(number, sha256(data).digest())], at)


def append_notice(kind: Kind, said: Mapping[str, Any], at: datetime) -> models.Notice:
    """Keep a document that only the log holds, and enter it. `said`: JSON of text, whole numbers and
    lists."""
    text = written(said)
    row = models.Notice(kind=kind, text=text, recorded_at=at)
    row.save()
    append_document(kind, "notice", row.pk, text.encode(), at)
    return row


def chained(before: bytes, leaf: bytes) -> bytes:
    """The next link of the private chain."""
    return sha256(b"\x03" + before + leaf).digest()
