"""How often somebody may be wrong: counted in the database, for all processes together, never by address.

A wait always ends by itself, so it cannot be used to lock anybody out for good.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from django.conf import settings

from constancia.apps.accounts.models import FailedSignIn
from constancia.domain.errors import NotAllowed
from constancia.infra import clock

LONGEST = timedelta(hours=24)

Limits = Sequence[tuple[int, timedelta]]
"""How many failures within which time: each pair holds by itself."""


def mark(of_whom: str) -> str:
    """What is kept instead of a name: HMAC-SHA-256 under the register's secret."""
    return hmac.new(settings.SECRET_KEY.encode(), of_whom.encode(), sha256).hexdigest()


def refuse_if_too_many(of_whom: str, limits: Limits, code: str) -> None:
    """Raises NotAllowed `code`, with the minutes to wait."""
    now = clock.now()
    failures = FailedSignIn.objects.filter(mark=of_whom, at__gt=now - LONGEST).order_by("at")
    instants = list(failures.values_list("at", flat=True))
    waits = [
        instants[-most] + window - now
        for most, window in limits
        if len(instants) >= most and instants[-most] > now - window
    ]
    if waits:
        raise NotAllowed(code, minutes=max(1, -(-int(max(waits).total_seconds()) // 60)))


def count(of_whom: str) -> None:
    """One more failure. Call it inside `writing()`."""
    now = clock.now()
    FailedSignIn.objects.filter(at__lt=now - LONGEST).delete()
    FailedSignIn.objects.create(mark=of_whom, at=now)


def forget(of_whom: str) -> None:
    FailedSignIn.objects.filter(mark=of_whom).delete()
