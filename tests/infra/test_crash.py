"""A process killed in the middle of writing loses nothing that it had acknowledged."""

from __future__ import annotations

import random
import time

import pytest

from constancia.infra.home import Home
from constancia.infra.secrets_unlock import RootKey
from constancia.infra.sqlcipher.connection import open_encrypted
from tests.infra.test_writer import Starter, house, start
from tests.support.effort import faults

__all__ = ["house", "start"]

pytestmark = pytest.mark.faults
KILLS = faults(3, 40)


def test_row_06_what_was_acknowledged_before_kill_9_is_there_afterwards(
    start: Starter, house: tuple[Home, RootKey]
) -> None:
    home, root = house
    chance = random.Random(20260108)
    acknowledged = 0
    for _ in range(KILLS):
        writer = start("acknowledge")
        assert writer.stdout is not None
        assert int(writer.stdout.readline()) > 0
        time.sleep(chance.uniform(0.05, 0.5))
        writer.kill()
        told = writer.stdout.read().split("\n")
        acknowledged = max([acknowledged, *(int(line) for line in told[:-1] if line)])
        writer.wait()
        opened = open_encrypted(home.database, root.derive("db/1"))
        numbers = [row[0] for row in opened.execute("SELECT seq FROM rows_row ORDER BY seq")]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= acknowledged
        pairs = opened.execute("SELECT count(*) FROM rows_loose WHERE words LIKE 'pair%'").fetchone()[0]
        assert pairs == len(numbers)
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert opened.execute("PRAGMA cipher_integrity_check").fetchall() == []
        opened.close()
    assert acknowledged > KILLS


def test_the_control_a_row_that_was_not_committed_is_gone(house: tuple[Home, RootKey]) -> None:
    """Without this one could not tell a durable store from one that keeps everything anyhow."""
    home, root = house
    opened = open_encrypted(home.database, root.derive("db/1"), isolation_level=None)
    opened.execute("BEGIN IMMEDIATE")
    opened.execute("INSERT INTO rows_row VALUES (1, 'never committed')")
    opened.close()
    with pytest.raises(AssertionError):
        assert open_encrypted(home.database, root.derive("db/1")).execute(
            "SELECT count(*) FROM rows_row"
        ).fetchone() == (1,)
