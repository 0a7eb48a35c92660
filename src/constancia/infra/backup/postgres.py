"""The register in PostgreSQL, by the server's own tools, as streams: nothing of it touches a disk here.

Addresses and passwords reach the tools through their environment, never on a command line that others see.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import which

import psycopg
from psycopg import conninfo

from constancia.domain.errors import StoreRefused
from constancia.infra.backup.members import Member

TOOLS_VARIABLE = "CONSTANCIA_PG_TOOLS"
"""A folder with `pg_dump` and `pg_restore` of the server's version; else they are looked for on the path."""
PREFIX = "registro.pgdump."
PIECE = 8 * 1024 * 1024
MOST_PIECES = 1_000_000


@contextmanager
def frozen(url: str) -> Iterator[str]:
    """The name of a snapshot of the database, as it is now, for as long as the block lasts."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield str(row[0])


def dump(url: str, snapshot: str, without: Sequence[str]) -> Iterator[Member]:
    """The database as of the snapshot, in the custom form of `pg_dump`, piece by piece. `without`: tables of
    which only the form is taken.

    Raises StoreRefused `backup.pg_tool` where there is no tool, `backup.pg_failed` where it gave up.
    """
    arguments = [
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        "--no-password",
        f"--snapshot={snapshot}",
    ]
    arguments += [f"--exclude-table-data={table}" for table in without]
    process = _started("pg_dump", arguments, url, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        number = 0
        while piece := process.stdout.read(PIECE):
            number += 1
            yield Member(f"{PREFIX}{number:06d}", piece)
        if process.wait() != 0:
            raise StoreRefused("backup.pg_failed", tool="pg_dump")
    finally:
        _end(process)


def refuse_taken(url: str) -> None:
    """Raises StoreRefused `backup.pg_taken` unless the database has no table."""
    with psycopg.connect(url) as connection:
        query = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        row = connection.execute(query).fetchone()
    if row is None or row[0]:
        raise StoreRefused("backup.pg_taken")


def empty(url: str) -> None:
    """Take away what a restore that came to nothing has put into a database that was empty before."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


@contextmanager
def filling(url: str) -> Iterator[Filling]:
    """Fills the empty database at `url` during the block; it is empty again if the block fails.

    Raises as `refuse_taken`.
    """
    refuse_taken(url)
    work = Filling(url)
    try:
        yield work
    except BaseException:
        work.end()
        if work.committed:
            empty(url)
        raise
    work.end()


class Filling:
    """Puts the pieces of a dump into an empty database, in one transaction. The last piece is kept back until
    `finish`: before that nothing is committed, whatever was read."""

    def __init__(self, url: str) -> None:
        self.committed = False
        arguments = [
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--no-password",
        ]
        name = conninfo.conninfo_to_dict(url).get("dbname") or ""
        self._process = _started("pg_restore", [*arguments, f"--dbname={name}"], url, stdin=subprocess.PIPE)
        self._held = b""

    def take(self, piece: bytes) -> None:
        """Raises StoreRefused `backup.pg_failed`."""
        self._write(self._held)
        self._held = piece

    def finish(self) -> None:
        """All of it was authentic: let the tool commit. Raises StoreRefused `backup.pg_failed`."""
        self._write(self._held)
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        if not self._held or self._process.wait() != 0:
            raise StoreRefused("backup.pg_failed", tool="pg_restore")
        self.committed = True

    def end(self) -> None:
        """Stop, whatever state it is in: what was not committed is gone."""
        _end(self._process)

    def _write(self, piece: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(piece)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise StoreRefused("backup.pg_failed", tool="pg_restore") from None


_NAMES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
    "sslmode": "PGSSLMODE",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "sslrootcert": "PGSSLROOTCERT",
}


def _started(
    tool: str, arguments: list[str], url: str, *, stdin: int | None = None, stdout: int | None = None
) -> subprocess.Popen[bytes]:
    told = conninfo.conninfo_to_dict(url)
    given = {_NAMES[name]: str(value) for name, value in told.items() if name in _NAMES}
    folder = os.environ.get(TOOLS_VARIABLE)
    program = str(Path(folder) / tool) if folder else which(tool)
    try:
        if program is None:
            raise FileNotFoundError
        # What a tool complains of may hold what was being stored: it is not repeated.
        return subprocess.Popen(
            [program, *arguments],
            env={**os.environ, **given},
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        raise StoreRefused("backup.pg_tool", tool=tool, variable=TOOLS_VARIABLE) from None


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(BrokenPipeError):
                stream.close()
