"""Room kept for the day the disk is full: there, given up once, and made again."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from constancia.infra import reserve
from constancia.infra.home import Home

FULL = OSError(errno.ENOSPC, "x")


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def home(new_home: Callable[..., Any]) -> Home:
    found: Home = new_home()[0]
    return found


def test_it_takes_its_room_and_is_its_owners_alone(home: Home) -> None:
    assert reserve.missing(home)
    assert reserve.keep(home)
    found = home.reserve.stat()
    assert (found.st_size, found.st_mode & 0o777) == (reserve.SIZE, 0o600)
    assert found.st_blocks * 512 >= reserve.SIZE
    assert reserve.missing(home) is None


def test_it_is_given_up_once(home: Home) -> None:
    reserve.keep(home)
    assert reserve.release(home)
    assert not reserve.release(home)
    assert reserve.missing(home)


def test_it_is_not_what_fills_the_disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, reserve.PLENTY - 1))
    assert not reserve.keep(home)
    assert not home.reserve.exists()


@pytest.mark.parametrize("at", [0, 5])
def test_a_disk_that_fills_meanwhile_is_left_without_a_half_of_it(
    home: Home, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    real, written = os.write, []

    def write(descriptor: int, data: bytes) -> int:
        written.append(data)
        if len(written) > at:
            raise FULL
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", write)
    assert not reserve.keep(home)
    assert not home.reserve.exists()


def test_a_full_disk_is_told_with_one_more_try_and_then_without(
    suite_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve.keep(suite_home)
    told = [reserve.eased(FULL) for _ in range(2)]
    assert [one.code for one in told if one] == ["store.full_once", "store.full"]
    assert reserve.eased(OSError(errno.EIO, "x")) is not None
    assert reserve.keep(suite_home)


def test_the_full_disk_of_a_database_server_is_not_ours_to_ease(suite_home: Home) -> None:
    class Full(Exception):
        sqlstate = "53100"

    reserve.keep(suite_home)
    told = reserve.eased(Full())
    assert told is not None
    assert told.code == "store.full"
    assert suite_home.reserve.exists()
