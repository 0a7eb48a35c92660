"""The words that name days and stretches of days, found one by one and resolved.

A date without a year is the latest such day that had come when the text was published. Where that day
is not known, only full dates are resolved; others are still seen, so that they are no counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.resolving import (
    back,
    day_of,
    latest,
    latest_number,
    month_before,
    month_end,
    numbered_weekday,
    part_of_month,
    part_of_year,
    weekend,
)

DAY, MONTH, YEAR, SPAN = "day", "month", "year", "span"
AT, SINCE, UNTIL, RANGE = "at", "since", "until", "range"
ANNOUNCED, LAW, OTHER, ARRESTED, AHEAD = "announced", "law", "other", "arrested", "ahead"


@dataclass(frozen=True, slots=True)
class When:
    """Words at [start, end) that name `first` to `last`. `relation`: how they are tied to what is said.

    `spoken`: a day told from the day of writing ("this Thursday", "today"); `event`: named by what
    happened then, which gives no day to count to; `told`: the day on which somebody said so; `tied`: what
    else it is the day of; `compared`: the day of a number that another is measured against; `again`: told
    from a day named before ("that month"); `ago`: counted back; `breaks_out`: when the unrest told of began.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    grain: str = DAY
    relation: str = AT
    spoken: bool = False
    event: bool = False
    told: bool = False
    tied: str = ""
    compared: bool = False
    again: str = ""
    ago: bool = False
    instant: bool = False
    opens: bool = False
    breaks_out: bool = False


@dataclass(frozen=True, slots=True)
class Base:
    """What days are reckoned from. `balance`: the day that a text's counts are of, for "the last month"."""

    published: date | None
    balance: date | None = None


_ORDER = ("iso", "slash", "stretch", "months", "full", "month", "part", "again", "ago", "last_n", "row",
          "ordinal", "bare", "relative", "weekday", "year")  # fmt: skip


_THROUGH = re.compile(r"\b(?:al?|to)\b|-")


