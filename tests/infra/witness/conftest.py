"""A witness of its own for each test, and an invented log that it watches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from constancia.infra.witness import folder
from constancia.infra.witness.answering import add_checkpoint
from constancia.infra.witness.app import application
from constancia.infra.witness.client import Witness
from constancia.infra.witness.keys import Signer
from constancia.infra.witness.rules import Answer
from constancia.infra.witness.store import Store
from tests.support.logs import Log, served

TIME = 1_780_000_000


@dataclass(frozen=True)
class Running:
    """A witness that watches `log`."""

    path: Path
    signer: Signer
    store: Store
    log: Log

    def add(self, body: bytes, time: int = TIME) -> Answer:
        return add_checkpoint(self.store, self.signer, body, time)

    def grown(self, *sizes: int) -> Running:
        """After having cosigned these sizes, one after the other."""
        before = 0
        for size in sizes:
            assert self.add(self.log.request(before, size)).status == 200
            before = size
        return self


@pytest.fixture(scope="session")
def log() -> Log:
    return Log()


@pytest.fixture(scope="session")
def forked() -> Log:
    """The same log after entry 8 told differently, under the same key."""
    return Log(fork=8)


@pytest.fixture
def witness(tmp_path: Path, log: Log) -> Running:
    path = tmp_path / "testigo"
    folder.create(path, "testigo.ejemplo.org/w1")
    signer, store = folder.opened(path)
    store.add_log(log.key)
    return Running(path, signer, store, log)


@pytest.fixture
def asked(witness: Running) -> Iterator[Witness]:
    """The same witness as its clients know it: over HTTP."""
    with served(application(witness.store, witness.signer)) as address:
        yield Witness(witness.signer.key, address)
