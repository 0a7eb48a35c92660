"""The settings of a public site and of a single laptop, each loaded in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from constancia.infra.home import Home
from constancia.infra.secrets_unlock import RootKey
from tests.support.houses import PASSPHRASE

CODE = """
import json, sys
from constancia.infra import bootstrap
from constancia.infra.home import Home
bootstrap.start(Home.at(sys.argv[1]), passphrase=sys.argv[2])
from django.conf import settings
from django.core.management import call_command
if sys.argv[3]:
    call_command(*json.loads(sys.argv[3]))
names = [name for name in dir(settings) if name.isupper()]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""


@pytest.fixture
def loaded(new_home: Callable[..., tuple[Home, RootKey]]) -> Callable[..., dict[str, Any]]:
    home, _ = new_home(zone="America/Bogota", language="en")

    def load(*command: str, **environment: str) -> dict[str, Any]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("CONSTANCIA_")}
        told = subprocess.run(
            [sys.executable, "-c", CODE, str(home.path), PASSPHRASE, json.dumps(command) if command else ""],
            env=clean | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        found = json.loads(told.stdout.splitlines()[-1])
        assert isinstance(found, dict)
        return found

    return load


def test_django_finds_nothing_to_warn_of_in_a_public_deployment(
    loaded: Callable[..., dict[str, Any]],
) -> None:
    loaded("check", "--deploy", "--fail-level", "WARNING", CONSTANCIA_HOSTS="registro.example")


def test_a_public_site_insists_on_https_and_its_own_names(loaded: Callable[..., dict[str, Any]]) -> None:
    found = loaded(CONSTANCIA_HOSTS="registro.example, otro.example")
    assert found["ALLOWED_HOSTS"] == ["registro.example", "otro.example"]
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert found[f"{name}_COOKIE_NAME"].startswith("__Host-")
        assert found[f"{name}_COOKIE_SECURE"] is True
        assert found[f"{name}_COOKIE_HTTPONLY"] is True
    assert "SECURE_PROXY_SSL_HEADER" not in found or found["SECURE_PROXY_SSL_HEADER"] is None


def test_without_names_the_site_answers_to_this_machine_alone(loaded: Callable[..., dict[str, Any]]) -> None:
    found = loaded()
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["SECURE_SSL_REDIRECT"] is False


def test_no_key_stands_in_the_database_settings_and_debugging_is_off(
    loaded: Callable[..., dict[str, Any]],
) -> None:
    found = loaded()
    assert found["DATABASES"]["default"]["OPTIONS"]["key"] == "constancia.infra.unlocked.database_key"
    assert found["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["DEBUG"] is False
    assert found["FILE_UPLOAD_HANDLERS"] == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_the_home_decides_zone_and_language(loaded: Callable[..., dict[str, Any]]) -> None:
    found = loaded()
    assert (found["CONSTANCIA_ZONE"], found["LANGUAGE_CODE"]) == ("America/Bogota", "en")
    assert (found["TIME_ZONE"], found["USE_TZ"]) == ("UTC", True)


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
