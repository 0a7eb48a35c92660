"""Each weakness of a store is found, and a sound store has none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from constancia.domain.errors import ConstanciaError
from constancia.infra import clock, doctor, reserve
from constancia.infra.append_only import releasing
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import RootKey

pytestmark = pytest.mark.django_db


def _codes(found: Iterator[ConstanciaError]) -> list[str]:
    return [each.code for each in found]


def test_a_sound_store_has_no_findings_but_those_of_the_test_server(suite_home: Home) -> None:
    reserve.keep(suite_home)  # as the first write does, which need not have been before this test
    found = [each for each in doctor.findings(suite_home) if each.code != "doctor.core"]
    told = {each.params.get("setting") for each in found}
    # The server of the tests does not wait for the disk, and is told so.
    assert told <= {"fsync", "full_page_writes"}


def test_a_table_that_lost_its_triggers_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute(releasing(connection, "rows_row")[0])
    assert [each.params for each in doctor.guards()] == [{"table": "rows_row"}]


def test_a_server_that_may_lose_what_it_acknowledged_is_named() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a setting of the PostgreSQL server")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    assert "synchronous_commit" in {each.params["setting"] for each in doctor.server()}


def test_a_clock_that_lags_behind_is_noticed(suite_home: Home) -> None:
    assert _codes(doctor.time(suite_home)) == []
    with clock.frozen(datetime.now(UTC) - timedelta(days=365)):
        assert _codes(doctor.time(suite_home)) == ["doctor.clock"]


def test_a_keyring_of_another_register_is_noticed(
    new_home: Callable[..., tuple[Home, RootKey]], suite_home: Home
) -> None:
    other, _ = new_home()
    assert _codes(doctor.keys(suite_home)) == []
    assert _codes(doctor.keys(other)) == ["store.wrong_key"]
    other.keyring.unlink()
    assert _codes(doctor.keys(other)) == ["store.missing"]


def test_a_companion_file_that_others_can_read_is_noticed(
    new_home: Callable[..., tuple[Home, RootKey]],
) -> None:
    home, _ = new_home()
    assert _codes(doctor.companions(home)) == []
    companion = home.path / "registro.db-wal"
    companion.touch(mode=0o600)
    os.chmod(companion, 0o644)
    assert _codes(doctor.companions(home)) == ["doctor.mode"]
