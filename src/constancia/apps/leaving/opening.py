"""How each sealed column is opened for whoever leaves with everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from constancia.apps.approvals import sealing as approvals
from constancia.apps.claims.sealing import open_names
from constancia.apps.matching import sealing as lists
from constancia.apps.publishing.services.approving import names_context, names_of
from constancia.apps.register import histories, holding
from constancia.apps.register.evidence import lines
from constancia.infra import unlocked

Opened = Sequence[Any]
"""One value per row, None where the key is destroyed."""
Item = tuple[bytes, str, bytes]


def facts(rows: Sequence[Any]) -> Opened:
    sealed = [row for row in rows if row.sealed is not None and not histories.is_held(bytes(row.sealed))]
    opened = histories.open_fields((row.person.subject, row.seq, row.sealed) for row in sealed)
    told: dict[int, Any] = {row.seq: fields for row, fields in zip(sealed, opened, strict=True)}
    held = [row for row in rows if row.sealed is not None and histories.is_held(bytes(row.sealed))]
    boxes = [(bytes(row.person.subject), row.seq, row.kind, bytes(row.sealed)) for row in held]
    told |= {row.seq: fields for row, fields in zip(held, holding.inside_facts(boxes), strict=True)}
    return [told.get(row.seq) or None for row in rows]


def resealed(rows: Sequence[Any]) -> Opened:
    """As the fact itself has them; None once a later one is there."""
    held = [row for row in rows if row.sealed]
    opened = histories.open_fields((row.fact.person.subject, row.fact_id, row.sealed) for row in held)
    told = {row.pk: fields for row, fields in zip(held, opened, strict=True)}
    return [told.get(row.pk) or None for row in rows]


def labels(rows: Sequence[Any]) -> Opened:
    return _held_or_not(
        [(bytes(row.subject), histories.label_context(row.pk), bytes(row.label)) for row in rows]
    )


def titles(rows: Sequence[Any]) -> Opened:
    return _texts([(bytes(row.subject), lines.title_at(row.file), bytes(row.title)) for row in rows])


def reports(rows: Sequence[Any]) -> Opened:
    """What files said of themselves, as JSON in words."""
    files = [row.evidence for row in rows]
    return _texts(
        [
            (bytes(file.subject), lines.report_at(file.file), bytes(row.content))
            for file, row in zip(files, rows, strict=True)
        ]
    )


def steps(rows: Sequence[Any]) -> Opened:
    files = [row.evidence for row in rows]
    return _texts(
        [
            (bytes(file.subject), lines.words_at(file.file, row.order), bytes(row.words))
            for file, row in zip(files, rows, strict=True)
        ]
    )


def import_rows(rows: Sequence[Any]) -> Opened:
    return _held_or_not(
        [(bytes(row.person.subject), histories.row_context(row.pk), bytes(row.content)) for row in rows]
    )


def list_contents(rows: Sequence[Any]) -> Opened:
    return [lists.open_list(row) or None for row in rows]


def list_entries(rows: Sequence[Any]) -> Opened:
    return _texts(
        [(bytes(row.subject), lists.entry_context(row.number, row.key), bytes(row.content)) for row in rows]
    )


def listed_names(rows: Sequence[Any]) -> Opened:
    told = open_names(list(rows))
    return [told[row.pk] or None for row in rows]


def named_lists(rows: Sequence[Any]) -> Opened:
    return [list(names_of(row)) or None for row in rows]


def shorter_lists(rows: Sequence[Any]) -> Opened:
    """Named lists without whoever was erased since."""
    held = [row for row in rows if row.names is not None and row.subject is not None]
    items = [(bytes(row.subject), names_context(row.edition.number), bytes(row.names)) for row in held]
    told = dict(zip((row.pk for row in held), unlocked.codec().open_known(items), strict=True))
    return [told[row.pk].decode().split("\n") if told.get(row.pk) else None for row in rows]


def plain(column: str) -> Callable[[Sequence[Any]], Opened]:
    """Bytes that are text, and sealed by nothing."""
    return lambda rows: [bytes(getattr(row, column)).decode("utf-8", "replace") for row in rows]


COLUMNS: dict[str, dict[str, Callable[[Sequence[Any]], Opened]]] = {
    "approvals.request": {"sealed": approvals.opened},
    "register.fact": {"sealed": facts},
    "register.resealed": {"sealed": resealed},
    "register.source": {"label": labels},
    "register.evidence": {"title": titles},
    "register.filereport": {"content": reports},
    "register.custody": {"words": steps},
    "register.importrow": {"content": import_rows},
    "matching.namelist": {"content": list_contents},
    "matching.entry": {"content": list_entries},
    "claims.listedname": {"name": listed_names},
    "publishing.edition": {"names": named_lists, "content": plain("content")},
    "publishing.namesleft": {"names": shorter_lists},
    "publishing.check": {"content": plain("content")},
    "publishing.build": {"manifest": plain("manifest")},
}
"""Table → column → what opens it."""


def _held_or_not(items: list[Item]) -> Opened:
    """Values some of which the key of a region closes: opened where that key is open in this process."""
    held = [item for item in items if histories.is_held(item[2])]
    closed = iter(holding.inside(held))
    others = iter(unlocked.codec().open_known([item for item in items if not histories.is_held(item[2])]))
    found = [next(closed if histories.is_held(item[2]) else others) for item in items]
    return [None if one is None else one.decode() for one in found]


def _texts(items: list[Item]) -> Opened:
    return [None if one is None else one.decode() for one in unlocked.codec().open_known(items)]
