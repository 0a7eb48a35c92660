"""The days of numbers told before their day is: what a text says later of the balance it opens with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from constancia.domain.claims.claim import Period
from constancia.domain.claims.reading.dating import STOCKS
from constancia.domain.claims.reading.days import Calendar
from constancia.domain.claims.reading.found import Found, speaker_key
from constancia.domain.vocabulary.terms import Said

_AFTER = 3
"""Paragraphs after a number in which its balance may be told to be closed on a day."""

_BALANCES = {*STOCKS, Said.NET_CHANGE}


def settled(found: Sequence[Found], calendar: Calendar) -> list[Found]:
    """The same claims: those of a balance on the day that it was closed on, changes since the number that
    they are the difference from."""
    closed = [_closed(one, calendar) for one in found]
    return [_since_before(one, closed) for one in closed]


def _closed(one: Found, calendar: Calendar) -> Found:
    cut = calendar.cuts.get(speaker_key(one.speaker))
    as_of = one.dated.as_of
    if cut is None or as_of is None or one.said not in _BALANCES or one.dated.words is not None:
        return one
    paragraph, day = cut
    if day >= as_of or not 0 <= paragraph - one.paragraph <= _AFTER:
        return one
    return replace(one, dated=replace(one.dated, as_of=day, firm=True))


def _since_before(one: Found, found: Sequence[Found]) -> Found:
    """A change from one number told to another told: since the day of the earlier."""
    as_of = one.dated.as_of
    if one.said is not Said.NET_CHANGE or one.dated.period is not None or as_of is None:
        return one
    key, change = speaker_key(one.speaker), one.quantity.value
    days: dict[int, list[date]] = {}
    for other in found:
        if other.said in STOCKS and speaker_key(other.speaker) == key and other.dated.as_of is not None:
            days.setdefault(other.quantity.value, []).append(other.dated.as_of)
    for value, of in days.items():
        if as_of not in of:
            continue
        before = [
            day for near in (value - change, value + change) for day in days.get(near, []) if day < as_of
        ]
        if before:
            return replace(one, dated=replace(one.dated, period=Period(max(before), as_of)))
    return one
