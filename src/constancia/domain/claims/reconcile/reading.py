"""What each assertion counts, on the axes of events and of knowledge.

Everything that happens has a day on which it happened and a moment by which the claimant had verified it.
A count is a rectangle over the two: events of some days, known by some instant. Where the words leave the
rectangle open, `wide` is the largest that they allow and `narrow` the smallest: the number is not above the
count of the one nor below that of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from constancia.domain.claims.reconcile.assertion import (
    ADDED,
    HELD,
    MINUTES,
    NET_CHANGE,
    REMOVED,
    STOCKS,
    Assertion,
    Measure,
    Note,
    first_minute,
)
from constancia.domain.claims.reconcile.bulletins import Bulletins, Instant, Openings
from constancia.domain.claims.reconcile.partition import Filters, third_categories
from constancia.domain.claims.reconcile.populations import ADOLESCENT, SEXES

Component = tuple[str, ...]
_OF_THE_LIST = frozenset({HELD, "released", "detained", ADDED, REMOVED, NET_CHANGE})
TOGETHER = "*"


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Events from minute `first` (None: any) to before `last` (None: any), known by `known`."""

    first: int | None
    last: int | None
    known: Instant
    after: Instant | None = None
    """What was known before does not count."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One assertion as constraints see it.

    `kind`: flow, stock, net, added, removed. `wide` and `narrow`: for a stock its instant, twice; for a net
    change its end, with the start in `since`, where movements of a list may have theirs too; `narrow` is
    None where the words set no highest count.
    `sexes`: how women and men make up their whole in this group: "whole", "beside" (adolescents are listed
    apart), "either" (one of the two), "" where they are not both stated.
    `group`: what is counted at the same moment over the same days, so that parts and wholes meet in it.
    `open`: dimensions of which two categories need not make up the whole. `series`: counts that, whatever
    their first day means, all mean it alike. `told`: counts of days that were told with one knowledge.
    """

    id: str
    kind: str
    what: str
    filters: Filters
    low: int
    high: int | None
    wide: Rectangle
    narrow: Rectangle | None
    group: Hashable
    since: Instant | None = None
    sexes: str = ""
    open: frozenset[str] = frozenset()
    series: Hashable = None
    told: Hashable = None

    @property
    def first_day(self) -> int | None:
        """The first minute of a count whose own words name its first day."""
        return self.wide.first if self.wide.after is None else self.wide.after.minute


def components(assertions: Iterable[Assertion], together: bool) -> dict[Component, list[Assertion]]:
    """Assertions that may share unknowns. Definitions differ between claimants, so claimants share none
    unless `together`; counts of an unstated start share with those of the same document only."""
    found: dict[Component, list[Assertion]] = defaultdict(list)
    for a in assertions:
        who = TOGETHER if together else a.claimant
        if Note.START_UNSTATED in a.notes:
            found[(who, a.population, a.what, "unstated", a.claimant, a.document)].append(a)
        elif a.what in _OF_THE_LIST:
            found[(who, a.population, "list")].append(a)
        else:
            found[(who, a.population, a.what)].append(a)
    return dict(found)


def read(assertions: Sequence[Assertion], tolerance: float) -> tuple[list[Reading], list[Assertion]]:
    """The readings of one component, and the assertions with what had to be assumed of them."""
    apart = _apart(assertions, tolerance)
    lists = {a.end for a in assertions if a.what == HELD and not a.filters and a.minute is None}
    openings, bulletins, third = Openings(assertions), Bulletins(assertions), third_categories(assertions)
    readings, noted = [], []
    for a in assertions:
        reading, a = _read(a, tolerance, openings, bulletins, apart.get(a.id))
        if reading.kind in (ADDED, REMOVED):
            reading = _since_the_list(reading, a, lists)
        readings.append(replace(reading, open=third[a.claimant]))
        noted.append(a)
    return _with_sexes(readings), noted


def _with_sexes(readings: Sequence[Reading]) -> list[Reading]:
    """Decided over all that a group states, so that a part of it is understood as the whole is."""
    listed: dict[tuple[Hashable, Filters], dict[Filters, list[Reading]]] = defaultdict(dict)
    for r in readings:
        for whole in {r.filters, tuple(pair for pair in r.filters if pair not in (*SEXES, ADOLESCENT))}:
            listed[(r.group, whole)].setdefault(r.filters, []).append(r)
    found: dict[tuple[Hashable, Filters], str] = {}
    for key, stated in listed.items():
        names = [extended(key[1], pair) for pair in (*SEXES, ADOLESCENT)]
        if names[0] not in stated or names[1] not in stated:
            continue
        found[key] = "whole"
        if names[2] in stated:
            values = [_exact(stated.get(name, ())) for name in (key[1], *names)]
            total, women, men, young = values
            if total is None or women is None or men is None or young is None:
                found[key] = "either"
            elif total != women + men:
                found[key] = "beside"
    return [
        replace(
            r, sexes=found.get((r.group, tuple(p for p in r.filters if p not in (*SEXES, ADOLESCENT))), "")
        )
        for r in readings
    ]


def _exact(readings: Sequence[Reading]) -> int | None:
    values = {r.low if r.low == r.high else None for r in readings}
    return values.pop() if len(values) == 1 else None


def extended(filters: Filters, one: tuple[str, str]) -> Filters:
    """The category narrowed by one more filter."""
    return tuple(sorted({*filters, one}))


