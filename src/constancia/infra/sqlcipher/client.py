"""No shell on the encrypted file: it would put the key on a command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.sqlite3 import client

from constancia.domain.errors import StoreRefused


class DatabaseClient(client.DatabaseClient):
    """Refuses what `dbshell` asks for."""

    def runshell(self, parameters: Iterable[str]) -> None:
        raise StoreRefused("store.no_shell")

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict: Any, parameters: Any) -> Any:
        raise StoreRefused("store.no_shell")
