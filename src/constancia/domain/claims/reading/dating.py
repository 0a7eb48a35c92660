"""Of which day, or over which days, a claim holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from constancia.domain.claims.claim import Period
from constancia.domain.claims.reading.times import AT, DAY, MONTH, RANGE, SINCE, UNTIL, When
from constancia.domain.vocabulary.terms import Said

STOCKS = frozenset({Said.HELD, Said.RESTRICTED, Said.RECOGNISED, Said.EXCLUDED})
LONG_AGO = 60
"""Days after which a month or a year told of is background: the number is of no day."""

MOMENTS = frozenset({Said.ANNOUNCED_RELEASE, Said.PARDONED})


@dataclass(frozen=True, slots=True)
class Dated:
    as_of: date | None = None
    period: Period | None = None
    words: tuple[int, int] | None = None
    firm: bool = False  # said, not supposed


@dataclass(slots=True)
class Calendar:
    """What a text says of days. `today`: the day it reports on; `closing`: of what day its counts are."""

    published: date | None
    today: date | None = None
    closing: date | None = None
    closing_here: date | None = None  # within the paragraph

    def day(self) -> date | None:
        return self.closing_here or self.closing or self.today or self.published

    def report(self) -> date | None:
        return self.today or self.published


def dated(
    said: Said, near: list[When], opening: list[When], calendar: Calendar, before: Dated | None
) -> Dated:
    """`near`: what is said of time in the number's own stretch, nearest first; `opening`: in the rest of its
    sentence; `before`: what an earlier claim was dated, where this one goes on from it."""
    usable = [one for one in [*near, *opening] if one.first is not None]
    if said in STOCKS:
        return _stock(said, usable, calendar, before)
    if said in MOMENTS:
        point = next(
            (one for one in usable if one.relation in (AT, UNTIL) and one.grain == DAY and not one.event),
            None,
        )
        if point is not None:
            return Dated(point.last, None, (point.start, point.end), True)
        return Dated(before.as_of if before else calendar.report(), None)
    return _flow(usable, calendar, before)


def _stock(said: Said, usable: list[When], calendar: Calendar, before: Dated | None) -> Dated:
    for one in usable:
        if one.relation == UNTIL and one.grain in (DAY, MONTH):
            return Dated(one.last, None, (one.start, one.end), True)
    for one in usable:
        if one.relation == AT and one.grain == DAY and not one.event:
            return Dated(one.last, None, (one.start, one.end), True)
    if before is not None and before.as_of is not None:
        return Dated(before.as_of, None, None, before.firm)
    for one in usable:
        if (
            one.relation == AT
            and one.grain == MONTH
            and one.last
            and (calendar.published or one.last) >= one.last
        ):
            return Dated(one.last, None, (one.start, one.end), True)
    return Dated(calendar.day(), None, None, calendar.closing_here is not None)


def _flow(usable: list[When], calendar: Calendar, before: Dated | None) -> Dated:
    first = usable[0] if usable else None
    if first is not None and first.event:
        return Dated(None, Period(first.first, first.last), (first.start, first.end), True)
    span = next((one for one in usable if one.relation == RANGE), None)
    if span is not None and first is not None and first.relation in (RANGE, UNTIL):
        return Dated(span.last, Period(span.first, span.last), (span.start, span.end), True)
    since = next((one for one in usable if one.relation == SINCE), None)
    until = next((one for one in usable if one.relation == UNTIL), None)
    point = next((one for one in usable if one.relation == AT and not one.event), None)
    if since is not None:
        end = until.last if until else point.last if point and point.spoken else calendar.day()
        return Dated(end, Period(since.first, end), (since.start, since.end), True)
    if until is not None:
        last = until.last
        if before is not None and before.period is not None:
            return Dated(last, Period(before.period.start, last), (until.start, until.end), True)
        return Dated(last, None, (until.start, until.end), True)
    if point is not None:
        last = point.last
        if last is not None and calendar.published is not None and point.grain != DAY:
            last = min(last, max(calendar.published, point.first or calendar.published))
        past = (
            calendar.published is not None
            and last is not None
            and (calendar.published - last).days > LONG_AGO
        )
        as_of = None if past and point.grain != DAY else last
        period = None if point.told else Period(point.first, last)
        return Dated(as_of, period, (point.start, point.end), True)
    event = next((one for one in usable if one.event or one.relation == RANGE), None)
    if event is not None:
        return Dated(
            None if event.event else event.last,
            Period(event.first, event.last),
            (event.start, event.end),
            True,
        )
    if before is not None:
        return Dated(before.as_of, before.period, None, before.firm)
    return Dated(calendar.day(), None)
