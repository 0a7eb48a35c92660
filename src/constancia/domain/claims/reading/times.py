"""Days and stretches of days that a text names, resolved by the day it was published.

A date without a year is the latest such day that had come when the text was published. Where that day
is not known, only full dates are resolved; others are still seen, so that they are no counts.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from constancia.domain.claims.reading.lexicon import Lexicon, pattern

DAY, MONTH, YEAR, SPAN = "day", "month", "year", "span"
AT, SINCE, UNTIL, RANGE = "at", "since", "until", "range"


@dataclass(frozen=True, slots=True)
class When:
    """Words at [start, end) that name `first` to `last`. `relation`: how they are tied to what is said.

    `spoken`: a day told from the day of writing ("this Thursday", "today"); `event`: named by what
    happened then, which gives no day to count to.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    grain: str = DAY
    relation: str = AT
    spoken: bool = False
    event: bool = False
    told: bool = False  # the day on which somebody said so


@cache
def _grammar(words: Lexicon) -> dict[str, re.Pattern[str]]:
    months = "|".join(words.tables["months"])
    days = "|".join(words.tables["weekdays"])
    relative = sorted(words.tables["relative"], key=len, reverse=True)
    counted = "|".join(words.tables["counted"].values())
    if words.language == "es":
        full = (
            rf"(?:(?P<weekday>{days}),?\s)?(?P<day>\d{{1,2}}|primero|1ero)º?"
            rf"(?P<more>(?:\s?,\s?\d{{1,2}}){{0,6}}\s(?:y|e)(?:\sel)?\s\d{{1,2}})?"
            rf"\s(?:de\s(?:el\s)?(?:mes de )?)?(?P<month>{months})\.?"
            r"(?:,?\s(?:de|del)(?:\sano)?\s|\s|,\s)?(?P<year>(?:19|20)\d\d)?(?!\w)"
        )
        month = rf"(?P<month>{months})\.?(?:\s(?:de|del)(?:\sano)?\s|\s)(?P<year>(?:19|20)\d\d)(?!\w)"
        leads: tuple[str, ...] = ("en", "desde", "de", "durante", "pasado", "hasta")
        ago = rf"hace(?:\sya|\sunos|\sunas|\scasi)?\s(?P<count>\w+)\s(?P<unit>{counted})"
    else:
        full = (
            rf"(?:(?P<weekday>{days}),?\s)?(?:(?P<month>{months})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
            r"(?P<more>(?:\s?,\s?\d{1,2}){0,6}\sand\s\d{1,2})?(?!\d)(?:,?\s(?P<year>(?:19|20)\d\d))?"
            rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month2>{months})(?:,?\s(?P<year2>(?:19|20)\d\d))?)(?!\w)"
        )
        month = rf"(?P<month>{months})\.?,?(?:\sof)?\s(?P<year>(?:19|20)\d\d)(?!\w)"
        leads = ("in", "since", "last", "during", "until", "early", "late", "by", "of")
        ago = rf"(?P<count>\w+)\s(?P<unit>{counted})\s(?:ago|earlier)"
    bare = "(?:" + "|".join(f"(?<={lead} )" for lead in leads) + rf")(?P<month>{months})(?!\w)"
    last_n = rf"(?:{words['last_n'].pattern})\s(?P<count>\w+)\s(?P<unit>{counted})"
    return {
        "full": re.compile(rf"(?<![\w.,/])(?:{full})"),
        "iso": re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/])"),
        "slash": re.compile(
            r"(?<![\w/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)?\d\d)(?=por|\b)(?![/])"
        ),
        "month": re.compile(rf"(?<!\w)(?:{month})"),
        "bare": re.compile(bare),
        "ordinal": re.compile(
            r"(?<=\bel )(?P<day>\d{1,2})(?![\w%]|[.,/:]\d|\s(?:por|%))"
            if words.language == "es"
            else r"(?<=the )(?P<day>\d{1,2})(?:st|nd|rd|th)(?!\w)(?! (?:anniversary|birthday|century))"
        ),
        "weekday": re.compile(
            rf"(?<!\w)(?P<weekday>{days})"
            r"(?:\s(?P<day>\d{1,2})(?![\d.,:]\d|\s(?:de|pres|pers|det)|\d))?(?!\w)"
        ),
        "relative": re.compile(
            r"(?<!\w)(?:" + "|".join(f"(?P<r{i}>{entry})" for i, entry in enumerate(relative)) + r")(?!\w)"
        ),
        "ago": re.compile(rf"(?<!\w)(?:{ago})(?!\w)"),
        "last_n": re.compile(rf"(?:{last_n})(?!\w)"),
        "year": re.compile(r"(?<![\w.,/#@$-])(?P<year>(?:19|20)\d\d)(?![\w/]|[.,]\d|-\d)"),
    }  # fmt: skip


