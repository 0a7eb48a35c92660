"""Figures in a line that say something of a person: documents, ages, dates. Found, read and cut out.

Every pattern is bounded: a line of any kind is read in time linear to its length.
"""

from __future__ import annotations

import re
from datetime import date

from constancia.domain.dates import reading
from constancia.domain.dates.numeric import Order
from constancia.domain.errors import DateRefused
from constancia.domain.matching.reading.shapes import Draft
from constancia.domain.matching.reading.words import DATE_VERBS, MONTH
from constancia.domain.matching.shapes import Days
from constancia.domain.timeline.ages import birthday

CUT = "\x1f"
"""Stands where something was cut out: what is before and behind it are pieces apart."""
_OLDEST = 120
_PHONE = re.compile(
    r"(?<![\d.])(?:\+\s?\d{1,3}[\s.-]?\(?\d{2,4}\)?(?:[\s.-]?\d{2,4}){2,3}|0\d{3}[\s./-]?\d{3}[\s.-]?\d{2}[\s.-]?\d{2})(?![\d.])"
)
_DATE = re.compile(
    r"(?<![\d./-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})"
    rf"|(?:\d{{1,2}}\s?(?:de\s|-|/)?\s?)?{MONTH}(?:\s?(?:de\s|del\s|-|/|,)?\s?\d{{4}})|\d{{1,2}}\s?(?:de\s|-|/)\s?{MONTH}"
    r")(?![\w/])",
    re.IGNORECASE,
)
_LABEL = (
    r"(?:(?:(?:titular|portadora?)\s+de\s+la\s+)?c[eé]dulas?(?:\s+de\s+identidad)?"
    r"|c\s?\.?\s?i|doc(?:umento)?|dni|id|pasaporte|passport)"
)
_NUMBER = r"\d{1,3}(?:[.,\s]\d{3}){1,3}(?!\d)|\d{4,10}(?!\d)|\d[\d.]{3,12}\d"
_DOCUMENT = re.compile(
    rf"(?:(?<![^\W\d_]){_LABEL}\b\.?\s?(?:n(?:ro|[uú]m(?:ero)?)?[.º°]{{0,2}}\s?)?[:#.\-–]{{0,2}}\s?"
    rf"(?P<kind>[VEPJ](?:\s?[-–.:]{{1,2}}\s?|\s?))?(?P<labelled>{_NUMBER})"
    rf"|(?:(?<![^\W_])(?P<prefix>[VE])|(?-i:(?<=[a-zñáéíóú])(?P<glued>[VE]))|(?-i:(?<=[A-ZÑÁÉÍÓÚ])(?P<dashed>V)(?=\s?[-–])))"
    rf"\s?[-–.:]{{0,2}}\s?(?P<prefixed>{_NUMBER})"
    r"|(?<![\d.,/+])(?<![\d.\s+]-)(?P<plain>\d{1,2}[.,]\d{3}[.,]\d{3}|\d{6,9})(?![\d.,]?\d|[/-]\d))",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?P<before>(?:\b(?:a|por|lleva|hace|pena|condena|durante)\s)?)(?:edad\s?:?\s?|de\s|aged?\s?:?\s?)?(?<![\d.,/])(?P<age>\d{1,3})"
    r"\s?(?:a[nñ]os?(?:\s+de\s+edad)?|years?(?:[\s-]old)?)(?!\w)"
    r"|\bedad\s?:?\s?(?P<stated>\d{1,3})(?!\d)",
    re.IGNORECASE,
)
_BIRTH_WORDS = re.compile(r"(?:el|la|los|en|on|:|d[ií]a|fecha|de|date|of)(?!\w)|[\s.,:]", re.IGNORECASE)
_STOPS = re.compile(rf"[,;()\[\]|\t{CUT}]")


def cut_figures(text: str, draft: Draft, day: date | None, order: Order) -> str:
    """`text` with CUT where documents, ages, telephones and dates stood; what they say is in `draft`."""
    text = _cut_dates(text, draft, order)
    text = _PHONE.sub(lambda m: _kept(draft, m[0]), text)
    text = _cut_documents(text, draft)
    return _cut_ages(text, draft, day)


