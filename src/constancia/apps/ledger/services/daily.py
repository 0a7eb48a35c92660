"""The daily seal, made by the process that serves the site: it has the key, and is always there.

At a fixed hour, whatever was recorded: neither when the log grows nor by how much says when a family came.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from time import sleep
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections

from constancia.apps.ledger.models import FACTS
from constancia.apps.ledger.queries.proofs import last_checkpoint
from constancia.apps.ledger.services.cosigning import seal_and_cosign
from constancia.domain.errors import ConstanciaError
from constancia.infra import clock

HOUR = 3
"""Of the organisation's zone."""
PAUSE_SECONDS = 300

_log = logging.getLogger("constancia.ledger")


def is_due(now: datetime) -> bool:
    """Whether today's seal is still to be made."""
    zone = ZoneInfo(settings.CONSTANCIA_ZONE)
    local = now.astimezone(zone)
    if local.hour < HOUR:
        return False
    last = last_checkpoint(FACTS)
    return last is None or last.signed_at.astimezone(zone).date() < local.date()


def seal_if_due() -> bool:
    """Seals and asks the witnesses where today's seal is due. What goes wrong is logged by its code and tried
    again later: it must never take the site down."""
    try:
        if not is_due(clock.now()):
            return False
        for answer in seal_and_cosign()[1]:
            if answer.refused is not None:
                _log.error("witness %s: %s", answer.who, answer.refused.code)
    except ConstanciaError as error:
        _log.error("not sealed: %s", error.code)
        return False
    except Exception:  # a full disk, a database that is away: the thread must live to try again
        _log.exception("not sealed")
        return False
    return True


def keep_sealing(pause: Callable[[float], object] = sleep) -> None:
    """Looks every five minutes, for ever. Run it in a thread of its own."""
    while True:
        seal_if_due()
        close_old_connections()
        pause(PAUSE_SECONDS)