def times(text: str, start: int, end: int, words: Lexicon, published: date | None) -> list[When]:
    """What text[start:end] says of time, in its order; no two overlap."""
    piece = text[start:end]
    found: list[When] = []
    for one in _atoms(piece, words, published):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    found.sort(key=lambda one: one.start)
    found = _related(piece, found, words, published)
    return [replace(one, start=one.start + start, end=one.end + start) for one in found]


def _atoms(piece: str, words: Lexicon, published: date | None) -> Iterator[When]:
    grammar = _grammar(words)
    for event in words.tables_of("event"):
        for match in event.words.finditer(piece):
            yield When(match.start(), match.end(), event.start, event.end, SPAN, AT, event=True)
    for instant in words.tables_of("instant"):
        for match in instant.words.finditer(piece):
            yield When(match.start(), match.end(), instant.start, instant.start, DAY, SINCE)
    for name in (
        "iso",
        "slash",
        "full",
        "month",
        "ago",
        "last_n",
        "ordinal",
        "relative",
        "weekday",
        "bare",
        "year",
    ):
        for match in grammar[name].finditer(piece):
            one = _resolve(name, match, words, published)
            if one is not None:
                yield one


def _resolve(name: str, match: re.Match[str], words: Lexicon, published: date | None) -> When | None:
    start, end = match.span()
    groups = match.groupdict()
    if name in ("iso", "slash"):
        year = int(groups["year"]) + (2000 if len(groups["year"]) == 2 else 0)
        day = _day(year, int(groups["month"]), int(groups["day"]))
        return When(start, end, day, day) if day else When(start, end, None, None)
    if name == "full":
        month = _month(groups["month"] or groups.get("month2") or "", words)
        year_text = groups["year"] or groups.get("year2")
        digits = groups["day"] or groups.get("day2") or ""
        number = int(digits) if digits.isdigit() else 1
        if not 1 <= number <= 31:
            return None
        more = [int(extra) for extra in re.findall(r"\d+", groups["more"] or "")]
        last_day = max([number, *more])
        last = _dated(int(year_text) if year_text else None, month, last_day, published)
        first = _day(last.year, month, number) if last else None
        return When(start, end, first, last, SPAN if more else DAY)
    if name in ("month", "bare"):
        month = _month(groups["month"], words)
        year_text = groups.get("year")
        first = _dated(int(year_text) if year_text else None, month, 1, published)
        return When(start, end, first, _month_end(first), MONTH)
    if name == "year":
        year = int(groups["year"])
        return When(start, end, date(year, 1, 1), date(year, 12, 31), YEAR)
    if published is None:
        return When(start, end, None, None, spoken=True)
    if name == "ordinal":
        day = _ordinal(int(groups["day"]), published)
        return When(start, end, day, day)
    if name == "weekday":
        behind = (published.weekday() - words.tables["weekdays"][groups["weekday"]]) % 7
        day = published - timedelta(days=behind)
        if groups["day"]:
            day = _ordinal(int(groups["day"]), published) or day
        return When(start, end, day, day, spoken=True)
    if name == "relative":
        entries = sorted(words.tables["relative"], key=len, reverse=True)
        entry = entries[int(str(match.lastgroup)[1:])]
        return _told(start, end, words.tables["relative"][entry], published)
    return _counted(name, match, words, published)


def _told(start: int, end: int, code: str, published: date) -> When:
    amount, unit = code.split()
    if unit == "named":
        month, number = (int(part) for part in amount.split("-"))
        day = _dated(None, month, number, published)
        return When(start, end, day, day)
    back = int(amount)
    if unit == "day":
        day = published + timedelta(days=back)
        return When(start, end, day, day, spoken=True)
    if unit == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        return When(start, end, saturday, min(saturday + timedelta(days=1), published), SPAN, spoken=True)
    if unit == "week":
        monday = published - timedelta(days=7) if back else published - timedelta(days=published.weekday())
        return When(start, end, monday, published, SPAN, spoken=True)
    if unit == "month":
        first = published.replace(day=1)
        if (
            back and (published + timedelta(days=1)).day > 1
        ):  # on a month's last day, the last month is this one
            first = (first - timedelta(days=1)).replace(day=1)
        return When(start, end, first, min(_month_end(first) or published, published), MONTH)
    year = published.year + back
    if unit == "december":
        return When(start, end, date(year, 12, 1), date(year, 12, 31), MONTH)
    if unit == "half":
        return When(start, end, date(year, 7, 1), date(year, 12, 31), SPAN)
    return When(start, end, date(year, 1, 1), min(date(year, 12, 31), published), YEAR)