def _apart(assertions: Sequence[Assertion], tolerance: float) -> dict[str, str]:
    """Assertions that differ on the same quantity of the same day, each with a tag of its own.

    A count that grows was revised during the day. A stock moved only if its claimant says that something
    moved on that day.
    """
    same: dict[Hashable, list[Assertion]] = defaultdict(list)
    for a in assertions:
        if a.minute is None and a.what != NET_CHANGE:
            said = (a.last_published or a.end) if a.measure is Measure.DAY else None
            same[(a.what, a.filters, a.start, a.end, said)].append(a)
    moved = _moved(assertions, tolerance)
    found = {}
    for those in same.values():
        bounds = [a.bounds(tolerance) for a in those]
        highest = min((high for _, high in bounds if high is not None), default=None)
        if highest is None or max(low for low, _ in bounds) <= highest:
            continue
        if those[0].what in STOCKS and those[0].end not in moved:
            continue
        values = sorted(set(bounds), key=str)
        for a, bound in zip(those, bounds, strict=True):
            found[a.id] = f"day{values.index(bound)}"
    return found


def _moved(assertions: Sequence[Assertion], tolerance: float) -> set[date]:
    """Days on which something happened, by what the claimant says: of that day, or by two totals of it or of
    it and a day beside it that differ."""
    found = {a.end for a in assertions if a.measure is Measure.DAY and a.bounds(tolerance)[0] > 0}
    of: dict[Hashable, list[Assertion]] = defaultdict(list)
    for a in assertions:
        if a.measure is Measure.CUMULATIVE:
            of[(a.claimant, a.what, a.filters, a.start)].append(a)
    for those in of.values():
        those.sort(key=lambda a: (a.end, a.minute or 0))
        for one, next_ in pairwise(those):
            if next_.end - one.end <= timedelta(days=1) and one.bounds(tolerance) != next_.bounds(tolerance):
                found |= {one.end, next_.end}
    return found


def _read(
    a: Assertion, tolerance: float, openings: Openings, bulletins: Bulletins, apart: str | None
) -> tuple[Reading, Assertion]:
    low, high = a.bounds(tolerance)
    day = first_minute(a.end)
    moment = Instant(day, "day") if a.minute is None else Instant(day + a.minute)
    first = None if a.start is None else first_minute(a.start)
    wide = Rectangle(first, None, moment)
    narrow: Rectangle | None = wide
    kind, since, series, told = "flow", None, None, None
    if apart:
        a = a.noted(Note.ONLY_IN_ORDER)
    if a.published is not None and a.published < a.end:
        a = a.noted(Note.PUBLISHED_BEFORE)
    if a.what in STOCKS:
        kind = "stock"
        if apart:
            moment = Instant(day, apart)
        wide = narrow = Rectangle(None, None, moment)
    elif a.what == NET_CHANGE:
        kind, since = "net", Instant(first if first is not None else day, "day")
    elif a.measure is Measure.DAY:
        wide, narrow = _of_a_day(a, moment, bulletins)
        told = None if apart else bulletins.shared(a)
    elif a.what in (ADDED, REMOVED):
        kind = a.what
        narrow = replace(wide, first=None if first is None else first + MINUTES)
    elif a.looks_back and not a.verified:
        a = a.noted(Note.LOOKS_BACK)
        wide = Rectangle(first, day + MINUTES, bulletins.knowledge(a))
        narrow = Rectangle(first, day, Instant(day))
        told = None if apart else bulletins.shared(a)
    elif apart:
        wide = Rectangle(first, None, Instant(day + MINUTES))
        narrow = Rectangle(first, None, Instant(day))
    if narrow is not None and first is not None and kind == "flow" and openings.touches(a):
        narrow = replace(narrow, first=first + MINUTES)
        series = (a.claimant, a.what, a.start, a.measure, a.grew)
        if wide.last is None and a.measure is Measure.PERIOD:
            before = openings.before(a)
            since_when = None if before is None else first_minute(before)
            wide = replace(wide, first=since_when, after=Instant(first))
    own = (a.id,) if apart else ()
    group = (kind, a.what, a.measure is Measure.DAY, wide, narrow, since, *own)
    return Reading(
        a.id, kind, a.what, a.filters, low, high, wide, narrow, group, since, series=series, told=told
    ), a


def _since_the_list(reading: Reading, a: Assertion, lists: set[date]) -> Reading:
    """Movements of a list are told since the list before: that of their first day, or of the day before."""
    for day in (a.start, a.start - timedelta(days=1)) if a.start is not None else ():
        if day in lists and reading.narrow is not None:
            since = Instant(first_minute(day), "day")
            group = (reading.kind, reading.wide, since)
            return replace(reading, narrow=reading.wide, since=since, group=group)
    return reading


def _of_a_day(a: Assertion, moment: Instant, bulletins: Bulletins) -> tuple[Rectangle, Rectangle | None]:
    """What happened on one day, known by the clock that was stated, else when it was published.

    Days are counted again as the evening goes on and as late news comes in, so without a clock the number
    is a floor under what is known in the end, and no ceiling.
    """
    day = first_minute(a.end)
    if a.minute is not None:
        stated = Rectangle(day, day + MINUTES, moment)
        return stated, stated
    return Rectangle(day, day + MINUTES, bulletins.knowledge(a)), None
