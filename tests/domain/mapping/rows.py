"""What a mapping makes of invented rows, in as few words as a test needs."""

from __future__ import annotations

from datetime import date

from constancia.domain.mapping import PlannedCase, PlannedFact, Refusal, fitted, load
from constancia.domain.mapping.cells import Cell, Row

SOURCE = '[source]\nkind = "document"\nlabel = "lista"\n'
NAME = '[[fact]]\nkind = "name"\nfields = { full = "{nombre}" }\n'

Planned = list[PlannedCase | Refusal]


def plan(mapping: str, header: str, *rows: tuple[Cell, ...], today: date | None = None) -> Planned:
    names = tuple(name.strip() for name in header.split(","))
    planner = fitted(load(SOURCE + mapping), names, None, today=today)
    return list(planner.plan(Row(number, row) for number, row in enumerate(rows, start=2)))


def facts(mapping: str, header: str, *row: Cell, kind: str = "") -> list[PlannedFact]:
    planned = plan(mapping, header, row)
    assert isinstance(planned[0], PlannedCase), planned
    return [fact for fact in planned[0].facts if not kind or fact.kind == kind]


def fields(mapping: str, header: str, *row: Cell) -> dict[str, object]:
    (fact,) = facts(mapping, header, *row)
    return dict(fact.fields)


def when(spec: str, header: str, *row: Cell, more: str = "") -> str:
    mapping = f'{more}\n[[fact]]\nkind = "arrest"\nwhen = {spec}\nif = {{ column = "x", empty = false }}\n'
    (fact,) = facts(mapping, f"x, {header}", "x", *row)
    return fact.when.edtf


def refused(planned: Planned) -> list[tuple[int, str, str]]:
    return [(found.row, found.column, found.code) for found in planned if isinstance(found, Refusal)]
