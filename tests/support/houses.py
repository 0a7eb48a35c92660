"""Homes for tests: real ones, with an Argon2id so cheap that nobody should use it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from constancia.infra import bootstrap, unlocked
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.secrets_unlock import Cost, RootKey, create_secret

PASSPHRASE = "una frase de paso inventada"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)

_suite: list[Home] = []


def new_home(path: Path, **options: Any) -> tuple[Home, RootKey]:
    """A home at `path` that `PASSPHRASE` opens, with an empty keyring. `options` go to Home.create."""
    home = Home.create(path, **options)
    root = create_secret(home, PASSPHRASE, cost=CHEAP)
    KeyRing.create(home.keyring, root.derive("keyring/1")).close()
    return home, root


def open_suite_home(config: pytest.Config, engine: str) -> None:
    """Unlock this process for a home in a temporary folder that goes away with the run."""
    folder = Path(tempfile.mkdtemp(prefix="constancia-suite-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    home, root = new_home(folder / "casa", organisation="Organización de prueba")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.support.settings"
    url = os.environ["CONSTANCIA_TEST_DATABASE_URL"] if engine == "postgresql" else None
    os.environ.pop("DATABASE_URL", None)
    unlocked.lock()
    bootstrap.start(home, root, database_url=url)
    _suite[:] = [home]


def suite_home() -> Home:
    return _suite[0]
