"""What a text says of time: the expressions of a stretch, each with what ties it to what is said there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from constancia.domain.claims.reading.expressions import (
    AHEAD,
    ANNOUNCED,
    ARRESTED,
    AT,
    DAY,
    LAW,
    MONTH,
    OTHER,
    RANGE,
    SINCE,
    SPAN,
    UNTIL,
    YEAR,
    Base,
    When,
    atoms,
)
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.resolving import (
    back,
    day_of,
    latest_number,
    month_before,
    month_end,
    next_number,
    weekend,
)

_BEFORE = re.compile(r"(?:before|prior to|antes del?)(?: the| este| this)?\s$")
_CLOSING = re.compile(r"(?:fin(?:al)?es del?|cierre del?|fin de|end of|close of|closed|cerro|cerraba)\s$")
_COMPARED = re.compile(
    r"\b(?:than|(?:mas|menos|mayor|menor|superior|inferior|mismos)\b[^.;:]{0,40}\bque)"
    r"(?: (?:in|en|on) (?:its|their|the|su|el) (?:(?:anterior|previous|last|ultimo) ?)?"
    r"(?:reporte?|balance|informe|conteo|list(?:a|ado)?|count|update|bulletin|boletin)?"
    r"(?: (?:anterior|previo|pasado))?,?(?: (?:of|from|dated|fechad[oa]|publicad[oa]|published))?)?"
    r"(?: (?:a|at|on|in|of|from|the|la|el|del?|hace|en|en la|en el|end of|al cierre de)){0,5}\s?$"
)
_DATED = re.compile(r"(?:,? (?:on|el|this|of|in|held on|del?|este)(?: pasado| past)?(?: dia)?)? ?|, ")
_NAMED = re.compile(r"[^\d.,;:]{0,30}")
_OPENS = re.compile(
    r"(?:^|[.;:,\"]|\b(?:and|y|que|who|which))\s?"
    r"(?:(?:on|el|este|la|this|late|early|en la|en el|in|en)\s){0,2}$"
)
_LEFT = 64
_WEEK = 7
_RECALLED = 10
"""Days after which what somebody said is recalled, not reported."""


def times(
    text: str,
    start: int,
    end: int,
    words: Lexicon,
    published: date | None,
    balance: date | None = None,
    recent: Sequence[When] = (),
    outbreak: When | None = None,
) -> list[When]:
    """What text[start:end] says of time, in its order; no two overlap.

    `balance`: the day that the counts told of are of; `recent`: what was named before, from which "that day"
    and "a month earlier" are reckoned; `outbreak`: when the unrest told of began.
    """
    piece = text[start:end]
    found: list[When] = []
    for one in atoms(piece, words, Base(published, balance)):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    found.sort(key=lambda one: one.start)
    kept: list[When] = []
    for one in found:
        here = one
        if one.again:
            before = [w for w in recent if w.tied != OTHER or one.again in ("since", "begun")]
            near = kept if one.again.endswith("weekday") else [*before, *kept]
            here = _again(one, near, published)
            if one.again == "begun" and outbreak is not None:
                here = replace(here, first=outbreak.first)
        _join(piece, kept, here, words, published)
    return [replace(one, start=one.start + start, end=one.end + start) for one in kept]


def _again(one: When, recent: list[When], published: date | None) -> When:
    """Resolved from the last day named, or else from the day of writing."""
    if one.again == "same":
        span = next((w for w in reversed(recent) if w.relation in (RANGE, SINCE) and w.first), None)
        return (
            replace(one, first=span.first, last=span.last, grain=span.grain, relation=span.relation)
            if span
            else one
        )
    anchor = next((w for w in reversed(recent) if w.last is not None and w.relation != SINCE), None)
    if one.again == "close":
        span = next((w for w in reversed(recent) if w.relation == RANGE or w.grain in (MONTH, SPAN)), None)
        last = span.last if span else None
        return replace(one, first=last, last=last, relation=UNTIL)
    if one.again == "begun":
        start = next((w for w in reversed(recent) if w.breaks_out), None)
        start = start or next((w for w in reversed(recent) if w.event or w.relation == SINCE), None)
        return replace(one, first=start.first if start else None, last=published, relation=SINCE)
    if one.again.endswith(" after"):
        start = next((w for w in reversed(recent) if w.first is not None), None)
        if start is None or start.first is None:
            return one
        past = start.event or not _lately(start, published)
        return replace(
            one, first=start.first, last=start.first + timedelta(days=_WEEK), grain=SPAN, event=past
        )
    if one.again.endswith((" number", " weekday")):
        return _told_of(one, anchor, published)
    day = anchor.last if anchor is not None and anchor.last is not None else published
    if day is None:
        return one
    if one.again == "since":
        start = next((w for w in reversed(recent) if w.first is not None), None)
        return replace(one, first=start.first if start else None, last=day, relation=SINCE)
    amount, unit = one.again.split()
    shift = int(amount)
    if unit == "day":
        day = day + timedelta(days=shift)
        return replace(one, first=day, last=day)
    if unit == "weekend":
        saturday, sunday = weekend(day + timedelta(days=2))
        return replace(one, first=saturday, last=sunday, grain=SPAN)
    if unit in ("weeks", "months", "years"):
        if unit == "months" and anchor is not None and anchor.grain == MONTH and anchor.relation == UNTIL:
            earlier = month_before(day)
            return replace(one, first=month_end(earlier), last=month_end(earlier))
        if unit == "months" and anchor is not None and anchor.grain == MONTH:
            return replace(one, first=month_before(day), last=month_end(month_before(day)), grain=MONTH)
        earlier = back(day, -shift, unit.removesuffix("s"))
        return replace(one, first=earlier, last=earlier)
    if unit == "week":
        return replace(one, first=day + timedelta(days=7 * shift), last=day, grain=SPAN)
    if unit == "month":
        first = month_before(day) if shift else day.replace(day=1)
        return replace(one, first=first, last=month_end(first), grain=MONTH)
    year = day.year + shift
    return replace(one, first=date(year, 1, 1), last=date(year, 12, 31), grain=YEAR)


def _told_of(one: When, anchor: When | None, published: date | None) -> When:
    """A bare number or weekday: of the month or week told of, if that is long past; else the latest.

    What is told follows the day named before it; a balance counts what came before its own.
    """
    plain = replace(one, again="")
    if anchor is None or anchor.first is None or anchor.last is None or published is None:
        return plain
    number, kind = one.again.split()
    if (published - anchor.last).days < _WEEK or anchor.spoken or anchor.event:
        return plain
    closing = anchor.relation == UNTIL or anchor.told or (kind == "weekday" and anchor.tied == ANNOUNCED)
    if anchor.grain not in (DAY, MONTH) or anchor.tied not in ("", ANNOUNCED, ARRESTED):
        return plain
    if kind == "number":
        day = latest_number(int(number), anchor.last)
        if not closing and anchor.grain == DAY:
            day = next_number(int(number), anchor.last)
    elif anchor.grain == DAY:
        ahead = (int(number) - anchor.last.weekday() - 1) % 7 + 1
        day = anchor.last + timedelta(days=ahead - (7 if closing else 0))
    else:
        return plain
    if day is None or day > published:
        return plain
    return replace(plain, first=day, last=day, spoken=False)


def _join(piece: str, kept: list[When], one: When, words: Lexicon, published: date | None) -> None:
    """Adds one to those before it: as the end of a range, as the date of what they name, or by itself."""
    before = kept[-1] if kept else None
    spoke = next((k.last for k in kept if k.told and k.last), None)
    if one.ago and one.grain == DAY and one.first and spoke and published:
        day = one.first - (published - spoke)
        one = replace(one, first=day, last=day)
    if before is not None:
        between = piece[before.end : one.start]
        if (
            before.last is not None
            and before.last == one.last
            and before.first == one.first
            and between in (" ", ", ")
        ):
            kept[-1] = replace(before, end=one.end)
            return
        if before.event and not one.event and before.last and one.first and _DATED.fullmatch(between):
            opened = before.first is not None and before.first.replace(day=1) <= one.first
            if one.grain == YEAR or (opened and one.first <= before.last):
                kept[-1] = replace(before, end=one.end)
                return
            kept.pop()
        if before.instant and one.grain == DAY and (_NAMED if one.ago else _DATED).fullmatch(between):
            kept[-1] = replace(before, end=one.end, first=one.first, last=one.last)
            return
        if _ranges(piece, before, one, between.strip(), words):
            kept[-1] = _range(piece, before, one, words)
            return
    if one.event and re.search(rf"(?:{words['since_event'].pattern})$", piece[: one.start].rstrip()):
        one = replace(one, last=one.first, grain=DAY, relation=SINCE, event=False)
    if one.tied == AHEAD:
        kept.append(one)
        return
    if one.grain in (MONTH, YEAR) and not one.event and _unrest(piece, one, words):
        kept.append(replace(one, event=True))
        return
    within = re.search(
        rf"(?:{words['since_what'].pattern})[^.;:,\d]{{1,56}}$", piece[max(0, one.start - _LEFT) : one.start]
    )
    told = not one.ago and not one.event and not within and _told(piece, one, words)
    tied = "" if one.event or one.instant or told or one.relation == UNTIL else _tie(piece, one, words)
    relation = _relation(piece, one, words, tied)
    if told and relation == AT and one.grain == DAY and not _lately(one, published):
        told, tied = False, ANNOUNCED
        relation = _relation(piece, one, words, tied)
    if relation == SINCE:
        tied = ""
    if relation == UNTIL and words["ahead_of"].search(_clause(piece, one)):
        tied = AHEAD
    left = piece[max(0, one.start - 30) : one.start]
    if relation == UNTIL and _BEFORE.search(left):
        if one.grain == DAY and one.last is not None:
            one = replace(one, first=one.last - timedelta(days=1), last=one.last - timedelta(days=1))
        else:
            tied = OTHER
    if one.grain == YEAR and relation == UNTIL and _CLOSING.search(left):
        one = replace(one, first=one.last, grain=SPAN)
    kept.append(
        replace(
            one,
            relation=relation,
            tied=tied,
            compared=_COMPARED.search(piece[max(0, one.start - _LEFT) : one.start]) is not None,
            opens=words["opening"].match(piece, min(one.end + 2, len(piece))) is not None,
            told=told and relation == AT,
            breaks_out=words["breaks_out"].search(piece, max(0, one.start - 90), one.start) is not None,
        )
    )


def _clause(piece: str, one: When) -> str:
    """The words before it, from the last comma or stop on."""
    return re.split(r"[,;:]|\. ", piece[max(0, one.start - _LEFT) : one.start])[-1]


def _lately(one: When, published: date | None) -> bool:
    """Whether who spoke that day is whom the text reports on, rather than what it recalls."""
    return one.spoken or published is None or one.last is None or (published - one.last).days <= _RECALLED


def _ranges(piece: str, before: When, one: When, between: str, words: Lexicon) -> bool:
    return (
        len(between) < 24
        and words["range_to"].fullmatch(between) is not None
        and _opens(piece, before, words, between)
        and not one.event
        and not before.event
        and not one.again
    )


def _range(piece: str, before: When, one: When, words: Lexicon) -> When:
    """From the one to the other, the first in the year of the last unless it names its own."""
    first, last = before.first, one.last
    if last is not None and not before.spoken and not re.search(r"\d{4}", piece[before.start : before.end]):
        again = next(atoms(piece[before.start - 8 : before.end], words, Base(last)), None)
        again = again or next(atoms(piece[before.start : before.end], words, Base(last)), None)
        first = again.first if again else first
    if first and last and first > last:
        first = day_of(last.year - (first.month > last.month), first.month, first.day)
    return replace(before, end=one.end, first=first, last=last, relation=RANGE, grain=SPAN, spoken=False,
                   told=False, tied="", compared=False)  # fmt: skip


def _opens(piece: str, one: When, words: Lexicon, joint: str) -> bool:
    left = piece[max(0, one.start - 20) : one.start].rstrip()
    if joint in ("-", "hasta", "hasta el", "until", "through", "to", "hasta la", "hasta este"):
        return True
    pairs = re.match(r"(?:y|and)\b", joint) is not None
    opening = words["between_two" if pairs else "between"].pattern
    return re.search(rf"(?:{opening})$", left) is not None


def _relation(piece: str, one: When, words: Lexicon, tied: str) -> str:
    left = piece[max(0, one.start - _LEFT) : one.start]
    if one.instant and _BEFORE.search(left):
        return UNTIL
    if one.relation != AT or one.event:
        return one.relation
    left = left.rstrip(" (")
    if words["to_date"].match(piece, one.start):
        return UNTIL
    for name, relation in (("since", SINCE), ("until", UNTIL)):
        if re.search(rf"(?:{words[name].pattern})$", left):
            return relation
    clause = re.search(rf"(?:{words['since_what'].pattern})[^.;:\d]{{1,56}}$", left)
    if clause is None:
        return AT
    opened = (
        words["since_only"].match(clause[0]) is not None
        and "," not in clause[0]
        and words["telling"].search(clause[0]) is None
    )
    return SINCE if opened or tied in (ANNOUNCED, LAW, OTHER) else AT


def _tie(piece: str, one: When, words: Lexicon) -> str:
    """What else than the thing said the words are the day of."""
    left = piece[max(0, one.start - _LEFT) : one.start].rstrip(" (")
    for name, kind in (
        ("announced_on", ANNOUNCED),
        ("law_of", LAW),
        ("other_of", OTHER),
        ("arrested_on", ARRESTED),
    ):
        if re.search(rf"(?:{words[name].pattern})(?:{words['linking'].pattern}|[ ,])*$", left):
            return kind
    return OTHER if words["happens"].match(piece, one.end + 1) else ""


def _unrest(piece: str, one: When, words: Lexicon) -> bool:
    """Whether a month or year only names what happened in it: "the 2019 protests"."""
    left = piece[max(0, one.start - 30) : one.start].rstrip()
    named = re.search(rf"(?:{words['unrest'].pattern})(?: (?:de|del|of|in|en))(?: ano| early| late)?$", left)
    return named is not None or words["unrest"].match(piece, min(len(piece), one.end + 1)) is not None


def _told(piece: str, one: When, words: Lexicon) -> bool:
    """Whether it is when somebody said so: after the verb of telling, or before who tells. What was counted
    in a month is not said in it; only what was spoken."""
    telling = words["telling" if one.grain == DAY else "spoke"].pattern
    left = piece[max(0, one.start - 70) : one.start].rstrip()
    if one.grain != DAY and re.match(r"(?:que|that)\b", piece[one.end + 1 :]):
        telling = words["telling"].pattern
    if re.search(rf"(?:{telling})(?:{words['told_by'].pattern}|[ ,])*$", left):
        return True
    opens = _OPENS.search(piece[: one.start])
    if opens is None:
        return False
    follows = re.match(
        r"(?: night| morning| evening| afternoon)?,? [^.;:\d]{0,90}?(?=" + telling + ")",
        piece[one.end :],
    )
    return follows is not None and words["happened"].search(follows[0]) is None


__all__ = ["AHEAD", "ANNOUNCED", "ARRESTED", "AT", "DAY", "LAW", "MONTH", "OTHER", "RANGE", "SINCE", "SPAN",
           "UNTIL", "YEAR", "When", "times"]  # fmt: skip
