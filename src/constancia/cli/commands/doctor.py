"""`constancia doctor`: what is wrong with a deployment, and how to mend it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from constancia.cli import output, unlocking, words
from constancia.cli.late import late
from constancia.cli.session import Session
from constancia.cli.words import later, say
from constancia.domain.catalogue import explain
from constancia.domain.errors import ConstanciaError, DeploymentRefused, StoreRefused
from constancia.infra import clock

if TYPE_CHECKING:
    from django import db

    from constancia.apps.accounts import queries as people
    from constancia.apps.keeping import queries as keeping
    from constancia.apps.register import barring, maintenance, timing
    from constancia.infra import bootstrap, files, modes, premises, secrets_unlock, whereabouts
    from constancia.infra import doctor as stores
    from constancia.infra import home as homes
else:
    db = late("django.db")
    people = late("constancia.apps.accounts.queries")
    keeping = late("constancia.apps.keeping.queries")
    barring = late("constancia.apps.register.barring")
    maintenance = late("constancia.apps.register.maintenance")
    timing = late("constancia.apps.register.timing")
    bootstrap = late("constancia.infra.bootstrap")
    files = late("constancia.infra.files")
    modes = late("constancia.infra.modes")
    whereabouts = late("constancia.infra.whereabouts")
    premises = late("constancia.infra.premises")
    secrets_unlock = late("constancia.infra.secrets_unlock")
    stores = late("constancia.infra.doctor")
    homes = late("constancia.infra.home")

LEAST_FREE = 1024**3
LEAST_POSTGRESQL = 160000
LOCAL = ("", "localhost", "127.0.0.1", "::1")


def doctor(context: typer.Context) -> None:
    session = Session.of(context)
    checked: list[str] = []
    found: list[ConstanciaError] = []
    mode: dict[str, str | None] = {}
    try:
        home = session.home()
        mode = mode_of(home)
        for check in CHECKS:
            checked.append(check.__name__)
            found += check(home)
    except ConstanciaError as problem:
        # What stops a command also stops the checks after it: it is the finding to mend first.
        found.append(problem)
    says = [{"code": one.code, "says": explain(one, words.language())} for one in found]
    if not session.show({"healthy": not found, "checked": checked, "findings": says, "mode": mode}):
        if mode and mode["mode"] != "normal":
            output.sentence(
                say("Modo: {mode}, desde {since}. {reason}")
                .format(mode=mode["mode"], since=mode["since"] or "?", reason=mode["reason"])
                .rstrip()
            )
        for one in says:
            output.sentence(f"[{one['code']}] {one['says']}")
        if not found:
            output.sentence(say("Nada que arreglar. Lo derivado se comprueba aparte, con «constancia fsck»."))
    if found:
        raise DeploymentRefused("doctor.found", count=len(found))


def mode_of(home: homes.Home) -> dict[str, str | None]:
    """How the register stands open: mode, since when (UTC), and the reason of whoever changed it."""
    state = modes.state(home)
    since = state.since.isoformat() if state.since else None
    return {"mode": state.mode.value, "since": since, "reason": state.reason}


def folder(home: homes.Home) -> Iterator[ConstanciaError]:
    """The folder and its files are their owner's alone, and the disk has room."""
    for path in (home.path, home.keystore, home.keyring, home.database, home.settings_file, home.evidence):
        mode = files.open_to_others(path) if path.exists() else None
        if mode is not None:
            yield DeploymentRefused("doctor.mode", file=path.name, mode=mode)
    if shutil.disk_usage(home.path).free < LEAST_FREE:
        yield DeploymentRefused("doctor.disk", least_mb=LEAST_FREE // 1024**2)
    if not home.settings.organisation and not home.settings.demonstration:
        yield DeploymentRefused("doctor.organisation")


def key(home: homes.Home) -> Iterator[ConstanciaError]:
    """The key is not kept beside what it opens, and opens it."""
    if home.keyfile.exists() and not home.settings.demonstration:
        yield DeploymentRefused("doctor.key_beside", file=home.keyfile.name)
    named = os.environ.get(secrets_unlock.KEY_FILE_VARIABLE)
    if named and Path(named).resolve().is_relative_to(home.path.resolve()):
        yield DeploymentRefused("doctor.key_beside", file=Path(named).name)
    bootstrap.start(home, secrets_unlock.unlock(home, ask=unlocking.ask))


def database(_home: homes.Home) -> Iterator[ConstanciaError]:
    """The database answers, is recent enough, encrypted on its way, and has the tables of this version."""
    connection = db.connection
    try:
        connection.ensure_connection()
    except db.Error:
        raise DeploymentRefused("doctor.unreachable") from None
    if connection.vendor == "postgresql":
        version = int(getattr(connection, "pg_version", LEAST_POSTGRESQL))
        if version < LEAST_POSTGRESQL:
            yield DeploymentRefused(
                "doctor.postgresql", found=version // 10000, least=LEAST_POSTGRESQL // 10000
            )
        host = str(connection.settings_dict.get("HOST", ""))
        options = connection.settings_dict.get("OPTIONS", {})
        if host not in LOCAL and not host.startswith("/") and options.get("sslmode") != "verify-full":
            yield DeploymentRefused("doctor.postgresql_tls")
    waiting = bootstrap.migrations_waiting()
    if waiting:
        yield DeploymentRefused("doctor.migrations", count=waiting)


def store(home: homes.Home) -> Iterator[ConstanciaError]:
    """The store keeps what it acknowledges, lets nothing be changed, and its keys are at hand."""
    found = list(stores.findings(home))
    yield from found
    yield from barring.missing()
    behind = timing.clock_behind() if not any(one.code == "doctor.clock" for one in found) else None
    if behind is not None:
        yield behind
    opens = not any(one.code.startswith("store.") for one in found)
    if opens and (lost := maintenance.unreadable()):
        yield DeploymentRefused("doctor.keyless", count=lost)


def seals(home: homes.Home) -> Iterator[ConstanciaError]:
    """The register is where it seals from."""
    how = whereabouts.differs(home)
    if how is not None:
        yield StoreRefused("ledger.elsewhere", what=how)


def house(_home: homes.Home) -> Iterator[ConstanciaError]:
    """Somebody active administers."""
    if not people.administrators():
        yield DeploymentRefused("cli.no_administrator")


def backups(home: homes.Home) -> Iterator[ConstanciaError]:
    """There is a recent backup, and its last check was good."""
    yield from keeping.standing(home, clock.now()).findings


def surroundings(home: homes.Home) -> Iterator[ConstanciaError]:
    """The environment does not weaken what the code holds."""
    if os.environ.get("CONSTANCIA_DEBUG") == "1":
        yield DeploymentRefused("doctor.debug")
    if os.environ.get("CONSTANCIA_HOSTS") and os.environ.get("CONSTANCIA_TRUSTED_PROXY") != "1":
        yield DeploymentRefused("doctor.proxy")
    if sys.flags.optimize:
        yield DeploymentRefused("doctor.optimised")
    yield from premises.warnings(home)


CHECKS: tuple[Callable[[homes.Home], Iterator[ConstanciaError]], ...] = (
    folder,
    key,
    surroundings,
    database,
    store,
    seals,
    house,
    backups,
)
COMMANDS = [("doctor", doctor, later("Dice qué está mal en esta instalación y cómo arreglarlo."))]