@cache
def _grammar(words: Lexicon) -> dict[str, re.Pattern[str]]:
    tables = words.tables
    months, days = "|".join(tables["months"]), "|".join(tables["weekdays"])
    counted = "|".join(tables["counted"].values())
    numbers = "|".join(tables["ordinals"])
    if words.language == "es":
        full = (
            rf"(?:(?P<weekday>{days}),?\s)?(?P<day>\d{{1,2}}|primero|1ero)º?"
            rf"(?P<more>(?:\s?,\s?\d{{1,2}}){{0,6}}\s(?:y|e|al?)(?:\sel)?\s\d{{1,2}})?"
            rf"\s(?:de\s(?:el\s)?(?:mes de )?)?(?P<month>{months})\.?"
            r"(?:,?\s(?:de|del)(?:\sano)?\s|\s|,\s)?(?P<year>(?:19|20)\d\d)?(?!\w)"
        )
        month = rf"(?P<month>{months})\.?(?:\s(?:de|del)(?:\sano)?\s|\s)(?P<year>(?:19|20)\d\d)(?!\w)"
        leads: tuple[str, ...] = ("en", "desde", "de", "durante", "pasado", "hasta", "cerro")
        ago = rf"hace(?:\sya|\sunos|\sunas|\scasi)?\s(?P<count>\w+)\s(?P<unit>{counted})"
        counts = "de|pres|pers|det|exc|lib|mujer|hombre|milit|civil|peri|opos|acti|mani|estu|adol|meno"
        numbered = rf"(?!\s(?:{counts}))"
        row = rf"por (?P<nth>{numbers}) dia (?:consecutivo|seguido)"
        short = {"ene", "mar", "set", "sep", "dic", "jun", "jul", "ago", "oct", "nov", "abr", "feb"}
    else:
        full = (
            rf"(?:(?P<weekday>{days}),?\s)?(?:(?:the\s)?(?:(?P<month>{months})\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)"
            r"(?P<more>(?:\s?,\s?\d{1,2}){0,6}\s?(?:and|to|-)\s?\d{1,2})?(?!\d|[.,:]\d)(?:,?\s(?P<year>(?:19|20)\d\d))?"
            rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?P<more2>\s?(?:and|to|-)\s?\d{{1,2}})?(?:\sof)?\s(?P<month2>{months})(?:,?\s(?P<year2>(?:19|20)\d\d))?)(?!\w)"
        )
        month = rf"(?P<month>{months})\.?,?(?:\sof)?\s(?P<year>(?:19|20)\d\d)(?!\w)"
        leads = ("in", "since", "last", "during", "until", "early", "late", "by", "of", "closed")
        ago = rf"(?P<count>\w+)\s(?P<unit>{counted})\s(?:ago|earlier)"
        numbered = r"(?=\s?(?:[,.;:)-]|$|at\b|of\b|and\b))"
        row = rf"for (?:the |a )(?P<nth>{numbers}) (?:day in a row|(?:consecutive|straight|successive) day)"
        short = {"may", "march", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov",
                 "dec"}  # fmt: skip
    long = "|".join(name for names in tables["months"] for name in names.split("|") if name not in short)
    led = "(?:" + "|".join(f"(?<={lead} )" for lead in leads) + ")"
    last_n = rf"(?:{words['last_n'].pattern})\s(?P<count>\w+)\s(?P<unit>{counted})"
    return {
        "full": re.compile(rf"(?<![\w.,/])(?:{full})"),
        "iso": re.compile(r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w/])"),
        "slash": re.compile(
            r"(?<![\w/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)?\d\d)(?=por|\b)(?![/])"
        ),
        "month": re.compile(rf"(?<!\w)(?:{month})"),
        "stretch": re.compile(
            rf"(?<!\w)(?:{_entries(tables['stretches'])})(?:\s(?:{words['of_month'].pattern}))+\s(?=(?:{months})(?!\w))"
        ),
        "months": re.compile(
            rf"(?<=\w )(?P<first>{months})(?:\s(?:of\s|de\s)?(?P<before>(?:19|20)\d\d))?"
            rf"\s(?:{words['range_to'].pattern})\s(?P<month>{months})"
            r"(?:,?\s(?:de\s|del\s|of\s)?(?P<year>(?:19|20)\d\d))?(?!\w|\s\d{1,2}(?!\d))"
        ),
        "part": re.compile(rf"(?<!\w)(?:{_entries(tables['parts'])})(?!\w)"),
        "bare": re.compile(rf"(?<!\w)(?:{led}(?P<month>{months})|(?P<month2>{long}))(?!\w)"),
        "ordinal": re.compile(
            r"(?:(?<=\bel )|(?<=\bdel )|(?<=\bdia ))(?P<day>\d{1,2})(?![\w%]|[.,/:]\d|\s(?:por|%|anos|horas))"
            if words.language == "es"
            else r"(?<=the )(?P<day>\d{1,2})(?:st|nd|rd|th)(?!\w)(?! (?:anniversary|birthday|century))"
        ),
        "weekday": re.compile(
            rf"(?<!\w)(?P<weekday>{days})"
            rf"(?:\s(?P<day>\d{{1,2}})(?![\d.,:]\d|\d){numbered})?(?!\w)"
        ),
        "relative": re.compile(rf"(?<!\w)(?:{_entries(tables['relative'])})(?!\w)"),
        "again": re.compile(rf"(?<!\w)(?:{_entries(tables['again'])})(?!\w)"),
        "row": re.compile(rf"(?<!\w)(?:{row})(?!\w)"),
        "ago": re.compile(rf"(?<!\w)(?:{ago})(?!\w)"),
        "last_n": re.compile(rf"(?:{last_n})(?!\w)"),
        "year": re.compile(r"(?<![\w.,/#@$-])(?P<year>(?:19|20)\d\d)(?![\w/]|[.,]\d|-\d)"),
    }  # fmt: skip


def _ordered(table: object) -> list[str]:
    assert isinstance(table, dict)
    return sorted(table, key=len, reverse=True)


def _entries(table: object) -> str:
    return "|".join(f"(?P<r{i}>{entry})" for i, entry in enumerate(_ordered(table)))


def _code(table: object, match: re.Match[str]) -> str:
    """What the entry that matched stands for."""
    assert isinstance(table, dict)
    return str(table[_ordered(table)[int(str(match.lastgroup)[1:])]])


def atoms(piece: str, words: Lexicon, base: Base) -> Iterator[When]:
    """Every expression of `piece`, the surest kinds first; they may overlap."""
    grammar = _grammar(words)
    for event in words.tables_of("event"):
        for match in event.words.finditer(piece):
            yield When(match.start(), match.end(), event.start, event.end, SPAN, AT, event=True)
    for instant in words.tables_of("instant"):
        for match in instant.words.finditer(piece):
            yield When(match.start(), match.end(), instant.start, instant.start, relation=SINCE, instant=True)
    for name in _ORDER:
        for match in grammar[name].finditer(piece):
            one = _resolve(name, match, words, base)
            if one is not None:
                yield one


