"""Fixtures of the test database. Loaded once the applications are: models cannot be imported before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.db import connections

from constancia.apps.erasure.emptied import TABLES as EMPTIED
from constancia.apps.figures.process import forget
from constancia.apps.register import likeness
from constancia.infra import loaded, trail
from constancia.infra.append_only import append_only_tables, protecting, releasing
from constancia.infra.emptying import allowing, columns_of
from tests.support import houses, seals

SEARCH = "register_search"
"""The search index: no model's table, and so nobody else empties it."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Let transactional tests empty append-only tables: their triggers come off for that one moment."""
    operations = type(connections["default"].ops)
    flush = operations.execute_sql_flush

    def without_triggers(self: Any, sql_list: Iterable[str]) -> None:
        present = set(self.connection.introspection.table_names())
        tables = [table for table in append_only_tables() if table in present]
        for table in tables:
            _run(self.connection, releasing(self.connection, table))
        flush(self, sql_list)
        if SEARCH in present:
            _run(self.connection, [f"DELETE FROM {SEARCH}"])
        for table in tables:
            _run(self.connection, protecting(self.connection, table))
        for one in EMPTIED:
            if one.table in present:
                every = columns_of(one.table, apps.get_models())
                _run(self.connection, allowing(self.connection, one, every))

    with mock.patch.object(operations, "execute_sql_flush", without_triggers):
        yield


def _run(connection: Any, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def _seals_go() -> Iterator[None]:
    """A test's seals are rolled back: the published checkpoint must not outlive them."""
    yield
    seals.clear()


@pytest.fixture(autouse=True)
def _figures_forget() -> Iterator[None]:
    """A test's rows are rolled back: what is kept in memory must not outlive them."""
    yield
    forget()
    likeness.forget()


@pytest.fixture(autouse=True)
def _regions_close() -> Iterator[None]:
    """A test's keys are rolled back: what is open in memory must not open another test's."""
    yield
    loaded.drop_all()


@pytest.fixture(scope="session", autouse=True)
def _cheap_holders() -> None:
    """Passphrases of regions are stretched as little as those of test homes."""
    import_module("constancia.apps.regions.services.holding").COST = houses.CHEAP


@pytest.fixture(autouse=True)
def _trail_goes() -> Iterator[None]:
    """What a test noted must not outlive its rows: a later seal would enter it into the ledger."""
    yield
    trail.close()
    path = houses.suite_home().trail
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _patient_with_other_workers() -> None:
    """On PostgreSQL another worker's test is one long transaction on the same server; it keeps rows alive."""
    destroying = import_module("constancia.apps.erasure.services.destroying")
    destroying.TRIES = 1000
