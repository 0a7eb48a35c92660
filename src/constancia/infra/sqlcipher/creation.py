"""Test databases live in a file: memory is not encrypted, and a shared cache is not to be used."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import creation


class DatabaseCreation(creation.DatabaseCreation):
    """Creates the test database as a file and takes its companions away afterwards."""

    connection: Any

    def _get_test_db_name(self) -> str:
        name = self.connection.settings_dict["TEST"]["NAME"]
        if name and name != ":memory:":
            return str(name)
        return str(Path(tempfile.gettempdir()) / f"constancia-test-{os.getpid()}-{self.connection.alias}.db")

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        name = self._get_test_db_name()
        if not keepdb:
            _remove(name)
        self.connection.settings_dict.setdefault("OPTIONS", {})["create"] = True
        return name

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        _remove(test_database_name)

    def setup_worker_connection(self, _worker_id: int) -> None:
        # Spawned workers would copy the file through the plain driver, without its key.
        raise NotImplementedError("parallel test workers each make their own database: use pytest-xdist")


def _remove(name: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(name + suffix).unlink(missing_ok=True)
