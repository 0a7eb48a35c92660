"""The real settings, with a quick password hash and one application that only tests have."""

from __future__ import annotations

from constancia.infra import unlocked
from constancia.web.settings import *  # noqa: F403
from constancia.web.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.rows"]
PASSWORD_HASHERS = ["tests.support.passwords.QuickArgon2"]

if unlocked.database_url() is None:
    DATABASES["default"]["TEST"] = {"NAME": str(unlocked.home().path / "prueba.db")}
