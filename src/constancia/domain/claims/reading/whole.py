"""Reads a whole text: who speaks in it and of what days, then sentence by sentence, each claim once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from constancia.domain.claims.claim import ARTICLE, Claim
from constancia.domain.claims.claimants import claimants, key_of, printed
from constancia.domain.claims.reading.cast import ORG, Speaker
from constancia.domain.claims.reading.days import calendar
from constancia.domain.claims.reading.found import Found, once
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.reader import Reader
from constancia.domain.claims.reading.sentences import Sentence, sentences
from constancia.domain.claims.reading.settling import settled
from constancia.domain.claims.reading.situated import situated
from constancia.domain.claims.reading.traits import traits
from constancia.domain.claims.reading.turns import listen
from constancia.domain.claims.reading.view import View


def read_view(seen: View, words: Lexicon, published: date | None, own: Speaker | None) -> list[Claim]:
    """All claims of a text, in its order, each once."""
    pieces = list(sentences(seen.cased, seen.folded))
    room = listen(seen, pieces, words, published, own)
    days = calendar(pieces, seen, words, published)
    reader = Reader(seen, words, days.published, room, days)
    reader.amnesty = "amnist" in seen.folded or "amnest" in seen.folded
    reader.amnesty_law = words["amnesty_law"].search(seen.folded) is not None
    for number, one in enumerate(pieces):
        reader.sentence(number, one)
    _sign(reader, seen, pieces)
    placed = situated(seen, reader.found, pieces, words)
    found = settled(once(placed, seen.folded), days)
    return [_made(seen, one, words) for one in found]


_SIGNED = re.compile(r"(?<![^\s.])-\s?([^()\n]{2,60}?)\s?\(@\w{2,30}\)")
_BEFORE_SIGNATURE = 14
"""Paragraphs that a post may have."""


def _sign(reader: Reader, seen: View, pieces: list[Sentence]) -> None:
    """Gives what nobody is named for, in a post, to whose signature stands under it: "— Name (@handle)"."""
    for number, one in enumerate(pieces):
        for match in _SIGNED.finditer(seen.cased, one.start, one.end):
            name = match[1].strip()
            label = printed(key_of(name)) if key_of(name) in claimants() else name
            speaker = Speaker(label, ORG, label)
            for place, found in enumerate(reader.found):
                near = one.paragraph - _BEFORE_SIGNATURE <= found.paragraph <= one.paragraph
                if found.speaker is None and near and found.sentence <= number:
                    reader.found[place] = replace(found, speaker=speaker)


def _made(seen: View, one: Found, words: Lexicon) -> Claim:
    """The claim in the text's own words and places."""
    start, quote = seen.quote(*one.span)
    time_words = ""
    if one.dated.words is not None:
        time_words = seen.quote(*one.dated.words)[1]
    return Claim(
        quote=quote,
        start=start,
        value=one.quantity.value,
        qualifier=one.quantity.qualifier,
        unit=one.unit,
        about=one.said,
        claimant=one.speaker.label if one.speaker else ARTICLE,
        category=one.category
        or (" ".join(seen.quote(one.noun.start, one.noun.end)[1].split()) if one.noun else ""),
        filters=traits(seen.folded, one, words),
        as_of=one.dated.as_of,
        period=one.dated.period,
        time_words=time_words,
        high=one.quantity.high,
    )
