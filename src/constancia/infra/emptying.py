"""The one exception to "added and never changed": a row of somebody who is erased, or of which words are, may
be emptied.

The trigger lets an UPDATE through when its condition holds (the person stands in the table of the erased)
and the new row is the old one with exactly the given columns at exactly their empty values. Everything else
is refused as before, on an emptied row too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.state import ProjectState
from django.db.models import Model

from constancia.infra.append_only import POSTGRESQL_FUNCTION, TriggerStep, protecting

BYTES = "bytes"
"""Stands for "no bytes", which the engines write differently."""
_NO_BYTES = {"sqlite": "x''", "postgresql": "''::bytea"}
Empty = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Emptying:
    """Which rows of `table` may be emptied, and how.

    `when`: an SQL condition on the row, whose columns are written as `{row}.column`. `columns`: column → its
    empty value, an SQL expression, `BYTES`, or one expression per engine ("sqlite", "postgresql").
    """

    table: str
    when: str
    columns: Mapping[str, Empty]

    def empty(self, column: str, vendor: str, row: str) -> str:
        """The empty value of a column as an expression on `row` ("OLD", or the table itself)."""
        found = self.columns[column]
        if not isinstance(found, str):
            found = found[vendor]
        elif found == BYTES:
            found = _NO_BYTES[vendor]
        return found.replace("{row}", row)

    def update(self, connection: BaseDatabaseWrapper, where: str) -> str:
        """The UPDATE that empties the rows that fulfil `where` (with the table's name for `{row}`)."""
        quote = connection.ops.quote_name
        told = ", ".join(
            f"{quote(name)} = {self.empty(name, connection.vendor, quote(self.table))}"
            for name in self.columns
        )
        return f"UPDATE {quote(self.table)} SET {told} WHERE {where.replace('{row}', quote(self.table))}"


class AllowEmptying(TriggerStep):
    """A migration's step that puts the gentler trigger in the place of the one that refuses every UPDATE."""

    def __init__(self, emptying: Emptying) -> None:
        super().__init__(emptying)
        self.emptying = emptying

    def putting_on(self, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterable[str]:
        return allowing(connection, self.emptying, columns_of(self.emptying.table, state.apps.get_models()))

    def taking_off(self, connection: BaseDatabaseWrapper) -> Iterable[str]:
        if connection.vendor != "postgresql":
            yield f"DROP TRIGGER IF EXISTS {connection.ops.quote_name(f'{self.emptying.table}_no_update')}"
        yield from protecting(connection, self.emptying.table)

    def describe(self) -> str:
        return f"Let rows of the erased be emptied in {self.emptying.table}"


def allowing(connection: BaseDatabaseWrapper, emptying: Emptying, every: Sequence[str]) -> list[str]:
    """The statements that put the trigger on the table. `every`: all its columns; those that are not emptied
    must stay. A migration that adds a column must put the trigger on again."""
    quote = connection.ops.quote_name
    table, trigger = quote(emptying.table), quote(f"{emptying.table}_no_update")
    vendor = connection.vendor
    emptied = " AND ".join(
        f"NEW.{quote(name)} {_same(vendor)} {emptying.empty(name, vendor, 'OLD')}"
        for name in emptying.columns
    )
    allowed = f"({emptying.when.replace('{row}', 'OLD')}) AND {emptied}"
    if vendor == "postgresql":
        function = quote(f"constancia_emptying_{emptying.table}")
        others = "ARRAY[" + ", ".join(f"'{name}'" for name in emptying.columns) + "]"
        return [
            POSTGRESQL_FUNCTION,
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {allowed} AND to_jsonb(NEW) - {others} = to_jsonb(OLD) - {others} THEN RETURN NEW; END IF;"
            f" RAISE EXCEPTION 'append only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';"
            f" END $$",
            f"CREATE OR REPLACE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW"
            f" EXECUTE FUNCTION {function}()",
        ]
    unchanged = "".join(
        f" AND NEW.{quote(name)} IS OLD.{quote(name)}" for name in every if name not in emptying.columns
    )
    return [
        f"DROP TRIGGER IF EXISTS {trigger}",
        f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} WHEN NOT coalesce({allowed}{unchanged}, 0)"
        f" BEGIN SELECT RAISE(ABORT, 'append only: {emptying.table}'); END",
    ]


def columns_of(table: str, models: Iterable[type[Model]]) -> list[str]:
    """All columns of the one of `models` that has that table."""
    (model,) = (one for one in models if one._meta.db_table == table)
    return [str(field.column) for field in model._meta.concrete_fields]


def _same(vendor: str) -> str:
    return "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
