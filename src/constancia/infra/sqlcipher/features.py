"""What this driver can do, where Django would ask the standard library's SQLite instead."""

from __future__ import annotations

from django.db.backends.sqlite3 import features
from sqlcipher3 import dbapi2 as driver


class DatabaseFeatures(features.DatabaseFeatures):
    """Features of the SQLite inside the driver's own wheel."""

    can_alter_table_drop_column = driver.sqlite_version_info >= (3, 35, 5)
    can_return_columns_from_insert = driver.sqlite_version_info >= (3, 35)
    can_return_rows_from_bulk_insert = can_return_columns_from_insert
    test_db_allows_multiple_connections = True
    # The wheel allows 250,000 variables in one statement; a tenth of it keeps memory and parsing low.
    max_query_params = 25_000
