"""Rows that are added and never changed: held by the model, by the queryset and by the database itself.

The triggers are the real guard; model and queryset give a plain sentence before the database has to.
Whoever holds the database key can drop a trigger: `unprotected_tables` notices, and so does the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from constancia.domain.errors import StoreRefused

Model_co = TypeVar("Model_co", bound=models.Model, covariant=True)

SQLITE_TRIGGERS = {
    "no_update": "BEFORE UPDATE ON",
    "no_delete": "BEFORE DELETE ON",
}
POSTGRESQL_TRIGGERS = {
    "no_update": "BEFORE UPDATE ON {table} FOR EACH ROW",
    "no_delete": "BEFORE DELETE ON {table} FOR EACH ROW",
    "no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION constancia_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$
"""


class AppendOnlyQuerySet(models.QuerySet[Model_co]):
    """A queryset that reads and adds. Everything that would change or remove a row is refused."""

    def update(self, **kwargs: Any) -> int:
        self._refuse()

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse()

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._refuse()

    def update_or_create(self, *args: Any, **kwargs: Any) -> Any:
        self._refuse()

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """As Django's, without any way of meeting a conflict other than an error."""
        if len(args) > 1 or kwargs.get("ignore_conflicts") or kwargs.get("update_conflicts"):
            self._refuse()
        return super().bulk_create(objs, *args, **kwargs)

    def _raw_delete(self, using: str | None) -> int:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StoreRefused("store.append_only", table=self.model._meta.db_table)


class AppendOnlyModel(models.Model):
    """A row that can be added once. Its migration must hold `trigger_operations(<its table>)`."""

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. A row read back or saved before is refused."""
        if not self._state.adding or args or kwargs.get("force_update") or kwargs.get("update_fields"):
            self._refuse()
        # With a key set beforehand Django would try an UPDATE first.
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StoreRefused("store.append_only", table=self._meta.db_table)


class TriggerStep(Operation):
    """A migration's step that runs statements on triggers and changes no model. Its only argument is kept as
    `given`."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, given: Any) -> None:
        self.given = given

    def putting_on(self, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterable[str]:
        """The statements forwards; `state`: the models as they are then."""
        raise NotImplementedError

    def taking_off(self, connection: BaseDatabaseWrapper) -> Iterable[str]:
        """The statements backwards."""
        raise NotImplementedError

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__qualname__, [self.given], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.putting_on(schema_editor.connection, to_state):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.taking_off(schema_editor.connection):
            schema_editor.execute(statement, params=None)


class ProtectTable(TriggerStep):
    """A migration's step that puts the triggers on one table; backwards it takes them off."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table

    def putting_on(self, connection: BaseDatabaseWrapper, state: ProjectState) -> Iterable[str]:
        return protecting(connection, self.table)

    def taking_off(self, connection: BaseDatabaseWrapper) -> Iterable[str]:
        return releasing(connection, self.table)

    def describe(self) -> str:
        return f"Make {self.table} append-only"


def trigger_operations(table: str) -> list[Operation]:
    """The migration steps that make `table` append-only on the engine at hand."""
    return [ProtectTable(table)]


def protecting(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The statements that put the triggers on `table`; harmless when they are there already."""
    quoted = connection.ops.quote_name(table)
    if connection.vendor == "postgresql":
        return [
            POSTGRESQL_FUNCTION,
            *(
                f"CREATE OR REPLACE TRIGGER {_trigger(connection, table, name)} {when.format(table=quoted)}"
                " EXECUTE FUNCTION constancia_append_only()"
                for name, when in POSTGRESQL_TRIGGERS.items()
            ),
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {_trigger(connection, table, name)} {when} {quoted}"
        f" BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END"
        for name, when in SQLITE_TRIGGERS.items()
    ]


def releasing(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The statements that take the triggers off `table` again."""
    if connection.vendor == "postgresql":
        quoted = connection.ops.quote_name(table)
        return [
            f"DROP TRIGGER IF EXISTS {_trigger(connection, table, name)} ON {quoted}"
            for name in POSTGRESQL_TRIGGERS
        ]
    return [f"DROP TRIGGER IF EXISTS {_trigger(connection, table, name)}" for name in SQLITE_TRIGGERS]


def append_only_tables() -> list[str]:
    """The tables of all append-only models that are installed."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnlyModel))


def unprotected_tables(using: str = "default") -> list[str]:
    """Append-only tables that lack one of their triggers on this database. Should be empty."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        expected = set(POSTGRESQL_TRIGGERS)
        # An ordinary trigger that is disabled ("D") protects nothing.
        sql = (
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D'"
        )
    else:
        expected = set(SQLITE_TRIGGERS)
        sql = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        present = set(cursor.fetchall())
    return [
        table
        for table in append_only_tables()
        if any((table, f"{table}_{name}") not in present for name in expected)
    ]


def _trigger(connection: BaseDatabaseWrapper, table: str, name: str) -> str:
    return connection.ops.quote_name(f"{table}_{name}")
