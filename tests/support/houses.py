"""Homes for tests: real ones, with an Argon2id so cheap that nobody should use it."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from constancia.infra import bootstrap
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.keystore import Cost
from constancia.infra.secrets_unlock import RootKey, create_secret
from tests.support import engines

PASSPHRASE = "una frase de paso inventada"
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)

_suite: list[Home] = []


def new_home(path: Path, **options: Any) -> tuple[Home, RootKey]:
    """A home at `path` that `PASSPHRASE` opens, with an empty keyring. `options` go to Home.create."""
    home = Home.create(path, **options)
    root = create_secret(home, PASSPHRASE, cost=CHEAP)
    KeyRing.create(home.keyring, root.derive("keyring/1")).close()
    return home, root


def open_suite_home(engine: str) -> None:
    """Unlock this process for a home in a temporary folder that goes away with it, on `engine`."""
    # Workers that a run starts are told the engine this way.
    os.environ[engines.PASSED_ON] = engine
    folder = Path(tempfile.mkdtemp(prefix="constancia-suite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home, root = new_home(folder / "casa", organisation="Organización de prueba")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.support.settings"
    for variable in ("DATABASE_URL", "CONSTANCIA_HOME", "CONSTANCIA_HOSTS", "CONSTANCIA_PASSPHRASE"):
        os.environ.pop(variable, None)
    bootstrap.start(
        home, root, database_url=engines.postgresql_address() if engine == engines.POSTGRESQL else None
    )
    # Processes that tests start load their own settings, or none.
    del os.environ["DJANGO_SETTINGS_MODULE"]
    _suite[:] = [home]


def suite_home() -> Home:
    return _suite[0]
