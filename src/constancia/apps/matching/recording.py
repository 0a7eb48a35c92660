"""When: known times of this room, in order, whatever the machine's clock does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from constancia.apps.matching.models import Acceptance, EntryDecision, NameList, Undone
from constancia.infra import clock
from constancia.infra.writer import writing

RECORDED = (NameList, EntryDecision, Acceptance, Undone)


@contextmanager
def recording() -> Iterator[datetime]:
    """One transaction behind the writer lock, and its instant: now, but never before what is there."""
    with writing():
        yield instant()


def instant() -> datetime:
    """The instant of the recording that goes on."""
    latest = (model.objects.order_by("-pk").values_list("known_at", flat=True).first() for model in RECORDED)
    return max(filter(None, [clock.now(), *latest]))
