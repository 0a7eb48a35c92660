"""Reading a date as a source wrote it, in Spanish or English, in figures, or out of a spreadsheet.

What can be read in one way is read; everything else is refused with the reason. Nothing is taken
from today's date, and day-first or month-first is declared by the caller, never inferred.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from constancia.domain.dates import edtf
from constancia.domain.dates.english import ENGLISH
from constancia.domain.dates.imprecise import ImpreciseDate
from constancia.domain.dates.lexicon import Lexicon
from constancia.domain.dates.limits import checked_year
from constancia.domain.dates.numeric import ExcelEpoch, Order, read_figures, read_number
from constancia.domain.dates.phrases import read_phrase
from constancia.domain.dates.spanish import SPANISH
from constancia.domain.errors import DateRefused
from constancia.domain.language import Language

MAX_CHARACTERS = 200
_LEXICONS: dict[str | None, Lexicon] = {"es": SPANISH, "en": ENGLISH, None: SPANISH | ENGLISH}
_UNKNOWN = SPANISH.unknown | ENGLISH.unknown

_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]")
_UNLIKE_ASCII = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("‘’ʼ´`", "'") | {"°": "o"})
_AT_THE_EDGES = " \t,;:.\"'«»“”()"
_TIME = re.compile(
    r"(?P<day>.*?\S)(?:\s*,\s*|\s+)(?:a las? |at |@ ?)?"
    r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?"
    r"\s*(?:[ap]\.?\s?m\.?|h|hs|hrs?|horas)?",
    re.ASCII,
)
_ISO_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d.*)", re.ASCII)
_EDTF_SHAPE = re.compile(r"(?=.*\d\d)[\dx~?%./+\[\]-]+", re.ASCII)


def read(
    words: str,
    *,
    order: Order | None = None,
    language: Language | None = None,
    excel_epoch: ExcelEpoch | None = None,
    unknown_marks: Collection[str] = (),
) -> ImpreciseDate:
    """The date that `words` say; `.words` of the answer are `words` themselves.

    `order`: which comes first in figures like 08/01/2026; ISO and year-first need none.
    `language`: whose month names count (both where None). `excel_epoch`: set where bare numbers are
    spreadsheet serials. `unknown_marks`: further texts that mean "not known" in this source.

    Raises DateRefused with one of: `date.unreadable`, `date.too_long`, `date.control`,
    `date.order_undeclared`, `date.order_other`, `date.two_digit_year`, `date.year_missing`,
    `date.month_missing`, `date.no_such_day`, `date.no_such_month`, `date.year_out_of_range`,
    `date.interval_reversed`, `date.two_days`, `date.not_adjacent`, `date.weekday_mismatch`,
    `date.century_unclear`, `date.relative`, `date.serial_undeclared`, `date.serial_or_year`,
    `date.serial_time_only`, `date.utc_time`, `date.edtf_unsupported`.
    """
    if len(words) == 10 and words[4] == "-" and words[7] == "-":
        try:
            day = date.fromisoformat(words)
        except ValueError:
            pass
        else:
            checked_year(day.year)
            return ImpreciseDate(words, day, day, words)
    if len(words) > MAX_CHARACTERS:
        raise DateRefused("date.too_long", limit=MAX_CHARACTERS)
    if _FORBIDDEN.search(words):
        raise DateRefused("date.control")
    text = plain(words)
    if not text or text in _UNKNOWN or any(text == plain(mark) for mark in unknown_marks):
        return ImpreciseDate("", None, None, words)
    found = _read_plain(text, order, _LEXICONS[language], excel_epoch)
    return ImpreciseDate(found.edtf, found.earliest, found.latest, words)


def plain(text: str) -> str:
    """`text` without accents, case, invisible characters, double spaces and outer punctuation."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_UNLIKE_ASCII))
        text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf"))
    text = " ".join(text.casefold().split())
    return text.strip(_AT_THE_EDGES) or text


def _read_plain(text: str, order: Order | None, lexicon: Lexicon, epoch: ExcelEpoch | None) -> ImpreciseDate:
    if found := _ISO_WITH_TIME.fullmatch(text):
        clock = found[2].upper().replace(" ", "")
        if not clock.endswith(("AM", "PM")):
            return edtf.parse(edtf.without_time(f"{found[1]}T{clock}"))
    if (timed := _TIME.fullmatch(text)) and int(timed["h"]) <= 24 and int(timed["m"]) <= 59:
        day = _read_plain(timed["day"].strip(_AT_THE_EDGES), order, lexicon, None)
        if day.span != 1:
            raise DateRefused("date.unreadable")
        return day
    if (number := read_number(text, epoch)) is not None:
        return number
    if (figures := read_figures(text, order)) is not None:
        return figures
    if _EDTF_SHAPE.fullmatch(text):
        try:
            return edtf.parse(text.upper())
        except DateRefused as refusal:
            if refusal.code != "date.unreadable":
                raise
    return read_phrase(text, lexicon, order)
