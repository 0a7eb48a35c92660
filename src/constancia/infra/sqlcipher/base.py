"""The database wrapper: Django's SQLite backend with the encrypting driver underneath.

OPTIONS: `key` = a callable or the dotted path of one that returns the 32 raw key bytes (never the key
itself: settings get printed and copied); `create` = whether a missing file may be made (default no);
`cache_mb` = page cache per connection, in MB.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.module_loading import import_string
from sqlcipher3 import dbapi2 as driver

from constancia.infra.sqlcipher.client import DatabaseClient
from constancia.infra.sqlcipher.connection import DEFAULT_CACHE_MB, open_encrypted
from constancia.infra.sqlcipher.creation import DatabaseCreation
from constancia.infra.sqlcipher.features import DatabaseFeatures

# Converters and adapters belong to the driver's module: the ones Django gave the standard library's
# module do not reach this one.
_CONVERTERS: dict[str, Callable[[str], Any]] = {
    "date": parse_date,
    "time": parse_time,
    "datetime": parse_datetime,
    "timestamp": parse_datetime,
}
for _column_type, _parse in _CONVERTERS.items():
    driver.register_converter(_column_type, base.decoder(_parse))
driver.register_converter("bool", b"1".__eq__)
driver.register_adapter(decimal.Decimal, str)
driver.register_adapter(datetime.date, datetime.date.isoformat)
driver.register_adapter(datetime.datetime, base.adapt_datetime)


class Cursor(driver.Cursor):  # type: ignore[misc]
    """Django's placeholders (`%s`, `%(name)s`) for a driver that knows `?` and `:name`."""

    def execute(self, query: str, params: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, Mapping) else None
        return super().execute(_placeholders(query, names), params)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        rest = iter(param_list)
        first = next(rest, None)
        names = list(first) if isinstance(first, Mapping) else None
        rows = rest if first is None else chain((first,), rest)
        return super().executemany(_placeholders(query, names), rows)


def _placeholders(query: str, names: list[str] | None) -> str:
    if names is None:
        return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    return query % {name: f":{name}" for name in names}


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection to the register's encrypted file."""

    display_name = "SQLCipher"
    Database = driver
    client_class = DatabaseClient
    creation_class = DatabaseCreation
    features_class = DatabaseFeatures
    transaction_mode: str | None
    init_commands: list[str]

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        key = params.pop("key", None)
        if isinstance(key, str):
            key = import_string(key)
        if not callable(key):
            raise ImproperlyConfigured("OPTIONS['key'] must be a callable or its dotted path")
        self._key: Callable[[], bytes] = key
        if self.transaction_mode is None:
            # A deferred transaction that reads first cannot be upgraded under contention.
            self.transaction_mode = "IMMEDIATE"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        params = dict(conn_params)
        connection = open_encrypted(
            params.pop("database"),
            self._key(),
            create=bool(params.pop("create", False)),
            cache_mb=params.pop("cache_mb", DEFAULT_CACHE_MB),
            **params,
        )
        register_functions(connection)
        for command in self.init_commands:
            if command.strip():
                connection.execute(command)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)
