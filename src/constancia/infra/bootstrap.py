"""From a folder and a key to a running application: the one way that every interface starts."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from zoneinfo import ZoneInfo

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation
from django.utils.module_loading import import_string

from constancia.domain.errors import DeploymentRefused, StoreRefused
from constancia.infra import keystore, premises, reserve, succession, unlocked
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing
from constancia.infra.secrets_unlock import RootKey, unlock
from constancia.infra.sqlcipher.connection import open_encrypted
from constancia.infra.writer import before_writing, unasked, watch

DATABASE_VARIABLE = "DATABASE_URL"
SETTINGS_MODULE = "constancia.web.settings"
FOLLOW = "constancia.apps.upkeep.following.follow"
"""What lets the register's rows follow a new root, where an exchange was interrupted before they had."""


def start(
    home: Home | Path,
    root: RootKey | None = None,
    *,
    passphrase: str | None = None,
    database_url: str | None = None,
) -> Home:
    """Unlock this process for `home` and load the applications. A second call for the same home is free.

    `root` skips unlocking (a register just created); `database_url` (or DATABASE_URL) puts the register
    in PostgreSQL. Raises what `premises.check` and `secrets_unlock.unlock` raise, and DeploymentRefused
    `start.other_home` where this process already serves another register.
    """
    home = home if isinstance(home, Home) else Home.at(home)
    if settings.configured and unlocked.is_unlocked():
        if unlocked.home().path != home.path:
            raise DeploymentRefused("start.other_home")
        return home
    # A core dump would hold the keys.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    premises.check(home)
    url = database_url or os.environ.get(DATABASE_VARIABLE) or None
    unlocked.set_root(succession.settle(home, root or unlock(home, passphrase)), home, url)
    before_writing("constancia.infra.unlocked.refuse_to_write")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)
    django.setup()
    watch(app.label for app in apps.get_app_configs() if _keeps_the_register(app.name))
    if keystore.read(home).following:
        import_string(FOLLOW)()
    return home


def _keeps_the_register(name: str) -> bool:
    """Accounts are not among them: getting in and shutting out must work in a register that is only read."""
    return name.startswith("constancia.apps.") and name != "constancia.apps.accounts"


def migrate() -> None:
    """Bring the unlocked register's tables up to date; the very first time, make its files.

    Raises StoreRefused `store.missing` where a register was and its database is gone,
    `store.keyring_gone` where its keyring is.
    """
    home = unlocked.home()
    if not home.keyring.exists():
        if _holds_anything(home):
            # A new ring would hide that the old one is gone, and seal new facts apart from the old ones.
            raise StoreRefused("store.keyring_gone", file=home.keyring.name)
        KeyRing.create(home.keyring, unlocked.keyring_key()).close()
        if unlocked.database_url() is None and not home.database.exists():
            open_encrypted(home.database, unlocked.database_key(), create=True).close()
    if unlocked.database_url() is None and not home.database.exists():
        raise StoreRefused("store.missing", file=home.database.name)
    with unasked():
        call_command("migrate", verbosity=0, interactive=False)
    reserve.keep(home)


def migrations_waiting() -> int:
    """How many changes of the tables this version brings that the unlocked register does not have yet."""
    plan = MigrationExecutor(connection)
    return len(plan.migration_plan(plan.loader.graph.leaf_nodes()))


def _holds_anything(home: Home) -> bool:
    if unlocked.database_url() is None:
        return home.database.exists()
    return bool(connection.introspection.table_names())


def zone() -> ZoneInfo:
    """The organisation's zone: it decides what "that day" means."""
    return ZoneInfo(settings.CONSTANCIA_ZONE)


def speak(language: str) -> None:
    """The interface language ("es" or "en") of this process, for commands."""
    translation.activate(language)
