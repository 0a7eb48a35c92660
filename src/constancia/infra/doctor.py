"""What can be wrong with the store of a deployment that works: each finding is an error with its remedy.

The interfaces show them; nothing here changes anything. What stops the store from opening at all is
refused where it is opened (`sqlcipher.connection`, `secrets_unlock`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from constancia.domain.errors import ConstanciaError, DeploymentRefused
from constancia.infra import clock, reserve, unlocked
from constancia.infra.append_only import unprotected_tables
from constancia.infra.files import open_to_others
from constancia.infra.home import Home
from constancia.infra.keyring import KeyRing

# Of a server that may lose what it has acknowledged, or write over a torn page unaware.
POSTGRESQL_SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "data_sync_retry": "off",
}
LARGEST_DRIFT = timedelta(seconds=30)


def findings(home: Home) -> Iterator[ConstanciaError]:
    """Everything below, for the unlocked register in `home`."""
    yield from companions(home)
    yield from keys(home)
    yield from guards()
    if connection.vendor == "postgresql":
        yield from server()
    yield from time(home)
    yield from room(home)


def companions(home: Home) -> Iterator[ConstanciaError]:
    """The files that the engine keeps beside the database, and each evidence folder, are private too."""
    beside = [path for path in home.path.iterdir() if path.suffix != ".lock"]
    folders = [path for path in home.evidence.iterdir() if path.is_dir()] if home.evidence.is_dir() else []
    for path in sorted(beside + folders):
        if path.name.endswith(("-wal", "-shm")) or path in (home.sessions, *folders):
            mode = open_to_others(path)
            if mode is not None:
                yield DeploymentRefused("doctor.mode", file=path.name, mode=mode)


def keys(home: Home) -> Iterator[ConstanciaError]:
    """The keyring opens with this register's key."""
    ring = KeyRing(home.keyring, unlocked.keyring_key())
    try:
        ring.count()
    except ConstanciaError as refusal:
        yield refusal
    finally:
        ring.close()


def guards() -> Iterator[ConstanciaError]:
    """The triggers that keep rows from being changed are all there."""
    for table in unprotected_tables():
        yield DeploymentRefused("doctor.triggers", table=table)


def server() -> Iterator[ConstanciaError]:
    """The PostgreSQL server keeps what it acknowledges."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name",
            [list(POSTGRESQL_SETTINGS)],
        )
        for name, found in cursor.fetchall():
            if found != POSTGRESQL_SETTINGS[name]:
                yield DeploymentRefused(
                    "doctor.postgresql_setting", setting=name, found=found, wanted=POSTGRESQL_SETTINGS[name]
                )


def time(home: Home) -> Iterator[ConstanciaError]:
    """This machine's clock agrees with the database server's, or does not lag behind its own last write."""
    now = clock.now()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            drift = abs(cursor.fetchone()[0] - now)
    else:
        drift = datetime.fromtimestamp(home.keystore.stat().st_mtime, UTC) - now
        if home.database.exists():
            drift = max(drift, datetime.fromtimestamp(home.database.stat().st_mtime, UTC) - now)
    if drift > LARGEST_DRIFT:
        yield DeploymentRefused("doctor.clock", seconds=int(drift.total_seconds()))


def room(home: Home) -> Iterator[ConstanciaError]:
    """There is a reserve for the day the disk is full."""
    lacking = reserve.missing(home)
    if lacking is not None:
        yield lacking
