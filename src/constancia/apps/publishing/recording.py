"""When and by whom: what every row of this room bears, instants in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from constancia.apps.publishing.models import Check, Draft, Edition, Erratum, ReportText
from constancia.apps.register.models import Fact
from constancia.infra import clock
from constancia.infra.writer import writing

_INSTANTS = (
    # What an edition counts is known by then, whatever the clock has done since it was recorded.
    (Fact, "witnessed_at"),
    (ReportText, "known_at"),
    (Draft, "recorded_at"),
    (Check, "frozen_at"),
    (Edition, "approved_at"),
    (Erratum, "issued_at"),
)


@contextmanager
def recording(at: datetime | None = None) -> Iterator[datetime]:
    """One transaction behind the writer lock, and its instant: now, but never before what is there.

    `at`: the instant of recording, for demonstrations that replay a history; only forwards.
    """
    with writing():
        yield instant(at)


def settled(at: datetime | None = None) -> datetime:
    """As `instant`; nothing that bears an earlier one is still to come: whoever was recording has ended."""
    with writing():
        return instant(at)


def instant(at: datetime | None = None) -> datetime:
    """The instant that a deed of now (or of `at`) is given."""
    latest = (model.objects.order_by("-pk").values_list(name, flat=True) for model, name in _INSTANTS)
    found: datetime = max(filter(None, [at or clock.now(), *(rows.first() for rows in latest)]))
    return found
