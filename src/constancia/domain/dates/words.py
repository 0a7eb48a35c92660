"""Imprecise dates in words for people, in Spanish and English.

The words are made from the EDTF text alone, not from what the source wrote, and read back to the same
interval through `reading.read` (a test holds them to it).
"""

from __future__ import annotations

from dataclasses import dataclass

from constancia.domain.dates.edtf import PARTS_OF_YEAR
from constancia.domain.dates.imprecise import ImpreciseDate
from constancia.domain.dates.limits import last_of_month
from constancia.domain.language import Language


@dataclass(frozen=True, slots=True)
class _Words:
    unknown: str
    months: tuple[str, ...]
    day: str
    month: str
    decade: str
    the: str
    the_decade: str
    about: str
    doubtful: str
    rough_ends: str
    or_before: str
    or_after: str
    between: str
    thirds: tuple[str, str, str]
    half_of_month: str
    week_of_month: str
    part_of_year: str
    ordinals: tuple[str, str, str, str]
    feminine: tuple[str, str, str, str]
    last: str
    units: tuple[str, str, str]


_ES = _Words(
    unknown="fecha desconocida",
    months=(
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
        "octubre", "noviembre", "diciembre",
    ),
    day="{d} de {month}",
    month="{month} de {y}",
    decade="década de {y}",
    the="el ",
    the_decade="la ",
    about="hacia {x}",
    doubtful="{x} (dudoso)",
    rough_ends="{x} (extremos aproximados)",
    or_before="{x} o antes",
    or_after="{x} o después",
    between="entre {a} y {b}",
    thirds=("principios de {x}", "mediados de {x}", "finales de {x}"),
    half_of_month="{n} quincena de {x}",
    week_of_month="{n} semana de {x}",
    part_of_year="{n} {unit} de {y}",
    ordinals=("primer", "segundo", "tercer", "cuarto"),
    feminine=("primera", "segunda", "tercera", "cuarta"),
    last="última",
    units=("trimestre", "cuatrimestre", "semestre"),
)  # fmt: skip
_EN = _Words(
    unknown="date unknown",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    day="{d} {month}",
    month="{month} {y}",
    decade="{y}s",
    the="",
    the_decade="the ",
    about="about {x}",
    doubtful="{x} (uncertain)",
    rough_ends="{x} (ends approximate)",
    or_before="{x} or before",
    or_after="{x} or after",
    between="between {a} and {b}",
    thirds=("early {x}", "mid-{x}", "late {x}"),
    half_of_month="{n} half of {x}",
    week_of_month="{n} week of {x}",
    part_of_year="{n} {unit} of {y}",
    ordinals=("first", "second", "third", "fourth"),
    feminine=("first", "second", "third", "fourth"),
    last="last",
    units=("quarter", "four-month period", "semester"),
)  # fmt: skip
_WORDS = {"es": _ES, "en": _EN}


def month_name(month: int, language: Language = "es", *, short: bool = False) -> str:
    """What month 1 to 12 is called; `short`: by its first three letters."""
    name = _WORDS[language].months[month - 1]
    return name[:3] if short else name


def in_words(d: ImpreciseDate, language: Language = "es") -> str:
    """The date as people say it: "8 de enero de 2026", "principios de enero de 2026", "2013 o antes"."""
    w = _WORDS[language]
    if not d.edtf:
        return w.unknown
    bare = "".join(c for c in d.edtf if c not in "~?%")
    about, doubt = any(c in d.edtf for c in "~%"), any(c in d.edtf for c in "?%")
    if "/" in bare:
        part = _part(d.edtf.replace("%", "~").replace("?", ""), w)
        said = part or _interval(bare, w)
        if about and not part:
            said = w.rough_ends.format(x=said)
    else:
        said = w.about.format(x=_the(bare, w) + _one(bare, w)) if about else _one(bare, w)
    return w.doubtful.format(x=said) if doubt else said