def _kept(draft: Draft, written: str) -> str:
    draft.remark(written.strip())
    return CUT


def _cut_documents(text: str, draft: Draft) -> str:
    found = list(_DOCUMENT.finditer(text))
    if not found:
        return text
    if len(found) > 1 and len({_digits(one[0]) for one in found}) > 1:
        draft.note("list.documents_two")
        return _DOCUMENT.sub(lambda m: _kept(draft, m[0]), text)
    one = found[0]
    kind = (one["kind"] or one["prefix"] or one["glued"] or one["dashed"] or "").strip(" -–.:").upper()
    draft.document = document_of(kind + (one["labelled"] or one["prefixed"] or one["plain"]))
    return _DOCUMENT.sub(CUT, text)


def document_of(written: str) -> str:
    """A document number in one writing: "V-12345678", "12345678"; "" where there is no number in it."""
    digits = _digits(written)
    if len(digits) < 4:
        return ""
    kind = written.lstrip(" .-")[:1].upper()
    return f"{kind}-{digits}" if kind in "VEPJ" else digits


def _digits(written: str) -> str:
    return "".join(c for c in written if c.isascii() and c.isdigit())


def _cut_ages(text: str, draft: Draft, day: date | None) -> str:
    def cut(found: re.Match[str]) -> str:
        if found["before"]:
            return found[0]  # years of a sentence, not of a life
        take_age(draft, int(found["age"] or found["stated"]), found[0].strip(), day)
        return CUT

    return _AGE.sub(cut, text)


def take_age(draft: Draft, age: int, written: str, day: date | None) -> None:
    """An age says when somebody was born only with the day on which it was their age."""
    if age > _OLDEST:
        draft.unread(written, "list.age_unread")
    elif day is None:
        draft.unread(written, "list.age_without_day")
    elif draft.born is None:
        draft.born = birthday(day.toordinal(), -age - 1) + 1, birthday(day.toordinal(), -age)
    else:
        draft.remark(written)


def _cut_dates(text: str, draft: Draft, order: Order) -> str:
    pieces, at = [], 0
    for found in _DATE.finditer(text):
        stop = max(
            (m.end() for m in _STOPS.finditer(text, max(at, found.start() - 80), found.start())), default=0
        )
        start = max(at, stop, found.start() - 80)
        kind, verb = _verb(text, start, found.start())
        begin = found.start() if verb is None else verb
        written = text[begin : found.end()].strip()
        pieces.append(text[at:begin])
        pieces.append(CUT)
        at = found.end()
        if kind == "born" and draft.born is None:
            draft.born = read_days(draft, found[0], written, order)
        elif kind == "detained" and draft.day is None:
            draft.day = read_days(draft, found[0], written, order)
            between = _BIRTH_WORDS.sub("", DATE_VERBS["detained"].sub("", text[begin : found.start()]))
            if between:
                draft.remark(written)  # "detenido en tal sitio el": the rest says more than the day
        elif kind:
            draft.remark(written)
        else:
            draft.unread(written, "list.date_unclear")
    return "".join(pieces) + text[at:] if pieces else text


def _verb(text: str, start: int, end: int) -> tuple[str, int | None]:
    """What the last verb or noun before a date says that happened then, and where it stands."""
    last: tuple[str, int | None] = ("", None)
    for kind, pattern in DATE_VERBS.items():
        for found in pattern.finditer(text, start, end):
            if last[1] is None or found.start() > last[1]:
                last = (kind, found.start())
    return last


def read_days(draft: Draft, text: str, written: str, order: Order) -> Days | None:
    """The days that a date can mean; what cannot be read stays as a remark, with a note that says so."""
    try:
        found = reading.read(text, order=order)
    except DateRefused:
        draft.unread(written, "list.date_unread")
        return None
    if found.earliest is None or found.latest is None:
        if found.edtf:
            draft.unread(written, "list.date_open")
        return None
    return found.earliest.toordinal(), found.latest.toordinal()
