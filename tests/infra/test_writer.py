"""Writers go one at a time, in order of arrival, and none waits for a dead one."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction

from constancia.domain.errors import StoreRefused
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import RootKey
from constancia.infra.sqlcipher.connection import open_encrypted
from constancia.infra.writer import WriterQueue, writing
from tests.support.rows.models import Loose, Row

Starter = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def house(new_home: Callable[..., tuple[Home, RootKey]]) -> tuple[Home, RootKey]:
    """A home whose register has the two tables of the tests, and a counter at zero."""
    home, root = new_home()
    made = open_encrypted(home.database, root.derive("db/1"), create=True, isolation_level=None)
    for table in ("row", "loose"):
        made.execute(f"CREATE TABLE rows_{table}(seq INTEGER NOT NULL, words TEXT NOT NULL UNIQUE)")
    made.execute("INSERT INTO rows_loose VALUES (0, 'counter')")
    made.close()
    return home, root


@pytest.fixture
def start(house: tuple[Home, RootKey]) -> Iterator[Starter]:
    """Starts `tests.support.writers` on the house; kills what is left at the end."""
    begun: list[subprocess.Popen[str]] = []

    def starter(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.support.writers", str(house[0].path), *arguments]
        begun.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return begun[-1]

    yield starter
    for process in begun:
        process.kill()
        process.wait()


def _crowd(start: Starter, mode: str) -> list[tuple[int, int]]:
    processes = [start(mode, "1.5") for _ in range(3)]
    results = []
    for process in processes:
        told, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        done, failed = told.split()
        results.append((int(done), int(failed)))
    return results


def _counter(house: tuple[Home, RootKey]) -> int:
    home, root = house
    opened = open_encrypted(home.database, root.derive("db/1"))
    return int(opened.execute("SELECT seq FROM rows_loose WHERE words = 'counter'").fetchone()[0])


@pytest.mark.faults
def test_three_processes_without_the_queue_meet_a_locked_database(start: Starter) -> None:
    assert sum(failed for _, failed in _crowd(start, "unruly")) > 0


@pytest.mark.faults
def test_three_processes_in_the_queue_never_do_and_none_starves(
    start: Starter, house: tuple[Home, RootKey]
) -> None:
    results = _crowd(start, "crowd")
    done = [each for each, _ in results]
    assert [failed for _, failed in results] == [0, 0, 0]
    assert sum(done) == _counter(house)
    assert min(done) > max(done) / 20  # without a queue one does thousands and the others one or two


def _until_drawn(lock: Path, before: bytes, process: subprocess.Popen[str]) -> None:
    """Waits until `process` has drawn its number; fails should it end instead."""
    while lock.read_bytes() == before:
        assert process.poll() is None
        time.sleep(0.01)


def test_turns_come_in_order_of_arrival(start: Starter, house: tuple[Home, RootKey], tmp_path: Path) -> None:
    log, names = tmp_path / "log", ["a", "b", "c", "d"]
    with WriterQueue(house[0].lock).turn():
        waiting = []
        for name in names:
            drawn = house[0].lock.read_bytes()
            waiting.append(start("member", name, str(log)))
            _until_drawn(house[0].lock, drawn, waiting[-1])
        assert not log.exists()
    for process in waiting:
        assert process.wait(timeout=20) == 0
    assert log.read_text().split() == names


@pytest.mark.parametrize("dying", ["first in line", "in the middle"])
def test_nobody_waits_for_a_killed_writer(
    start: Starter, house: tuple[Home, RootKey], tmp_path: Path, dying: str
) -> None:
    log = tmp_path / "log"
    with WriterQueue(house[0].lock).turn():
        waiting = []
        for name in ("a", "b", "c"):
            drawn = house[0].lock.read_bytes()
            waiting.append(start("member", name, str(log)))
            _until_drawn(house[0].lock, drawn, waiting[-1])
        waiting[0 if dying == "first in line" else 1].kill()
        time.sleep(0.1)
        assert not log.exists()
    for process in waiting:
        process.wait(timeout=20)
    assert log.read_text().split() == (["b", "c"] if dying == "first in line" else ["a", "c"])


def test_threads_of_one_process_queue_too(tmp_path: Path) -> None:
    queue, inside, most = WriterQueue(tmp_path / "lock"), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(20):
            with queue.turn():
                inside += 1
                most = max(most, inside)
                time.sleep(0.0005)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


def test_patience_ends_in_a_sentence(tmp_path: Path) -> None:
    queue = WriterQueue(tmp_path / "lock")
    with queue.turn(), pytest.raises(StoreRefused) as caught, queue.turn(patience=0.1):
        pass
    assert caught.value.code == "store.busy"
    with queue.turn(patience=0.1):
        pass


@pytest.mark.django_db(transaction=True)
def test_all_of_a_writing_block_is_kept_or_nothing() -> None:
    with writing():
        Row.objects.create(seq=1, words="kept")
        with writing():
            Loose.objects.create(seq=1, words="kept")
    with pytest.raises(RuntimeError), writing():
        Row.objects.create(seq=2, words="lost")
        raise RuntimeError
    assert [row.words for row in Row.objects.all()] == ["kept"]
    assert Loose.objects.count() == 1
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_an_inner_block_that_fails_does_not_take_the_outer_one_along() -> None:
    with writing():
        Row.objects.create(seq=1, words="kept")
        with pytest.raises(RuntimeError), writing():
            Row.objects.create(seq=2, words="lost")
            raise RuntimeError
    assert [row.seq for row in Row.objects.all()] == [1]


@pytest.mark.django_db(transaction=True)
def test_a_second_writer_waits_and_in_the_end_is_told_so() -> None:
    entered, leave = threading.Event(), threading.Event()
    told: list[Any] = []

    def hold() -> None:
        try:
            with writing():
                Row.objects.create(seq=1, words="first")
                entered.set()
                leave.wait(10)
        finally:
            connections.close_all()

    def follow() -> None:
        try:
            with writing(patience=10):
                told.append(Row.objects.count())
        finally:
            connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert entered.wait(10)
    with pytest.raises(StoreRefused, match=r"store\.busy"), writing(patience=0.2):
        pytest.fail("two writers at once")
    assert not connection.in_atomic_block
    assert Row.objects.count() == 0
    follower = threading.Thread(target=follow)
    follower.start()
    leave.set()
    holder.join()
    follower.join()
    assert told == [1]
    with transaction.atomic():
        assert Row.objects.count() == 1
