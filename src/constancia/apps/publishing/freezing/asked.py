"""What an edition is frozen from: the draft's terms, and the edition before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from constancia.domain.disclosure.pattern import Pattern
from constancia.domain.figures.periods import end_of_day
from constancia.domain.language import Language
from constancia.domain.publishing.content import Erratum, Previous, TextFile, Words


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the balance begins: an edition (`edition`, its number), or merely a day. `frozen_at`: the instant
    of the consents under which it was counted."""

    as_of: date
    known_at: datetime
    frozen_at: datetime
    rule: str
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that decides a content. `frozen_at`: the instant of consents; T is never after it.
    `previous`: the edition before it, which speaks of a later day than `opening` where editions do not follow
    the calendar.

    `definitions`, `rules`: versions to count with, by name; the newest where they are silent. `merges` and
    `withheld`: disclosure control as decided.
    """

    number: int
    title: Words
    organisation: str
    languages: tuple[Language, ...]
    as_of: date
    known_at: datetime
    frozen_at: datetime
    zone: ZoneInfo
    rule: str
    previous: Previous | None
    opening: Opening | None
    texts: tuple[TextFile, ...]
    merges: Pattern = ()
    withheld: frozenset[str] = frozenset()
    errata: tuple[Erratum, ...] = ()
    definitions: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, int] = field(default_factory=dict)


def opening_on(day: date, zone: ZoneInfo, frozen_at: datetime, rule: str) -> Opening:
    """The opening of a first edition: a day, as known at its end, with the consents of now."""
    return Opening(day, end_of_day(day, zone), frozen_at, rule)


def day_after(opening: Opening) -> date:
    """The first day of what happened since."""
    return opening.as_of + timedelta(days=1)
