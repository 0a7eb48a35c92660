"""What the tests of reading read with. Everybody in them is invented."""

from __future__ import annotations

from datetime import date

from constancia.domain.mapping.cells import Cell, Row
from constancia.domain.matching.reading import ListEntry, ReadList, read_sheets, read_text

DAY = date(2026, 2, 24)


def read(*lines: str, **more: object) -> ReadList:
    return read_text(["\n".join(lines)], day=DAY, **more)  # type: ignore[arg-type]


def one(line: str) -> ListEntry:
    """The only entry of the only line."""
    found = read(line)
    assert len(found.entries) == 1, [entry.mention.name for entry in found.entries]
    return found.entries[0]


def names(*lines: str) -> list[str]:
    """The names read, a person who is always there left out: a list of nobody is refused."""
    found = read(*lines, "Testigo Siempre Presente")
    return [entry.mention.name for entry in found.entries[:-1]]


def reasons(*lines: str) -> list[str]:
    return [one.reason for one in read(*lines, "Testigo Siempre Presente").skipped]


def table(*rows: list[Cell], **more: object) -> ReadList:
    numbered = [Row(number, tuple(row)) for number, row in enumerate(rows, start=1)]
    return read_sheets([("Hoja", numbered)], day=DAY, **more)  # type: ignore[arg-type]
