"""Django over the encrypted file: types, transactions, doors that stay shut."""

from __future__ import annotations

import datetime
import decimal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, connection, transaction

from constancia.domain.errors import StoreRefused
from constancia.infra.sqlcipher.base import DatabaseWrapper
from constancia.infra.sqlcipher.connection import open_encrypted

KEY = bytes(range(32))


def _wrapper(path: Path, **options: Any) -> DatabaseWrapper:
    settings = {
        **connection.settings_dict,
        "ENGINE": "constancia.infra.sqlcipher",
        "NAME": str(path),
        "OPTIONS": {"key": lambda: KEY} | options,
        "TIME_ZONE": None,
        "CONN_MAX_AGE": None,
        "AUTOCOMMIT": True,
    }
    return DatabaseWrapper(settings, "aside")


@pytest.fixture(autouse=True)
def _files_of_our_own(django_db_blocker: Any) -> Iterator[None]:
    """These tests open files in their own folder, not the test database."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    open_encrypted(tmp_path / "r.db", KEY, create=True).close()
    wrapper = _wrapper(tmp_path / "r.db")
    yield wrapper
    wrapper.close()


def test_placeholders_of_all_kinds_reach_the_driver(opened: DatabaseWrapper) -> None:
    with opened.cursor() as cursor:
        cursor.execute("CREATE TABLE t(a, b)")
        cursor.execute("INSERT INTO t VALUES (%s, %s)", [1, "100%"])
        cursor.execute("INSERT INTO t VALUES (%(a)s, %(b)s)", {"a": 2, "b": "dos"})
        cursor.executemany("INSERT INTO t VALUES (%s, %s)", iter([(3, "tres"), (4, "cuatro")]))
        cursor.executemany("INSERT INTO t VALUES (%(a)s, %(b)s)", [{"a": 5, "b": "cinco"}])
        cursor.executemany("INSERT INTO t VALUES (%s, %s)", [])
        cursor.execute("SELECT a FROM t WHERE b LIKE '%%s' OR b = %s", ["100%"])
        assert cursor.fetchall() == [(1,), (2,), (3,)]
        cursor.execute("SELECT count(*) FROM t")
        assert cursor.fetchone() == (5,)


def test_dates_instants_and_decimals_come_back_as_what_they_were(opened: DatabaseWrapper) -> None:
    given = (
        datetime.date(2026, 1, 8),
        datetime.datetime(2026, 1, 8, 12, 30),
        decimal.Decimal("12.3400"),
        True,
    )
    with opened.cursor() as cursor:
        cursor.execute("CREATE TABLE t(d date, i datetime, n text, b bool)")
        cursor.execute("INSERT INTO t VALUES (%s, %s, %s, %s)", given)
        cursor.execute("SELECT * FROM t")
        assert cursor.fetchone() == (given[0], given[1], "12.3400", True)


def test_a_transaction_takes_the_write_lock_when_it_begins(opened: DatabaseWrapper, tmp_path: Path) -> None:
    assert opened.get_connection_params() is not None
    assert opened.transaction_mode == "IMMEDIATE"


def test_a_wrong_key_is_our_own_refusal(opened: DatabaseWrapper, tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match=r"store\.wrong_key"):
        _wrapper(tmp_path / "r.db", key=lambda: bytes(32)).ensure_connection()


def test_a_file_is_never_made_by_connecting(tmp_path: Path) -> None:
    with pytest.raises(StoreRefused, match=r"store\.missing"):
        _wrapper(tmp_path / "other.db").ensure_connection()
    assert list(tmp_path.iterdir()) == []


def test_a_key_in_the_settings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured):
        _wrapper(tmp_path / "r.db", key=KEY).get_connection_params()


def test_a_key_may_be_named_by_its_path(tmp_path: Path) -> None:
    wrapper = _wrapper(tmp_path / "r.db", key="constancia.infra.unlocked.database_key", create=True)
    wrapper.ensure_connection()
    wrapper.close()


def test_there_is_no_database_shell(opened: DatabaseWrapper) -> None:
    with pytest.raises(StoreRefused, match=r"store\.no_shell"):
        opened.client.runshell([])
    with pytest.raises(StoreRefused, match=r"store\.no_shell"):
        opened.client.settings_to_cmd_args_env(opened.settings_dict, [])


@pytest.mark.django_db
def test_the_suite_runs_on_the_engine_it_says(engine: str, suite_home: Any) -> None:
    with connection.cursor() as cursor:
        if engine == "sqlcipher":
            cursor.execute("PRAGMA cipher_version")
            assert cursor.fetchone()
            assert not Path(connection.settings_dict["NAME"]).read_bytes().startswith(b"SQLite format 3")
        else:
            cursor.execute("SHOW server_version_num")
            assert int(cursor.fetchone()[0]) >= 160000
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)


@pytest.mark.django_db
def test_an_error_inside_a_savepoint_leaves_the_rest_standing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO rows_loose VALUES (1, 'one')")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("INSERT INTO rows_loose VALUES (1, 'again')")
        cursor.execute("SELECT count(*) FROM rows_loose")
        assert cursor.fetchone() == (1,)
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("SELECT nothing FROM nowhere")


def test_loading_the_backend_does_not_touch_the_standard_library() -> None:
    """Registering converters on the wrong module would leave dates as text, or change other programs."""
    code = (
        "import sqlite3; before = dict(sqlite3.converters);"
        "import constancia.infra.sqlcipher.base;"
        "from django.db.backends.sqlite3 import base;"
        "print(set(sqlite3.converters) - set(before) <= {'BOOL', 'TIME', 'DATE', 'DATETIME', 'TIMESTAMP'})"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "True"
