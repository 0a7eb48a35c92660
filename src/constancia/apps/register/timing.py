"""What "now" is to what is known: the clock, but never before what is recorded already.

A machine's clock may be put back, by a person or by a dead battery. What was recorded keeps its order and
its instant (`recording.Recorder`), and stays known: else a clock a year behind would show the register of a
year ago.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from constancia.apps.register.models import Fact, Review
from constancia.domain.errors import DeploymentRefused
from constancia.infra import clock

TOLERATED = timedelta(seconds=30)
"""What clocks of machines differ by, and a second that is counted twice."""


def latest() -> datetime | None:
    """The instant of the last recording (aware, UTC); None in an empty register."""
    rows = (model.objects.order_by("-seq").values_list("witnessed_at", flat=True) for model in (Fact, Review))
    return max((found for found in (row.first() for row in rows) if found is not None), default=None)


def known_now() -> datetime:
    """The instant at which everything recorded so far is known."""
    now, last = clock.now(), latest()
    return now if last is None else max(now, last)


def clock_behind() -> DeploymentRefused | None:
    """`doctor.clock_behind` where the clock stands before the last recording by more than clocks differ."""
    now, last = clock.now(), latest()
    if last is None or last - now <= TOLERATED:
        return None
    return DeploymentRefused(
        "doctor.clock_behind", minutes=max(1, round((last - now) / timedelta(minutes=1)))
    )
