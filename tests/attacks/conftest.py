"""Registers of their own, with two invented people in them, for commands in processes of their own."""

from __future__ import annotations

import atexit
import io
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from constancia.infra.home import Home
from constancia.infra.secrets_unlock import RootKey, unlock
from tests.attacks.forking import Forker

SOURCE = Path(__file__).parents[2] / "src"
PROGRAM = [sys.executable, "-c", "from constancia.cli.main import run; run()"]
MAPPING = """
title = "Lista de prueba"
[source]
kind = "own_archive"
label = "archivo viejo"
[dates]
order = "dmy"
[person]
scheme = "archivo"
id = ["id"]
region = "{estado}"
[[fact]]
kind = "name"
fields = { full = "{nombre}" }
[[fact]]
kind = "identity_document"
fields = { number = "{cédula}" }
[[fact]]
kind = "arrest"
when = "detención"
fields = { state = "{estado}", held_at = "{centro}" }
[[fact]]
kind = "release"
when = "salida"
fields = { release = "under_measures" }
"""
HEADER = "id,nombre,cédula,estado,centro,detención,salida\n"
ROWS = (
    "1,Ramón Plantado Peña,V-11.111.111,lara,Uribana,08/01/2026,\n"
    "2,Zoé Plantada Núñez,V-99.999.123,zulia,El Marite,09/01/2026,20/01/2026\n"
)
Done = subprocess.CompletedProcess[str]


def environment(**more: str) -> dict[str, str]:
    """What a command finds around it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CONSTANCIA_", "DATABASE_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": str(SOURCE), **more}


_forker: list[Forker] = []


def forker() -> Forker:
    """The one process of this run that commands are forked from."""
    if not _forker or not _forker[-1].usable:
        _forker.append(Forker(environment()))
        atexit.register(_forker[-1].close)
    return _forker[-1]


def constancia(home: Path, *arguments: str, **more: str) -> Done:
    """One command in a process of its own; nobody sits at its keyboard."""
    with tempfile.TemporaryDirectory() as folder:
        return forker().run(["--home", str(home), *arguments], environment(**more), Path(folder))


def code(done: Done) -> str:
    """The code of the one sentence that a refused command says."""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.partition("]")[0].removeprefix("[")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handlers of the settings write, with their own formatter."""
    written = io.StringIO()
    handlers = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    assert handlers, "the settings log to standard error"
    kept = [one.setStream(written) for one in handlers]
    yield written
    for one, stream in zip(handlers, kept, strict=True):
        one.setStream(stream)


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the mapping and the list of the two people."""
    folder = tmp_path_factory.mktemp("papeles")
    (folder / "mapa.toml").write_text(MAPPING, encoding="utf-8")
    (folder / "lista.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def _register(tmp_path_factory: pytest.TempPathFactory, papers: Path) -> Path:
    folder = tmp_path_factory.mktemp("registro")
    home, key = folder / "casa", folder / "llave.txt"
    made = constancia(home, "init", "--no-passphrase", "--key-file", str(key))
    assert made.returncode == 0, made.stderr
    arguments = (str(papers / "lista.csv"), "--mapping", str(papers / "mapa.toml"), "--yes")
    imported = constancia(home, "import", *arguments, CONSTANCIA_KEY_FILE=str(key))
    assert imported.returncode == 0, imported.stderr
    return folder


@dataclass(frozen=True)
class House:
    """A register with two people, its key file, and a way to run commands on it."""

    path: Path
    key: Path

    def run(self, *arguments: str, **more: str) -> Done:
        return constancia(self.path, *arguments, **{"CONSTANCIA_KEY_FILE": str(self.key), **more})

    def refused(self, *arguments: str, **more: str) -> tuple[int, str]:
        """Exit code and error code of a command that must be refused."""
        done = self.run(*arguments, **more)
        return done.returncode, code(done)

    def root(self) -> RootKey:
        home = Home.at(self.path)
        with mock.patch.dict(os.environ, {"CONSTANCIA_KEY_FILE": str(self.key)}):
            return unlock(home)


@pytest.fixture
def house(_register: Path, tmp_path: Path) -> House:
    """A register to be maltreated."""
    shutil.copytree(_register / "casa", tmp_path / "casa")
    return House(tmp_path / "casa", Path(shutil.copy2(_register / "llave.txt", tmp_path / "llave.txt")))


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another register, empty."""
    folder = tmp_path_factory.mktemp("otra")
    made = constancia(folder / "casa", "init", "--no-passphrase", "--key-file", str(folder / "llave.txt"))
    assert made.returncode == 0, made.stderr
    return folder / "casa"
