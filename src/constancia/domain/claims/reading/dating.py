"""Of which day, or over which days, a claim holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from constancia.domain.claims.claim import Period
from constancia.domain.claims.reading.times import (
    ANNOUNCED,
    ARRESTED,
    AT,
    DAY,
    LAW,
    MONTH,
    OTHER,
    RANGE,
    SINCE,
    UNTIL,
    YEAR,
    When,
)
from constancia.domain.vocabulary.terms import Said

_PAST = 60
STOCKS = frozenset({Said.HELD, Said.RESTRICTED})
MOMENTS = frozenset({Said.ANNOUNCED_RELEASE, Said.PARDONED, Said.EXCLUDED})
_BY_LAW = frozenset({Said.AMNESTY_GRANTED, Said.AMNESTY_REQUESTS, Said.EXCLUDED})
_HAPPENED = frozenset({Said.DETAINED, Said.SENTENCED, Said.KILLED, Said.SUMMONED})
_ARRESTS = frozenset({Said.DETAINED, Said.SENTENCED})


@dataclass(frozen=True, slots=True)
class Dated:
    as_of: date | None = None
    period: Period | None = None
    words: tuple[int, int] | None = None
    firm: bool = False  # said, not supposed


@dataclass(frozen=True, slots=True)
class Days:
    """The days a claim may fall back on: the one its claimant spoke on in its sentence, if told; the one
    that claimant's counts are of; the text's own."""

    told: date | None
    counted: date | None
    published: date | None
    clocked: bool = False
    firm: bool = False
    earlier: bool = False  # it is what a number was, on a day that is not told
    own: bool = False  # the text asserts it itself
    vague: bool = False  # it was said at some time of a week, month or year

    def day(self) -> date | None:
        return self.told or (None if self.vague else self.counted)


def dated(said: Said, near: list[When], opening: list[When], days: Days, before: Dated | None) -> Dated:
    """`near`: what is said of time in the number's own stretch, nearest first; `opening`: in the rest of its
    sentence; `before`: what an earlier claim was dated, where this one goes on from it."""
    everything = [one for one in [*near, *opening] if one.first is not None]
    if said is Said.NET_CHANGE:
        return _change([one for one in everything if one.compared], days, before)
    usable = [one for one in everything if _dates(said, one)]
    usable = [one for one in usable if said is Said.ANNOUNCED_RELEASE or not _to_come(one, days)]
    if said in STOCKS:
        return _stock(usable, days, before)
    if said in MOMENTS:
        return _moment(said, usable, days, before)
    recalled = said is Said.KILLED or (said is Said.DETAINED and days.own)
    if recalled and not usable and any(_long_ago(one, days) for one in everything):
        return Dated(None, None, None, True)
    starts = [one for one in everything if _starts(said, one)]
    return _flow(said, usable, starts, days, before)


def _dates(said: Said, one: When) -> bool:
    """Whether an expression may date such a claim at all: one that is another event's does not."""
    if one.compared or one.told:
        return False
    if one.event and said not in STOCKS:
        return said in _HAPPENED
    if one.tied == ANNOUNCED:
        return said is Said.ANNOUNCED_RELEASE
    if one.tied == LAW:
        return said is Said.PARDONED and one.grain == DAY and one.relation == AT
    if one.tied == ARRESTED:
        return said in _ARRESTS
    return not one.tied


def _starts(said: Said, one: When) -> bool:
    """Whether what it is the day of is where such counts begin: the law's day, the announcement's."""
    if one.grain != DAY or one.compared:
        return False
    if one.tied == LAW:
        return said in _BY_LAW or said is Said.RELEASED
    if one.breaks_out and one.tied == OTHER:
        return said in _HAPPENED
    return one.tied == ANNOUNCED and said is Said.RELEASED


def _change(compared: list[When], days: Days, before: Dated | None) -> Dated:
    """From the day after what it is measured against, to the day of the number that changed."""
    as_of = before.as_of if before is not None and before.as_of is not None else days.day()
    if compared and as_of is not None:
        one = compared[0]
        first = one.first if one.first != one.last and one.grain not in (MONTH, YEAR) else one.last
        if one.grain in (MONTH, YEAR) or one.relation == UNTIL:
            first = first and first + timedelta(days=1)
        if first is not None and first <= as_of:
            return Dated(as_of, Period(first, as_of), (one.start, one.end), True)
    period = before.period if before is not None else None
    return Dated(as_of, period)


