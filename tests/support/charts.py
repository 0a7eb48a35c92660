"""A chart's description that stands in for any: what the report's own tests need of one."""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.publishing.blocks import DataTable, Run, TableCell, Text


@dataclass(frozen=True, slots=True)
class Invented:
    """The description of a chart of that name."""

    name: str

    @property
    def title(self) -> tuple[Run, ...]:
        return (Text(f"Lo que se ve en {self.name}"),)

    @property
    def alt(self) -> str:
        return "Para quien no lo ve."

    @property
    def data(self) -> DataTable:
        head = (TableCell((Text("Día"),), head=True),)
        return DataTable(f"data-{self.name}", (Text("Datos"),), head, (), (False,))

    @property
    def notes(self) -> tuple[tuple[Run, ...], ...]:
        return ()
