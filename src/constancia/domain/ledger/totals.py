"""What is proven of a cut, `prueba/totales.json`: the layout, the sums and what opens them, never a line.

Canonical JSON with exactly these keys:

    format    "constancia-totals-1"
    edition   its number
    content   SHA-256 of datos/edicion.json, hexadecimal: the cut's id, so another content is another cut
    figure, as_of, known_at   what is counted: "held", a date, an instant in UTC
    roster    origin, size and root (base64) of the checkpoint of `casos`
    cut_root  root over the lines of prueba/casos.txt (base64)
    layout    [{"table": "", "cells": [""]}, {"table": "by_sex", "cells": ["man", "woman"]}, …]
    sums      table → cell → number of cases
    openings  table → cell → the sum of the factors r of its commitments (32 bytes, base64)

An opening of a sum over one case would open that case. Disclosure control comes before any proof.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from constancia.domain.ledger.checkpoint import Checkpoint
from constancia.domain.ledger.encoding import b64, unb64
from constancia.domain.ledger.layout import Layout
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.strict_json import canonical, read_canonical
from constancia.domain.ledger.tally import scalar

FORMAT = "constancia-totals-1"
LARGEST_TOTALS = 4 * 2**20

_KEYS = {
    "format", "edition", "content", "figure", "as_of", "known_at",
    "roster", "cut_root", "layout", "sums", "openings",
}  # fmt: skip
_CONTENT = re.compile("[0-9a-f]{64}")
_FIGURE = re.compile("[a-z][a-z0-9_]{0,63}")
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z")


@dataclass(frozen=True, slots=True)
class Head:
    """Which figure of which edition is proven. `content`: SHA-256 of datos/edicion.json, 32 bytes, which is
    the cut's id; `as_of`: "2026-02-24"; `known_at`: "2026-03-01T12:00:00Z"."""

    edition: int
    content: bytes
    figure: str
    as_of: str
    known_at: str


@dataclass(frozen=True, slots=True)
class Totals:
    """The document. `roster`: the checkpoint that it names, unsigned; `openings`: scalars of 32 bytes."""

    head: Head
    roster: Checkpoint
    cut_root: bytes
    layout: Layout
    sums: Mapping[str, Mapping[str, int]]
    openings: Mapping[str, Mapping[str, bytes]]

    def statement(self) -> bytes:
        """As the function."""
        return statement(self.head, self.roster, self.layout)

    def data(self) -> bytes:
        """The bytes of the document."""
        return canonical(_stated(self.head, self.roster, self.layout) | {
            "cut_root": b64(self.cut_root),
            "sums": {table: dict(cells) for table, cells in self.sums.items()},
            "openings": {
                table: {cell: b64(one) for cell, one in cells.items()}
                for table, cells in self.openings.items()
            },
        })  # fmt: skip


def statement(head: Head, roster: Checkpoint, layout: Layout) -> bytes:
    """32 bytes that stand for all that is proven but for its numbers: every blinding factor and every proof
    of a cut is bound to them, so none serves for another figure, edition, roster or layout."""
    return sha256(b"constancia/totals/statement/v1\x00" + canonical(_stated(head, roster, layout))).digest()


def read_totals(data: bytes) -> Totals:
    """The document as it is written.

    Raises ProofRefused: `proof.json` (not canonical JSON), `proof.totals` (keys or values that are none),
    `proof.layout`, `proof.base64`, `proof.checkpoint`, `proof.number`.
    """
    found = read_canonical(data, LARGEST_TOTALS)
    if not isinstance(found, dict) or set(found) != _KEYS or found["format"] != FORMAT:
        raise ProofRefused("proof.totals")
    edition, roster = found["edition"], found["roster"]
    if not _whole(edition, 1) or not isinstance(roster, dict) or set(roster) != {"origin", "size", "root"}:
        raise ProofRefused("proof.totals")
    if not _whole(roster["size"], 0):
        raise ProofRefused("proof.totals")
    head = Head(
        edition, bytes.fromhex(_text(found["content"], _CONTENT)), _text(found["figure"], _FIGURE),
        _text(found["as_of"], _DATE), _text(found["known_at"], _INSTANT),
    )  # fmt: skip
    origin, root = _text(roster["origin"]), _text(roster["root"])
    checkpoint = Checkpoint.read(f"{origin}\n{roster['size']}\n{root}\n")
    layout = Layout.read(found["layout"])
    sums, openings = _by_cell(found["sums"], layout), _by_cell(found["openings"], layout)
    if not all(_whole(one, 0) for cells in sums.values() for one in cells.values()):
        raise ProofRefused("proof.totals")
    opened = {
        table: {cell: _opening(one) for cell, one in cells.items()} for table, cells in openings.items()
    }
    return Totals(head, checkpoint, unb64(_text(found["cut_root"]), 32), layout, sums, opened)


def _stated(head: Head, roster: Checkpoint, layout: Layout) -> dict[str, Any]:
    return {
        "format": FORMAT, "edition": head.edition, "content": head.content.hex(), "figure": head.figure,
        "as_of": head.as_of, "known_at": head.known_at, "layout": layout.as_json(),
        "roster": {"origin": roster.origin, "size": roster.size, "root": b64(roster.root)},
    }  # fmt: skip


def _by_cell(value: Any, layout: Layout) -> dict[str, dict[str, Any]]:
    """What is given for each cell of the layout and for no other."""
    if not isinstance(value, dict) or set(value) != {one.table for one in layout.tables}:
        raise ProofRefused("proof.totals")
    for one in layout.tables:
        if not isinstance(value[one.table], dict) or set(value[one.table]) != set(one.cells):
            raise ProofRefused("proof.totals")
    return value


def _opening(value: Any) -> bytes:
    found = unb64(_text(value), 32)
    if scalar(found) is None:
        raise ProofRefused("proof.totals")
    return found


def _whole(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _text(value: Any, form: re.Pattern[str] | None = None) -> str:
    if not isinstance(value, str) or (form and not form.fullmatch(value)):
        raise ProofRefused("proof.totals")
    return value