def _moment(said: Said, usable: list[When], days: Days, before: Dated | None) -> Dated:
    for one in usable:
        if one.event or one.relation not in (AT, UNTIL) or _ahead(one, days):
            continue
        if one.relation == UNTIL and said is Said.ANNOUNCED_RELEASE:
            continue
        if one.grain == DAY:
            return Dated(one.last, None, (one.start, one.end), True)
        if said is Said.PARDONED and one.grain in (MONTH, YEAR):
            return Dated(one.last, Period(one.first, one.last), (one.start, one.end), True)
        if one.grain in (MONTH, YEAR) and one.relation == AT:  # some day of it
            return Dated(None, None, (one.start, one.end), True)
    if before is not None:
        return Dated(before.as_of, before.period if said is Said.PARDONED else None)
    return Dated(days.day(), None)


def _long_ago(one: When, days: Days) -> bool:
    """Whether it is the day of something else, long past, in which those told of were arrested or died."""
    if one.tied != OTHER or one.breaks_out or one.last is None or days.published is None:
        return False
    return (days.published - one.last).days > _PAST


def _to_come(one: When, days: Days) -> bool:
    """Whether it lies ahead: a deadline, a term. A day without a year may lie a little ahead by mistake."""
    if one.first is None or one.last is None or days.published is None:
        return False
    return one.first > days.published or (one.relation == UNTIL and one.last > days.published)


def _ahead(one: When, days: Days) -> bool:
    return one.last is not None and days.published is not None and one.last > days.published


def _stock(usable: list[When], days: Days, before: Dated | None) -> Dated:
    usable = [one for one in usable if not one.event and not _ahead(one, days)]
    for one in usable:
        if one.relation == UNTIL and one.grain != YEAR:
            return Dated(one.last, None, (one.start, one.end), True)
        if one.relation == AT and (one.grain == DAY or one.ago):
            return Dated(one.last, None, (one.start, one.end), True)
    if days.earlier:
        return Dated(None, None, None, True)
    for one in usable:
        if one.relation == AT and one.grain in (MONTH, YEAR):  # some day of it
            return Dated(None, None, (one.start, one.end), True)
    if before is not None and before.as_of is not None:
        return Dated(before.as_of, None, None, before.firm)
    return Dated(days.day(), None, None, days.firm or days.told is not None)


def _flow(said: Said, usable: list[When], starts: list[When], days: Days, before: Dated | None) -> Dated:
    one = usable[0] if usable else None
    if one is None:
        if starts:
            return _since(starts[0], days.day())
        if before is not None:
            return Dated(before.as_of, before.period, None, before.firm)
        day = days.day()
        return Dated(day, Period(day, day) if days.clocked and day else None)
    place = (one.start, one.end)
    if one.event:
        whole = one.grain in (MONTH, YEAR)
        spent = said is Said.SENTENCED or (said is Said.KILLED and not whole)
        return Dated(None, None if spent else Period(one.first, one.last), place, True)
    if one.relation == RANGE:
        going_on = one.first and days.published and one.last and one.first <= days.published < one.last
        last = days.published if going_on else one.last
        recalled = days.own and one.grain == MONTH and not going_on
        return Dated(None if recalled else last, Period(one.first, last), place, True)
    since = next((other for other in usable if other.relation == SINCE), None)
    until = next((other for other in usable if other.relation == UNTIL), None)
    if since is not None and (one.relation in (SINCE, UNTIL) or (one.spoken and one.grain == DAY)):
        point = next((other for other in usable if other.relation == AT and other.spoken), None)
        told = until or point
        return _since(since, told.last if told else _within(since, before) or days.day())
    if one.relation == UNTIL:
        start = before.period.start if before and before.period else starts[0].first if starts else None
        period = Period(start, one.last) if start and one.last and start <= one.last else None
        return Dated(one.last, period, place, True)
    last = one.last
    if last is not None and one.grain != DAY and days.published is not None and one.first is not None:
        last = max(one.first, min(last, days.published))
    recalled = days.own and one.grain in (MONTH, YEAR) and last == one.last
    return Dated(None if recalled else last, Period(one.first, last), place, True)


def _within(since: When, before: Dated | None) -> date | None:
    """The end of the count that it is part of: "603 until March 2, of which 144 since February 20"."""
    period = before.period if before is not None else None
    if period is None or period.start is None or period.end is None or since.first is None:
        return None
    return period.end if period.start < since.first < period.end else None


def _since(one: When, end: date | None) -> Dated:
    if one.first is not None and end is not None and one.first > end:
        return Dated(end, None, (one.start, one.end), True)
    return Dated(end, Period(one.first, end), (one.start, one.end), True)
