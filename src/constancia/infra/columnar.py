"""A table of integers held in memory by columns, for scans: DuckDB, in this process.

It knows nothing of what the integers mean. Rows belong to a key; a key's rows are replaced together.
Readers never wait for a writer and see all of a replacement or nothing of it. Nothing of it ever goes to
a disk: where the memory allowed does not suffice, the query fails.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal

import duckdb
import numpy as np
import numpy.typing as npt

Type = Literal["int8", "int16", "int32", "int64"]
Rows = npt.NDArray[np.int64]
"""Two-dimensional: one line per row, one column per column of the table, in its order."""

_SQL: dict[Type, str] = {"int8": "TINYINT", "int16": "SMALLINT", "int32": "INTEGER", "int64": "BIGINT"}


class ColumnarTable:
    """One table. Any thread may read; one thread at a time may load or replace (a lock sees to it)."""

    def __init__(
        self, name: str, columns: Mapping[str, Type], key: str, *, threads: int = 2, memory: str = "2GB"
    ) -> None:
        if key not in columns:
            raise ValueError(f"the key {key} is no column of {name}")
        self.name, self.columns, self.key = name, dict(columns), key
        self._database = duckdb.connect(
            ":memory:",
            # Without a folder for what does not fit, it would put that into one of its own, in clear.
            config={"threads": threads, "memory_limit": memory, "temp_directory": ""},
        )
        # A quarter of the memory, and scans that take no longer.
        self._database.execute("ATTACH ':memory:' AS compressed (COMPRESS)")
        self._database.execute("SET enable_external_access = false")
        self._database.execute("SET lock_configuration = true")
        self._local = threading.local()
        self._writing = threading.Lock()
        self._columns_sql = ", ".join(f'"{column}" {_SQL[kind]}' for column, kind in self.columns.items())
        self._open().execute(f'CREATE TABLE "{name}" ({self._columns_sql})')
        self._replaced = 0

    def load(self, chunks: Iterable[Rows]) -> int:
        """Puts these rows in place of all there were; returns how many."""
        with self._writing:
            cursor = self._open()
            fresh = f"{self.name}_loading"
            cursor.execute(f'CREATE OR REPLACE TABLE "{fresh}" ({self._columns_sql})')
            total = 0
            for chunk in chunks:
                total += self._append(cursor, fresh, chunk)
            cursor.execute("BEGIN")
            cursor.execute(f'DROP TABLE "{self.name}"')
            cursor.execute(f'ALTER TABLE "{fresh}" RENAME TO "{self.name}"')
            cursor.execute("COMMIT")
            with suppress(duckdb.TransactionException):  # somebody is reading: compressed later then
                cursor.execute("CHECKPOINT compressed")
            cursor.close()
            self._replaced = 0
            return total

    def replace(self, keys: Sequence[int], rows: Rows, telling: str | None = None) -> set[int]:
        """Takes out every row of these keys and puts in `rows`, all at once; the values that the column
        `telling` (the key) had in what was taken out."""
        with self._writing:
            cursor = self._open()
            cursor.execute("BEGIN")
            try:
                cursor.register("outgoing", {"key": np.asarray(keys, dtype=np.int64)})
                gone = cursor.execute(
                    f'DELETE FROM "{self.name}" WHERE "{self.key}" IN (SELECT key FROM outgoing)'
                    f' RETURNING "{telling or self.key}"'
                ).fetchall()
                cursor.unregister("outgoing")
                self._append(cursor, self.name, rows)
                cursor.execute("COMMIT")
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            finally:
                cursor.close()
            self._replaced += len(gone)
            return {value for (value,) in gone}

    @property
    def replaced(self) -> int:
        """Rows replaced since the last load: their places are not given back before the next one."""
        return self._replaced

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """The answer to a query; parameters are named (`$name`)."""
        return self._cursor().execute(sql, dict(parameters or {})).fetchall()

    def arrays(self, sql: str, parameters: Mapping[str, Any] | None = None) -> dict[str, npt.NDArray[Any]]:
        """The answer to a query by columns. No column may hold NULL."""
        found = self._cursor().execute(sql, dict(parameters or {})).fetchnumpy()
        return {name: np.asarray(values) for name, values in found.items()}

    def close(self) -> None:
        """Lets the memory go. The table cannot be used afterwards."""
        self._database.close()

    def _open(self) -> duckdb.DuckDBPyConnection:
        """Another connection to the same table."""
        cursor = self._database.cursor()
        cursor.execute("USE compressed")
        return cursor

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._open()
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor

    def _append(self, cursor: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> int:
        if not len(rows):
            return 0
        if rows.ndim != 2 or rows.shape[1] != len(self.columns):
            raise ValueError(f"rows for {self.name} have the wrong shape")
        cursor.register(
            "incoming",
            {
                column: _narrowed(rows[:, index], kind)
                for index, (column, kind) in enumerate(self.columns.items())
            },
        )
        cursor.execute(f'INSERT INTO "{table}" SELECT * FROM incoming')
        cursor.unregister("incoming")
        return len(rows)


def _narrowed(values: npt.NDArray[np.int64], kind: Type) -> npt.NDArray[Any]:
    """The values in the column's own width; ValueError where one does not fit (numpy would wrap around)."""
    limits = np.iinfo(kind)
    if values.min() < limits.min or values.max() > limits.max:
        raise ValueError(f"a value does not fit {kind}")
    return np.ascontiguousarray(values.astype(kind))
