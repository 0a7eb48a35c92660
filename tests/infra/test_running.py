"""Whoever serves a home can be ended, with all workers, and nobody else is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from constancia.domain.errors import DeploymentRefused
from constancia.infra import running
from constancia.infra.home import Home

# A process that serves with one worker, as the site does; "deaf" ones do not listen to a polite signal.
SERVES = """
import os, signal, sys, time
from constancia.infra import running
from constancia.infra.home import Home
with running.serving(Home.at(sys.argv[1])):
    worker = os.fork()
    if sys.argv[2] == "deaf" or not worker:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        def leave(*_):
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            sys.exit(0)
        signal.signal(signal.SIGTERM, leave)
    if worker:
        print(worker, flush=True)
    while True:
        time.sleep(1)
"""


@contextmanager
def server(home: Home, manner: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVES, str(home.path), manner], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    try:
        yield process, worker
    finally:
        for pid in (process.pid, worker):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def home(new_home: Callable[..., Any]) -> Home:
    made = new_home()[0]
    assert isinstance(made, Home)
    return made


@pytest.mark.parametrize("manner", ["polite", "deaf"])
def test_the_site_and_its_workers_end_whether_they_listen_or_not(home: Home, manner: str) -> None:
    with server(home, manner) as (process, worker):
        assert running.is_served(home)
        assert running.end(home, patience=1.0 if manner == "deaf" else 20.0)
        assert not running.is_served(home)
        assert process.wait(timeout=20) == (-signal.SIGKILL if manner == "deaf" else 0)
        assert running.started(worker) is None or _is_zombie(worker)


def _is_zombie(pid: int) -> bool:
    try:
        text = (running.PROCESSES / str(pid) / "stat").read_text()
    except OSError:
        return True
    return text.rpartition(")")[2].split()[0] == "Z"


def test_a_worker_whose_site_was_killed_is_found_and_ended_too(home: Home) -> None:
    with server(home, "polite") as (process, worker):
        process.kill()
        process.wait()
        assert running.is_served(home)
        assert running.holders(home) == [worker]
        assert running.end(home, patience=1.0)
        assert not running.is_served(home)


def test_a_second_site_of_the_same_register_is_refused(home: Home) -> None:
    with running.serving(home), pytest.raises(DeploymentRefused, match="running"), running.serving(home):
        pytest.fail("served twice")
    assert not running.is_served(home)
    assert not running.end(home)


def test_a_number_that_is_another_program_s_by_now_is_left_alone(home: Home) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        home.server.write_text(json.dumps({"pid": bystander.pid, "started": 1}))
        assert not running.end(home)
        with server(home, "polite"):
            home.server.write_text(json.dumps({"pid": bystander.pid, "started": 1}))
            assert running.end(home, patience=1.0)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()
