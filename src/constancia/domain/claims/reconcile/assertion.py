"""The one shape that reconciliation reads: a number, what it counts, of when, and who states it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from constancia.domain.vocabulary.terms import Qualifier

MINUTES = 24 * 60
LARGEST = 10_000_000
"""Above this a number is nobody's count of people, and the solver's arithmetic is no longer exact."""
FAR = 10**10
"""A minute after everything."""
CURRENT = timedelta(days=3)
"""Press follows a count within so many days; what appears later looks back."""
TOLERANCE = 0.1
"""How far a number said with "about" may be off, as a part of itself, unless another is asked for."""
OURS = "ours"
"""The claimant of the register's own figures. Under a rule "ours:<rule>": two rules count two populations."""
HELD = "held"
RELEASED = "released"
FULL_RELEASES = "full_releases"
DETAINED = "detained"
ADDED = "added"
REMOVED = "removed"
NET_CHANGE = "net_change"
STOCKS = frozenset({HELD, "restricted"})


class Measure(StrEnum):
    """What kind of number it is."""

    STOCK = "stock"  # of those who are in a state at a moment
    CUMULATIVE = "cumulative"  # all since a start, up to a moment
    PERIOD = "period"  # what happened in some days
    DAY = "day"  # what happened on one day
    NET_CHANGE = "net_change"  # a stock's later value less its earlier one


class Note(StrEnum):
    """What had to be assumed to use an assertion. It is always printed with it."""

    START_OF_ANNOUNCEMENT = "start_of_announcement"  # the same document's announcement is its start
    START_UNSTATED = "start_unstated"  # compared only with others of the same unstated start
    WEEK = "week"  # seven days back from its day
    ONLY_IN_ORDER = "only_in_order"  # differs from another of the same day: some moment of that day
    LOOKS_BACK = "looks_back"  # published well after its day: what was verified by then may be in it
    PUBLISHED_BEFORE = "published_before"  # published before its own day: that day stands for both
    NAMED_TWICE = "named_twice"  # another has the same id, so it stands under one of its own
    CORRECTS_NOTHING = "corrects_nothing"  # `supersedes` names no row of its claimant in the table


@dataclass(frozen=True, slots=True)
class Assertion:
    """One claim or figure.

    `what`: a term of `Said`, or "full_releases", which are never releases from prison. `population`: what
    the words of the category say beyond known filters, "" for all; two populations are never compared.
    `end`: the day that a stock is of, or the last day of what is counted; `minute`: the clock of that day,
    where one was stated, beyond 24 hours where it was told in the night or morning after. `start`: the first
    day, None for a stock or where nobody stated it.
    `verified`: it says what was verified, confirmed or registered by its day, as opposed to what happened.
    `document`: what it was read in. `high`: the upper end of a range. `own`: a count of this register.
    `grew`: by how much a total grew over the period, as opposed to what happened in it.
    """

    id: str
    claimant: str
    what: str
    measure: Measure
    value: int
    qualifier: Qualifier
    end: date
    start: date | None = None
    minute: int | None = None
    published: date | None = None
    population: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    verified: bool = False
    document: str = ""
    high: int | None = None
    name: str = ""
    grew: bool = False
    notes: tuple[Note, ...] = ()
    own: bool = False

    def bounds(self, tolerance: float = TOLERANCE) -> tuple[int, int | None]:
        """Lowest and highest whole number that the words allow; None where they set no highest.

        "More than" is read as "at least": writers use it of the very number that was counted.
        """
        match self.qualifier:
            case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
                return self.value, None
            case Qualifier.UP_TO:
                least = -LARGEST if self.measure is Measure.NET_CHANGE else 0
                return least, self.value if self.high is None else self.high
            case Qualifier.ABOUT:
                top = self.value if self.high is None else self.high
                return (
                    math.floor(round(self.value - abs(self.value) * tolerance, 6)),
                    math.ceil(round(top + abs(top) * tolerance, 6)),
                )
        return self.value, self.value if self.high is None else self.high

    @property
    def last_published(self) -> date | None:
        """When it was published, never before its own day."""
        return None if self.published is None else max(self.published, self.end)

    @property
    def looks_back(self) -> bool:
        """Published so long after its day that later verification may be in it."""
        return self.published is not None and self.published - self.end > CURRENT

    def noted(self, note: Note) -> Assertion:
        return self if note in self.notes else replace(self, notes=(*self.notes, note))


@dataclass(frozen=True, slots=True)
class NotUsed:
    """A row or claim that no constraint was made of, and the reason (a key of `words.toml`).

    `row` and `column`: where in a table, 0 and "" elsewhere. `detail`: what is written there.
    """

    id: str
    reason: str
    detail: str = ""
    row: int = 0
    column: str = ""


def usable(*days: date | None) -> bool:
    """Whether the days lie in the years that the house reads (1800 to 2100), with room to move them."""
    return all(day is None or 1800 < day.year < 2100 for day in days)


def first_minute(day: date) -> int:
    return day.toordinal() * MINUTES
