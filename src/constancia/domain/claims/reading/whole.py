"""One reading of a whole text: first who and when, then the claims, each once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from constancia.domain.claims.claim import ARTICLE, Claim
from constancia.domain.claims.claimants import claimants, key_of, printed
from constancia.domain.claims.reading import attribution
from constancia.domain.claims.reading.cast import ORG, Cast, Speaker, mentions, renewed
from constancia.domain.claims.reading.days import calendar
from constancia.domain.claims.reading.found import Found, speaker_key
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.reader import Reader
from constancia.domain.claims.reading.sentences import Sentence, sentences
from constancia.domain.claims.reading.view import View


def read_view(seen: View, words: Lexicon, published: date | None, own: Speaker | None) -> list[Claim]:
    """All claims of a text, in its order, each once."""
    pieces = list(sentences(seen.cased, seen.folded))
    scout = Cast(words, own)
    orgs: set[str] = set()
    known: Counter[str] = Counter()
    for one in pieces:
        present = mentions(seen, one.start, one.end, scout)
        known.update(m.speaker.org or m.speaker.label for m in present if m.speaker.kind == ORG)
        for voice in attribution.voices(seen, one.start, one.end, present, words):
            if voice.speaker is not None and (voice.speaker.kind == ORG or voice.speaker.org):
                orgs.add(key_of(voice.speaker.org or voice.speaker.label))
    if own is None and known and len(words["ours"].findall(seen.folded)) > 2:
        label = known.most_common(1)[0][0]
        scout.own = Speaker(label, ORG, label)
    days = calendar(pieces, seen, words, published)
    reader = Reader(seen, words, days.published, renewed(scout), days, organisations=orgs)
    reader.amnesty = "amnist" in seen.folded or "amnest" in seen.folded
    reader.amnesty_law = words["amnesty_law"].search(seen.folded) is not None
    for number, one in enumerate(pieces):
        reader.sentence(number, one)
    _sign(reader, seen, pieces)
    return [_made(seen, one, words) for one in _once(reader.found)]


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


def _once(found: list[Found]) -> list[Found]:
    """Each claim once: what is said again of the same number by the same, or by nobody named, is the same."""
    kept: list[Found] = []
    for one in found:
        twins = [k for k in kept if k.quantity.value == one.quantity.value and k.said is one.said]
        same = next(
            (
                k
                for k in twins
                if speaker_key(k.speaker) == speaker_key(one.speaker)
                or one.speaker is None
                or k.speaker is None
            ),
            None,
        )
        if same is None:
            kept.append(one)
            continue
        better = same
        if same.speaker is None and one.speaker is not None:
            better = replace(better, speaker=one.speaker)
        if one.dated.firm and not same.dated.firm:
            better = replace(better, dated=one.dated)
        kept[kept.index(same)] = better
    return kept


def _made(seen: View, one: Found, words: Lexicon) -> Claim:
    start, quote = seen.quote(*one.span)
    near = seen.folded[one.span[0] : one.span[1]]
    filters = dict(one.noun.head.filters) if one.noun else {}
    for entry, pair in words.tables["filters_by_words"].items():
        if re.search(rf"(?<!\w)(?:{entry})", near):
            name, value = pair.split("=")
            filters.setdefault(name, value)
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
        category=one.noun.head.category if one.noun else "",
        filters=filters,
        as_of=one.dated.as_of,
        period=one.dated.period,
        time_words=time_words,
        high=one.quantity.high,
    )
