"""A register starts from its folder and its key, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from constancia.domain.errors import DeploymentRefused
from constancia.infra import bootstrap
from constancia.infra.home import Home
from constancia.infra.secrets_unlock import RootKey
from tests.support.houses import PASSPHRASE

CODE = """
import sys
from constancia.domain.errors import ConstanciaError
from constancia.infra import bootstrap
from constancia.infra.home import Home
try:
    bootstrap.start(Home.at(sys.argv[1]), passphrase=sys.argv[2])
    {body}
except ConstanciaError as error:
    print(error.code)
"""
MIGRATE = "bootstrap.migrate(); print('migrated')"
READ = "from django.contrib.contenttypes.models import ContentType as C; print(C.objects.count() > 0)"


def _run(home: Home, body: str, passphrase: str = PASSPHRASE, **environment: str) -> str:
    told = subprocess.run(
        [sys.executable, "-c", CODE.format(body=body), str(home.path), passphrase],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def test_a_new_register_is_made_once_and_read_with_its_passphrase_alone(
    new_home: Callable[..., tuple[Home, RootKey]],
) -> None:
    home, _ = new_home()
    home.keyring.unlink()
    assert _run(home, READ) == "store.missing"
    assert not home.database.exists()
    assert _run(home, MIGRATE) == "migrated"
    assert _run(home, READ) == "True"
    assert _run(home, READ, passphrase="otra frase inventada") == "store.wrong_passphrase"
    for file in (home.database, home.keyring):
        assert not file.read_bytes().startswith(b"SQLite format 3")
        assert file.stat().st_mode & 0o777 == 0o600
    home.database.unlink()
    assert _run(home, MIGRATE) == "store.missing"
    assert not home.database.exists()


@pytest.mark.parametrize("address", ["mysql://u@h/d", "sqlite:///x.db", "nonsense", "postgres"])
def test_an_address_that_is_not_postgresql_is_refused(
    new_home: Callable[..., tuple[Home, RootKey]], address: str
) -> None:
    home, _ = new_home()
    assert _run(home, READ, DATABASE_URL=address) == "settings.database_url"


def test_one_process_serves_one_register(
    suite_home: Home, new_home: Callable[..., tuple[Home, RootKey]]
) -> None:
    assert bootstrap.start(suite_home.path) == suite_home
    other, root = new_home()
    with pytest.raises(DeploymentRefused, match=r"start\.other_home"):
        bootstrap.start(other, root)


def test_settings_load_without_a_register_but_hold_no_key(tmp_path: Path) -> None:
    code = "from constancia.web import settings as s; print(repr(s.SECRET_KEY), s.DATABASES)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "'' {}"
