"""What the reading of a report's texts knows and gathers: one edition, one language, all its files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from constancia.domain.errors import InputRefused
from constancia.domain.language import Language
from constancia.domain.publishing.blocks import DataTable, NoteMark, Number, Run
from constancia.domain.publishing.content import Content, Table
from constancia.domain.publishing.names import merged, numbered
from constancia.domain.publishing.texts.problem import Problems

MOST_NOTES = 500
"""Notes of one report."""


class Described(Protocol):
    """What a chart says: its title as a sentence, its alternative text, the table behind it, its notes."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> tuple[Run, ...]: ...
    @property
    def alt(self) -> str: ...
    @property
    def data(self) -> DataTable: ...
    @property
    def notes(self) -> tuple[tuple[Run, ...], ...]: ...


Describe = Callable[[Content, str, Language], Described]
"""Describes the chart of that name; InputRefused where the content has no such chart."""


@dataclass(slots=True)
class Sheet:
    """Notes, anchors and keys are unique in the whole document; problems are those of all its files."""

    content: Content
    language: Language
    describe: Describe | None
    numbers: Mapping[str, Number]
    merged: Mapping[str, tuple[str, Table]]
    problems: Problems = field(default_factory=Problems)
    notes: list[tuple[Run, ...]] = field(default_factory=list)
    written: list[tuple[str, int, str]] = field(default_factory=list)
    """(file, line, text) of everything that the desk typed, in order."""
    _taken: Counter[str] = field(default_factory=Counter)
    _numbered: dict[tuple[Run, ...], int] = field(default_factory=dict)

    def note(self, runs: tuple[Run, ...]) -> NoteMark:
        """The mark of the note with these words: one that the document has already, else a new one."""
        if runs not in self._numbered:
            self.notes.append(runs)
            self._numbered[runs] = len(self.notes)
        return NoteMark(self._numbered[runs])

    def refuse(self, file: str, line: int, error: InputRefused) -> None:
        self.problems.add(file, line, error)

    def unique(self, key: str) -> str:
        """The key itself the first time, then "key-2", "key-3" …"""
        while True:
            self._taken[key] += 1
            if self._taken[key] == 1:
                return key
            key = f"{key}-{self._taken[key]}"


def sheet(content: Content, language: Language, describe: Describe | None = None) -> Sheet:
    """An empty sheet for one edition. Raises InputRefused `edition.zone`."""
    return Sheet(content, language, describe, numbered(content, language), merged(content))
