"""Whose text it is, where a line at its top says so beside the date."""

from __future__ import annotations

import re

from constancia.domain.claims.claimants import claimants, key_of
from constancia.domain.claims.reading.cast import ORG, Cast, Speaker
from constancia.domain.claims.reading.mentions import mentions
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.view import View

_SIGNATURE = 90
"""Characters of such a line."""
_MARKS = ("/", "|", " - ", "\n", "·", ",")
_STAMP = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_AT = re.compile(r"[^\w]*(?:(?:by|de|por|en|at|of|[a-z]{3,10}|\d{1,4}(?:st|nd|rd|th)?)[^\w]+){0,7}")


def signed(view: View, pieces: list[Sentence], cast: Cast) -> Speaker | None:
    """The organisation of a line at the top that holds nothing but it and a date: "3 May 2024 / Open Lintel"."""
    for one in pieces[:5]:
        line = view.folded[one.start : one.end]
        if len(line.strip()) > _SIGNATURE or _STAMP.search(line) is None:
            continue
        for who in mentions(view, one.start, one.end, cast):
            house = claimants().get(key_of(who.speaker.label))
            if who.speaker.kind != ORG or (house is not None and house.kind == "media"):
                continue
            around = view.folded[one.start : who.start] + " " + view.folded[who.end : one.end] + " "
            if _AT.fullmatch(around) and any(mark in around for mark in _MARKS):
                return who.speaker
    return None
