"""Where Splink computes: DuckDB in this process's memory, or a local Spark."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI

from constancia.domain.errors import DeploymentRefused, InputRefused
from constancia.infra.files import open_to_others

Columns = Mapping[str, Sequence[Any]]
"""A table by columns. A column of words holds tuples."""

TYPES = {"text": pa.string(), "number": pa.int64(), "words": pa.list_(pa.string())}


ROWS_A_PART = 10_000


class Engine(ABC):
    """`api` is Splink's."""

    api: Any

    @abstractmethod
    def table(self, name: str, columns: Columns, kinds: Mapping[str, str]) -> Any:
        """A table of these columns, registered under `name` (a bare word)."""

    @abstractmethod
    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The answer to a query over tables of this engine."""


class Duck(Engine):
    """In memory; what does not fit is an error, never a file in clear."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.api = DuckDBAPI(connection)
        self._connection = connection

    def table(self, name: str, columns: Columns, kinds: Mapping[str, str]) -> Any:
        made = pa.table({key: pa.array(values, TYPES[kinds[key]]) for key, values in columns.items()})
        return self.api.register(made, dataset_display_name=name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.sql(sql).fetchall()


class Spark(Engine):
    """Spark on this machine. What it shuffles and spills goes to files, under a key that dies with it."""

    def __init__(self, session: Any) -> None:
        api = importlib.import_module("splink.backends.spark").SparkAPI
        self.api = api(spark_session=session, break_lineage_method="persist")
        self.api._break_lineage_and_repartition = _settled
        self._session = session

    def table(self, name: str, columns: Columns, kinds: Mapping[str, str]) -> Any:
        types = {"text": "string", "number": "bigint", "words": "array<string>"}
        shape = ", ".join(f"{key} {types[kinds[key]]}" for key in columns)
        rows = [
            tuple(list(value) if isinstance(value, tuple) else value for value in row)
            for row in zip(*columns.values(), strict=True)
        ]
        return self.api.register(self._session.createDataFrame(rows, shape), dataset_display_name=name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._session.sql(sql).collect()]


def _settled(frame: Any, *names: str) -> Any:
    """Splink's tables computed at once and kept (in memory, or on disk under Spark's own key), without how
    they came about: only kept, each round of clustering plans all rounds before it again, five minutes of
    six."""
    return frame.localCheckpoint(eager=True)


@contextmanager
def duck(*, threads: int = 2, memory: str = "4GB") -> Iterator[Duck]:
    """DuckDB in memory, without a folder to spill into and without access to files."""
    connection = duckdb.connect(
        ":memory:", config={"threads": threads, "memory_limit": memory, "temp_directory": ""}
    )
    try:
        connection.execute("SET enable_progress_bar = false")
        # Splink writes its joins in a good order. Rearranged, its clustering joins every record with every
        # other (on "not the same cluster") before it looks which are neighbours.
        connection.execute("SET disabled_optimizers = 'join_order'")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield Duck(connection)
    finally:
        connection.close()


def spark_lacking() -> str:
    """Why Spark cannot run here: "pyspark", "java", or "" where it can."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark"
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java") or (home and (Path(home) / "bin" / "java").is_file())
    return "" if found else "java"


@contextmanager
def spark(folder: Path | None, *, records: int = 0, memory: str = "4g") -> Iterator[Spark]:
    """Spark on this machine; `folder`: where it may put files, private and on an encrypted disk.

    `records`: of all lists; short ones are not cut into parts, each of which costs more than they do.

    Its shuffle and spill files are encrypted with a key that only this run holds, and removed at its end.
    Raises DeploymentRefused `linking.no_spark` (what is lacking), InputRefused `linking.spark_folder`
    (none named, or not a folder), `linking.spark_folder_open` (others may read it).
    """
    if lacking := spark_lacking():
        raise DeploymentRefused("linking.no_spark", lacking=lacking)
    if folder is None or not folder.is_dir():
        raise InputRefused("linking.spark_folder")
    if mode := open_to_others(folder):
        raise InputRefused("linking.spark_folder_open", mode=mode)
    jar = importlib.import_module("splink.internals.spark.jar_location").similarity_jar_location()
    with tempfile.TemporaryDirectory(prefix="constancia-spark-", dir=folder) as place:
        session = _session(place, jar, memory, min(200, 1 + records // ROWS_A_PART))
        try:
            yield Spark(session)
        finally:
            session.stop()


def _session(place: str, jar: str, memory: str, parts: int) -> Any:
    builder = importlib.import_module("pyspark.sql").SparkSession.builder
    told = {
        "spark.master": "local[2]",
        "spark.app.name": "constancia",
        "spark.driver.memory": memory,
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.jars": jar,
        "spark.local.dir": place,
        "spark.sql.warehouse.dir": f"{place}/warehouse",
        "spark.driver.extraJavaOptions": f"-Djava.io.tmpdir={place} -Dderby.system.home={place}",
        "spark.io.encryption.enabled": "true",
        "spark.io.encryption.keySizeBits": "256",
        "spark.log.level": "OFF",
        "spark.sql.shuffle.partitions": str(parts),
        "spark.default.parallelism": str(parts),
        "spark.sql.adaptive.enabled": str(parts > 1).lower(),
        # Java made and compiled for every query pays where there is much to run it on.
        "spark.sql.codegen.wholeStage": str(parts > 1).lower(),
        "spark.sql.codegen.factoryMode": "FALLBACK" if parts > 1 else "NO_CODEGEN",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
    }
    for key, value in told.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()