def _one(text: str, w: _Words) -> str:
    """A single date without qualifiers."""
    if text.endswith("X"):
        return w.decade.format(y=f"{text[:3]}0")
    if len(text) == 4:
        return text
    year, month = text[:4], int(text[5:7])
    if month > 12:
        return _part_of_year(year, month, w)
    whole = w.month.format(month=w.months[month - 1], y=year)
    return whole if len(text) == 7 else w.day.format(d=int(text[8:]), month=whole)


def _the(text: str, w: _Words) -> str:
    """The article before a day, a part of a year or a decade."""
    if text.endswith("X"):
        return w.the_decade
    return w.the if len(text) == 10 or (len(text) == 7 and int(text[5:]) > 12) else ""


def _part_of_year(year: str, code: int, w: _Words) -> str:
    unit, first = (0, 33) if code < 37 else (1, 37) if code < 40 else (2, 40)
    if unit == 1 and w is _EN:  # English has no everyday word for a four-month period
        a, b = PARTS_OF_YEAR[code]
        return _interval(f"{year}-{a:02d}/{year}-{b:02d}", w)
    return w.part_of_year.format(n=w.ordinals[code - first], unit=w.units[unit], y=year)


def _interval(text: str, w: _Words) -> str:
    a, b = text.split("/")
    a, b = _whole_month(a, 0), _whole_month(b, 1)
    if a == "..":
        return w.or_before.format(x=_one(b, w))
    if b == "..":
        return w.or_after.format(x=_one(a, w))
    first = _one(a, w)
    if len(a) == len(b) >= 7 and a[:4] == b[:4]:  # the year, and perhaps the month, is said once
        month = w.months[int(a[5:7]) - 1]
        if len(a) == 7:
            first = month
        else:
            first = str(int(a[8:])) if a[:7] == b[:7] else w.day.format(d=int(a[8:]), month=month)
    return w.between.format(a=_the(a, w) + first, b=_the(b, w) + _one(b, w))


def _whole_month(text: str, end: int) -> str:
    """A quarter or semester at an end of an interval, as the month in which it begins or ends."""
    if len(text) == 7 and int(text[5:]) > 12:
        return f"{text[:4]}-{PARTS_OF_YEAR[int(text[5:])][end]:02d}"
    return text


def _part(text: str, w: _Words) -> str:
    """The words of an interval that is a part of a month, a year or a decade; "" if it is none."""
    a, b = text.split("/")
    rough = a.endswith("~") and b.endswith("~")
    if ".." in (a, b) or (not rough and "~" in text):
        return ""
    a, b = a.rstrip("~"), b.rstrip("~")
    if len(a) == len(b) == 10 and a[:7] == b[:7]:
        return _part_of_month(a[:7], int(a[8:]), int(b[8:]), rough, w)
    if rough and len(a) == len(b) == 7 and a[:4] == b[:4]:
        for n in range(3):
            if (int(a[5:]), int(b[5:])) == (4 * n + 1, 4 * n + 4):
                return w.thirds[n].format(x=a[:4])
    if rough and len(a) == len(b) == 4 and a[:3] == b[:3] and (a + b).isdigit():
        ends = {(0, 3): 0, (4, 6): 1, (7, 9): 2}.get((int(a[3]), int(b[3])))
        if ends is not None:
            decade = f"{a[:3]}X"
            article = w.the_decade if w is _ES else ""
            return w.thirds[ends].format(x=article + _one(decade, w))
    return ""


def _part_of_month(month: str, first: int, last: int, rough: bool, w: _Words) -> str:
    end = last_of_month(int(month[:4]), int(month[5:]))
    whole = _one(month, w)
    if not rough:
        half = {(1, 15): 0, (16, end): 1}.get((first, last))
        return "" if half is None else w.half_of_month.format(n=w.feminine[half], x=whole)
    third = {(1, 10): 0, (11, 20): 1, (21, end): 2}.get((first, last))
    if third is not None:
        return w.thirds[third].format(x=whole)
    week = {(1, 7): 0, (8, 14): 1, (15, 21): 2, (22, 28): 3}.get((first, last))
    if week is not None:
        return w.week_of_month.format(n=w.feminine[week], x=whole)
    return w.week_of_month.format(n=w.last, x=whole) if (first, last) == (end - 6, end) else ""