def _resolve(name: str, match: re.Match[str], words: Lexicon, base: Base) -> When | None:
    start, end = match.span()
    groups = match.groupdict()
    published = base.published
    if name in ("iso", "slash"):
        year = int(groups["year"]) + (2000 if len(groups["year"]) == 2 else 0)
        day = day_of(year, int(groups["month"]), int(groups["day"]))
        if day is None and words.language == "en":
            day = day_of(year, int(groups["day"]), int(groups["month"]))
        return When(start, end, day, day)
    if name == "full":
        return _full(match, words, published)
    if name in ("month", "bare"):
        month = _month(groups["month"] or groups.get("month2") or "", words)
        year_text = groups.get("year")
        told, end = (int(year_text), end) if year_text else _year_after(match, words, published)
        first = latest(told, month, 1, published)
        return When(start, end, first, month_end(first) if first else None, MONTH)
    if name == "year":
        year = int(groups["year"])
        return When(start, end, date(year, 1, 1), date(year, 12, 31), YEAR)
    if name == "months":
        return _months(match, words, published)
    if name == "stretch":
        return _stretch(match, words, published)
    if name == "part":
        return _part(match, words, published)
    if name == "again":
        return When(start, end, None, None, again=_code(words.tables["again"], match))
    if published is None:
        if name in ("last_n", "relative") and base.balance is not None:
            return _reckoned(name, match, words, base.balance, base.balance)
        return When(start, end, None, None, spoken=True)
    return _reckoned(name, match, words, published, base.balance)


def _reckoned(
    name: str, match: re.Match[str], words: Lexicon, published: date, balance: date | None
) -> When | None:
    """Those that are told from the day of writing."""
    start, end = match.span()
    if name == "ordinal":
        day = latest_number(int(match["day"]), published)
        return When(start, end, day, day, again=f"{match['day']} number")
    if name == "weekday":
        return _weekday(match, words, published)
    if name == "relative":
        return _told(start, end, _code(words.tables["relative"], match), published, balance)
    if name == "row":
        first = published - timedelta(days=words.tables["ordinals"][match["nth"]] - 1)
        return When(start, end, first, published, SPAN, spoken=True)
    return _counted(name, match, words, published, balance)


def _full(match: re.Match[str], words: Lexicon, published: date | None) -> When | None:
    groups = match.groupdict()
    month = _month(groups["month"] or groups.get("month2") or "", words)
    year_text = groups["year"] or groups.get("year2")
    digits = groups["day"] or groups.get("day2") or ""
    number = int(digits) if digits.isdigit() else 1
    if not 1 <= number <= 31:
        return None
    more = [int(extra) for extra in re.findall(r"\d+", groups["more"] or groups.get("more2") or "")]
    year, end = (int(year_text), match.end()) if year_text else _year_after(match, words, published)
    last = latest(year, month, max([number, *more]), published)
    first = day_of(last.year, month, number) if last else None
    through = len(more) == 1 and _THROUGH.search(groups["more"] or groups.get("more2") or "")
    relation = RANGE if through else AT
    return When(match.start(), end, first, last, SPAN if more else DAY, relation)


def _year_after(match: re.Match[str], words: Lexicon, published: date | None) -> tuple[int | None, int]:
    """The year that words after a month give: "de este año", "last year"; and where they end."""
    if published is not None:
        for name, years in (("year_before", 1), ("year_now", 0)):
            found = words[name].match(match.string, min(match.end() + 1, len(match.string)))
            if found is not None and match.string[match.end()] in " ,":
                return published.year - years, found.end()
    return None, match.end()


def _months(match: re.Match[str], words: Lexicon, published: date | None) -> When | None:
    """From one month to another: "between March and July 2025"."""
    year, end = (int(match["year"]), match.end()) if match["year"] else _year_after(match, words, published)
    last = latest(year, _month(match["month"], words), 1, published)
    if last is None:
        return When(match.start(), end, None, None, SPAN, RANGE)
    number = _month(match["first"], words)
    before = int(match["before"]) if match["before"] else last.year - (number > last.month)
    return When(match.start(), end, date(before, number, 1), month_end(last), MONTH, RANGE)


def _stretch(match: re.Match[str], words: Lexicon, published: date | None) -> When | None:
    """A week or half of a month."""
    months = "|".join(words.tables["months"])
    named = re.compile(rf"(?P<month>{months})(?:,?\s(?:de |del |of )?(?P<year>(?:19|20)\d\d))?(?!\w)")
    month = named.match(match.string, match.end())
    if month is None:
        return None
    year, end = (int(month["year"]), month.end()) if month["year"] else _year_after(month, words, published)
    first = latest(year, _month(month["month"], words), 1, published)
    if first is None:
        return When(match.start(), end, None, None, SPAN)
    number, days = (int(piece) for piece in _code(words.tables["stretches"], match).split())
    return When(match.start(), end, *part_of_month(first, number, days), SPAN)