def _counted(name: str, match: re.Match[str], words: Lexicon, published: date) -> When | None:
    numbers = {**words.tables["number_words"], **words.tables["one_words"]}
    token = match["count"]
    count = int(token) if token.isdecimal() and len(token) < 4 else numbers.get(token)
    if count is None:
        return None
    unit = next(u for u, entry in words.tables["counted"].items() if re.fullmatch(entry, match["unit"]))
    first = _back(published, count, unit)
    if name == "last_n" and unit in ("month", "year"):
        first = _back(published + timedelta(days=1), count, unit)
    if name == "ago":
        return When(match.start(), match.end(), first, first, DAY if unit in ("day", "week") else SPAN)
    return When(match.start(), match.end(), first, published, SPAN)


def _back(day: date, count: int, unit: str) -> date:
    if unit == "day":
        return day - timedelta(days=count)
    if unit == "week":
        return day - timedelta(days=7 * count)
    months = day.year * 12 + day.month - 1 - (count if unit == "month" else 12 * count)
    first = date(max(1, months // 12), months % 12 + 1, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def _related(piece: str, found: list[When], words: Lexicon, published: date | None) -> list[When]:
    """Each with the relation that the words to its left give it; two joined as a range are one."""
    kept: list[When] = []
    for one in found:
        before = kept[-1] if kept else None
        between = piece[before.end : one.start].strip() if before else "x" * 9
        if (
            before is not None
            and len(between) < 12
            and words["range_to"].fullmatch(between)
            and _opens(piece, before, words, between)
            and not one.event
            and not before.event
        ):
            first, last = before.first, one.last
            if first is None and last is not None:
                again = next(_atoms(piece[before.start : before.end], words, last), None)
                first = again.first if again else None
            if first and last and first > last:
                first = _day(last.year - (first.month > last.month), first.month, first.day)
            elif (
                first
                and last
                and last.year - first.year >= 1
                and not re.search(r"\d{4}", piece[before.start : before.end])
            ):
                first = _day(last.year, first.month, first.day) or first
            kept[-1] = replace(
                before, end=one.end, first=first, last=last, relation=RANGE, grain=SPAN, spoken=False
            )
            continue
        relation = _relation(piece, one, words)
        earlier = relation == UNTIL and _BEFORE.search(piece[max(0, one.start - 16) : one.start]) is not None
        if earlier and one.grain == DAY and one.last is not None:
            one = replace(one, first=one.last - timedelta(days=1), last=one.last - timedelta(days=1))
        if (
            one.grain == YEAR
            and relation == UNTIL
            and _CLOSING.search(piece[max(0, one.start - 20) : one.start])
        ):
            one = replace(one, first=one.last, grain=DAY)
        kept.append(replace(one, relation=relation))
    return kept


_CLOSING = re.compile(r"(?:fin(?:al)?es de|cierre de|fin de|end of)\s$")
_BEFORE = re.compile(r"(?:before|prior to|antes del?)(?: the)?\s$")


def _opens(piece: str, one: When, words: Lexicon, joint: str) -> bool:
    left = piece[max(0, one.start - 20) : one.start].rstrip()
    if joint in ("-", "hasta", "hasta el", "until", "through", "to"):
        return True
    return re.search(rf"(?:{words['between'].pattern})$", left) is not None


def _relation(piece: str, one: When, words: Lexicon) -> str:
    if one.relation == SINCE and _BEFORE.search(piece[max(0, one.start - 16) : one.start]):
        return UNTIL
    if one.relation != AT or one.event:
        return one.relation
    left = piece[max(0, one.start - 44) : one.start].rstrip(" (")
    inner = piece[one.start : one.end]
    if re.match(r"hasta|as of|to date", inner):
        return UNTIL
    for name, relation in (("since", SINCE), ("until", UNTIL)):
        if re.search(rf"(?:{words[name].pattern})$", left):
            return relation
    return AT


def _ordinal(number: int, published: date) -> date | None:
    """The latest day of that number that had come."""
    day = _day(published.year, published.month, number)
    if day is not None and day <= published:
        return day
    return _day(*_month_before(published), number)


def _month_before(day: date) -> tuple[int, int]:
    return (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)


def _dated(year: int | None, month: int, number: int, published: date | None) -> date | None:
    if year is not None:
        return _day(year, month, number)
    if published is None:
        return None
    day = _day(published.year, month, number)
    if day is not None and day <= published + timedelta(days=3):
        return day
    return _day(published.year - 1, month, number)


def _month(name: str, words: Lexicon) -> int:
    return next(int(number) for names, number in words.tables["months"].items() if name in names.split("|"))


def _month_end(first: date | None) -> date | None:
    return first and first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


__all__ = ["AT", "DAY", "MONTH", "RANGE", "SINCE", "SPAN", "UNTIL", "YEAR", "When", "pattern", "times"]
