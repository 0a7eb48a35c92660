"""Whose text it is, where a line at its top says so beside the date."""

from __future__ import annotations

import re

from constancia.domain.claims.claimants import claimants, key_of
from constancia.domain.claims.reading.cast import ORG, Cast, Speaker
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.mentions import mentions
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.view import View

_SIGNATURE = 90
"""Characters of such a line."""
_MARKS = ("/", "|", " - ", "\n", "·", ",")
_STAMP = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORDS = re.compile(r"[a-z]+")
_PLAIN = frozenset(
    {"by", "de", "del", "por", "en", "at", "of", "on", "the", "el", "st", "nd", "rd", "th", "am", "pm"}
)


def signed(view: View, pieces: list[Sentence], cast: Cast) -> Speaker | None:
    """The organisation of a line at the top that holds nothing but it and a date ("3 May 2024 / Open
    Lintel")."""
    for one in pieces[:5]:
        line = view.folded[one.start : one.end]
        if len(line.strip()) > _SIGNATURE or _STAMP.search(line) is None:
            continue
        for who in mentions(view, one.start, one.end, cast):
            house = claimants().get(key_of(who.speaker.label))
            if who.speaker.kind != ORG or (house is not None and house.kind == "media"):
                continue
            around = view.folded[one.start : who.start] + " " + view.folded[who.end : one.end] + " "
            if _is_date(around, cast.words) and any(mark in around for mark in _MARKS):
                return who.speaker
    return None


def _is_date(text: str, words: Lexicon) -> bool:
    """Whether nothing but months, days and small words stand in it."""
    known = [
        name for table in ("months", "weekdays") for names in words.tables[table] for name in names.split("|")
    ]
    return {*_WORDS.findall(text)} <= {*known, *_PLAIN}
