"""A list of names as it was read. A stand-in of one name a line until the reader of lists is there."""

from __future__ import annotations

from dataclasses import dataclass, field

from constancia.domain.matching.shapes import Mention


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One person on the list. `number`: from 1; `line`, `page`, `sheet`: where it stands."""

    number: int
    line: int
    page: int | None
    sheet: str
    raw: str
    mention: Mention
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that is no entry, and why (a code)."""

    line: int
    page: int | None
    sheet: str
    raw: str
    why: str


@dataclass(frozen=True, slots=True)
class ReadList:
    """What was read. `digest`: SHA-256 of the file, hexadecimal."""

    entries: tuple[ListEntry, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    digest: str = field(default="")