def _part(match: re.Match[str], words: Lexicon, published: date | None) -> When | None:
    number, months = (int(piece) for piece in _code(words.tables["parts"], match).split())
    year_after = re.compile(r",?\s(?:of |de |del |del ano )?(?P<year>(?:19|20)\d\d)(?!\w)")
    told = year_after.match(match.string, match.end())
    year, end = (int(told["year"]), told.end()) if told else _year_after(match, words, published)
    if year is None and published is None:
        return When(match.start(), match.end(), None, None, SPAN)
    year = year if year is not None or published is None else published.year
    assert year is not None
    span = part_of_year(year, number, months)
    if span is not None and told is None and published is not None and span[0] > published:
        span = part_of_year(year - 1, number, months)
    return When(match.start(), end, span[0], span[1], SPAN) if span else None


def _weekday(match: re.Match[str], words: Lexicon, published: date) -> When:
    start, end = match.span()
    days = (published.weekday() - words.tables["weekdays"][match["weekday"]]) % 7
    left, right = match.string[max(0, start - 12) : start], match.string[end : end + 12]
    if words["coming"].search(left) or words["coming"].search(right):
        day = published + timedelta(days=7 - days)
        return When(start, end, day, day, spoken=True, tied=AHEAD)
    gone = words["gone"].search(left) or words["gone"].match(right, 1)
    if days == 0 and gone:
        days = 7
    day = published - timedelta(days=days)
    if match["day"]:
        day = numbered_weekday(int(match["day"]), day.weekday(), published) or day
        return When(start, end, day, day, spoken=True, tied=AHEAD if day > published else "")
    bare = not words["this_one"].search(left)
    return When(start, end, day, day, spoken=True, again=f"{day.weekday()} weekday" if bare else "")


def _told(start: int, end: int, code: str, published: date, balance: date | None) -> When:
    amount, unit = code.split()
    if unit == "named":
        month, number = (int(part) for part in amount.split("-"))
        day = latest(None, month, number, published)
        return When(start, end, day, day)
    shift = int(amount)
    if unit == "day":
        day = published + timedelta(days=shift)
        return When(start, end, day, day, spoken=True)
    if unit == "night":
        return When(start, end, published - timedelta(days=1), published, SPAN, spoken=True)
    if unit == "weekend":
        saturday, sunday = weekend(published)
        return When(start, end, saturday, sunday, SPAN, spoken=True)
    if unit == "week":
        monday = published - timedelta(days=7 if shift else published.weekday())
        return When(start, end, monday, published, SPAN, spoken=True)
    if unit.startswith("past-"):
        end_day = balance or published
        first = back(end_day + timedelta(days=1), shift, unit.removeprefix("past-"))
        return When(start, end, first, end_day, SPAN)
    if unit == "month":
        day = balance or published
        first = day.replace(day=1)
        if shift and day != month_end(day):  # on a month's last day, the last month is this one
            first = month_before(day)
        return When(start, end, first, min(month_end(first), day), MONTH)
    year = published.year + shift
    if unit == "december":
        return When(start, end, date(year, 12, 1), date(year, 12, 31), MONTH)
    if unit == "half":
        return When(start, end, date(year, 7, 1), date(year, 12, 31), SPAN)
    return When(start, end, date(year, 1, 1), min(date(year, 12, 31), published), YEAR)


def _counted(
    name: str, match: re.Match[str], words: Lexicon, published: date, balance: date | None
) -> When | None:
    numbers = {**words.tables["number_words"], **words.tables["one_words"]}
    token = match["count"]
    count = int(token) if token.isdecimal() and len(token) < 4 else numbers.get(token)
    if count is None:
        return None
    unit = next(u for u, entry in words.tables["counted"].items() if re.fullmatch(entry, match["unit"]))
    if unit == "hour":
        unit, count, balance = "day", count // 24, None
    if name == "ago":
        day = back(published, count, unit)
        return When(match.start(), match.end(), day, day, DAY if unit in ("day", "week") else SPAN, ago=True)
    end = balance or published
    first = back(end, count, unit)
    if unit in ("month", "year"):
        first = back(end + timedelta(days=1), count, unit)
    return When(match.start(), match.end(), first, end, DAY if first == end else SPAN, spoken=first == end)


def _month(name: str, words: Lexicon) -> int:
    return next(int(number) for names, number in words.tables["months"].items() if name in names.split("|"))
