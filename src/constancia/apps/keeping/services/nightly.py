"""The backup of each night, made by the process that serves the site, where settings name a folder for it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections

from constancia.apps.keeping.services import backing
from constancia.domain.errors import ConstanciaError
from constancia.domain.ledger.note import Key
from constancia.infra import clock, unlocked
from constancia.infra.backup import examining, state
from constancia.infra.home import Home

HOUR = 4
"""Of the organisation's zone: after the daily seal."""
PAUSE_SECONDS = 600

_log = logging.getLogger("constancia.keeping")


def is_due(home: Home, now: datetime) -> bool:
    """Whether a folder is named, and today's backup is still to be made."""
    zone = ZoneInfo(settings.CONSTANCIA_ZONE)
    local, made = now.astimezone(zone), state.read(home).made
    if not home.settings.backup_folder or local.hour < HOUR:
        return False
    return made is None or made.astimezone(zone).date() < local.date()


def back_up_if_due() -> bool:
    """Makes today's backup where it is due, and checks what it made. What goes wrong is logged by its code,
    shown on the page of backups, and tried again later: it never takes the site down."""
    home = unlocked.home()
    try:
        if not is_due(home, clock.now()):
            return False
        made = backing.make(Path(home.settings.backup_folder))
        check(home, Key.read(made.manifest.log_key))
    except ConstanciaError as error:
        _log.error("no backup: %s", error.code)
        return False
    except Exception:  # a disk that is away or full: the thread must live to try again
        _log.exception("no backup")
        return False
    return True


def check(home: Home, key: Key) -> None:
    """Check the newest backup, of evidence the sizes alone, and keep what came of it. Raises as
    `examining.examine`."""
    try:
        examining.examine(Path(home.settings.backup_folder), key, home, quick=True)
    except ConstanciaError as error:
        state.note(home, checked=clock.now(), check=error.code)
        raise
    state.note(home, checked=clock.now(), check="good")


def keep_backing_up(pause: Callable[[float], object] = sleep) -> None:
    """Looks every ten minutes, for ever. Run it in a thread of its own."""
    while True:
        back_up_if_due()
        close_old_connections()
        pause(PAUSE_SECONDS)
