"""What figures of one claimant share that no single one of them says: where their days begin, and what was
known when they were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from constancia.domain.claims.reconcile.assertion import (
    ADDED,
    MINUTES,
    NET_CHANGE,
    REMOVED,
    STOCKS,
    Assertion,
    Measure,
    Note,
    first_minute,
)

_COUNTS = frozenset({Measure.CUMULATIVE, Measure.PERIOD})
_NO_EVENTS = frozenset({*STOCKS, ADDED, REMOVED, NET_CHANGE})


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment. With a `tag` it is some moment, nobody said which, of the day that begins at `minute`:
    the same moment for all that share the tag."""

    minute: int
    tag: str = ""


class Openings:
    """First days that are also the last of another count: nobody says to which of the two they belong."""

    def __init__(self, assertions: Sequence[Assertion]) -> None:
        self._counts: dict[tuple[str, str], list[Assertion]] = defaultdict(list)
        self._ends: dict[tuple[str, str, date], list[Assertion]] = defaultdict(list)
        for a in assertions:
            if a.measure in _COUNTS:
                self._counts[(a.claimant, a.what)].append(a)
            if a.measure in _COUNTS or a.measure is Measure.DAY:
                self._ends[(a.claimant, a.what, a.end)].append(a)

    def touches(self, a: Assertion) -> bool:
        """Whether the first day of `a` may lie outside it. A total since a day holds that day, whatever is
        said of the day alone."""
        if a.measure not in _COUNTS or a.start is None:
            return False
        longer = a.measure is Measure.PERIOD and a.start < a.end
        return (
            a.grew
            or Note.WEEK in a.notes
            or any(
                longer or (other.measure in _COUNTS and (other.start is None or other.start < a.start))
                for other in self._ends[(a.claimant, a.what, a.start)]
            )
        )

    def before(self, a: Assertion) -> date | None:
        """The first day of what the claimant counts through the first day of `a`, which adds to it: what is
        new since then may have happened earlier. None where it is not known."""
        starts = [
            other.start
            for other in self._counts[(a.claimant, a.what)]
            if a.start and other.start and other.start <= a.start <= other.end and not other.grew
        ]
        return min(starts, default=None if a.grew else a.start)


class Bulletins:
    """What one claimant publishes on one day is told with one knowledge, unless the words say otherwise.

    A total or period without a clock that is of the last days before has its knowledge from its own day:
    what is told beside it of earlier days was known by that moment. Where nothing says the moment, it is the
    same for all that look back.
    """

    def __init__(self, assertions: Sequence[Assertion]) -> None:
        self._current: dict[Hashable, date] = {}
        self._back: set[Hashable] = set()
        for a in assertions:
            if a.what in _NO_EVENTS or a.measure not in _COUNTS or a.minute is not None:
                continue
            key = self._key(a)
            if a.looks_back and not a.verified:
                self._back.add(key)
            elif a.published is not None and not a.looks_back:
                self._current[key] = max(a.end, self._current.get(key, a.end))

    @staticmethod
    def _key(a: Assertion) -> Hashable:
        return (a.claimant, a.what, a.published)

    def knowledge(self, a: Assertion) -> Instant:
        """By when what `a` tells was known, at the latest."""
        current = self._current.get(self._key(a))
        if current is not None and current > a.end:
            return Instant(first_minute(current), "day")
        return Instant(first_minute(a.last_published or a.end) + MINUTES)

    def shared(self, a: Assertion) -> Hashable:
        """The bulletin, where something in it looks back."""
        if a.published is None or a.minute is not None or self._key(a) not in self._back:
            return None
        return self._key(a)
