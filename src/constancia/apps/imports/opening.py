"""A file and a mapping, opened together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from constancia.apps.register.policy import zone
from constancia.domain.mapping import Mapping, Planner, fitted, load
from constancia.infra import clock
from constancia.infra.tables import OpenTable, open_table


@dataclass(frozen=True, slots=True)
class Opened:
    """`text`: the mapping's TOML, whole, as it will be kept with the batch."""

    table: OpenTable
    mapping: Mapping
    text: str
    planner: Planner

    @property
    def title(self) -> str:
        return self.mapping.title or self.mapping.source.label

    @property
    def scheme(self) -> str:
        """What tells the rows of one register from those of another."""
        source = self.mapping.source
        named = (self.mapping.person.scheme, source.group, source.label)
        return next((name for name in named if name and "{" not in name), self.title)


def open_import(path: Path, text: str, name: str = "") -> Opened:
    """Opens `path` as the mapping `text` says. `name`: what the file is called, if `path` is a copy.

    Raises MappingRefused and TableRefused, with the place.
    """
    mapping = load(text)
    file = mapping.file
    table = open_table(
        path,
        sheet=file.sheet,
        header_row=file.header_row,
        delimiter=file.delimiter,
        encoding=file.encoding,
        name=name,
    )
    return Opened(table, mapping, text, fitted(mapping, table.header, table.epoch, today=today()))


def today() -> date:
    """The day in the organisation's zone."""
    return clock.now().astimezone(zone()).date()


def shipped() -> dict[str, str]:
    """The mappings that come with the program: name → TOML."""
    folder = resources.files("constancia.apps.imports") / "mappings"
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8")
        for file in files
        if file.name.endswith(".toml")
    }
