"""The layout of proven tables: which cells there are, in the order in which every line commits to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from constancia.domain.ledger.refused import ProofRefused

MOST_CELLS = 5000

_TABLE = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
_PART = re.compile(r"[A-Za-z0-9_.:-]{1,100}")


@dataclass(frozen=True, slots=True)
class Cells:
    """One table. A cell of two dimensions is "military/woman"; cells that disclosure control merged are
    joined by "+", in order."""

    table: str
    cells: tuple[str, ...]


TOTAL = Cells("", ("",))
"""The table of one cell that comes first: all who are counted."""


def named(table: str, cell: str) -> str:
    """How a cell is called in a sentence: "profile/civilian", "total"."""
    return f"{table}/{cell}" if table else "total"


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables, the total first. Every case that counts is in one cell of each.

    Raises ProofRefused `proof.layout`: no total first, a name that is none, a table, cell or part of a merged
    cell twice, a table without cells, more than 5000 cells.
    """

    tables: tuple[Cells, ...]

    def __post_init__(self) -> None:
        names = [one.table for one in self.tables]
        if self.tables[:1] != (TOTAL,) or len(set(names)) != len(names):
            raise ProofRefused("proof.layout")
        if sum(len(one.cells) for one in self.tables) > MOST_CELLS:
            raise ProofRefused("proof.layout")
        for one in self.tables[1:]:
            if not _TABLE.fullmatch(one.table) or not one.cells:
                raise ProofRefused("proof.layout")
            _check_cells(one.cells)

    def places(self) -> Iterator[tuple[str, str]]:
        """(table, cell) in order."""
        return ((one.table, cell) for one in self.tables for cell in one.cells)

    def as_json(self) -> list[dict[str, Any]]:
        return [{"table": one.table, "cells": list(one.cells)} for one in self.tables]

    @staticmethod
    def read(value: Any) -> Layout:
        """The layout of its JSON. Raises ProofRefused `proof.layout`."""
        if not isinstance(value, list):
            raise ProofRefused("proof.layout")
        tables = []
        for one in value:
            if not isinstance(one, dict) or set(one) != {"table", "cells"}:
                raise ProofRefused("proof.layout")
            table, cells = one["table"], one["cells"]
            if not isinstance(table, str) or not isinstance(cells, list):
                raise ProofRefused("proof.layout")
            if not all(isinstance(cell, str) for cell in cells):
                raise ProofRefused("proof.layout")
            tables.append(Cells(table, tuple(cells)))
        return Layout(tuple(tables))


def _check_cells(cells: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for cell in cells:
        merged = cell.split("+")
        if merged != sorted(set(merged)) or seen & set(merged):
            raise ProofRefused("proof.layout")
        if not all(_PART.fullmatch(part) for one in merged for part in one.split("/")):
            raise ProofRefused("proof.layout")
        seen.update(merged)
