"""A claim in the making, and how claims of one text become one list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from constancia.domain.claims.claim import ARTICLE, Claim
from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reading.cast import Speaker
from constancia.domain.claims.reading.dating import Dated
from constancia.domain.claims.reading.frames import Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.claims.reading.view import View
from constancia.domain.vocabulary.terms import ClaimUnit, Said


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in the making, with what later ones go on from."""

    quantity: Quantity
    noun: Noun | None
    said: Said
    unit: ClaimUnit
    speaker: Speaker | None
    dated: Dated
    span: tuple[int, int]
    paragraph: int
    sentence: int
    category: str = ""
    inherited: bool = False
    rank: int = 9


def once(found: list[Found]) -> list[Found]:
    """Each claim once: what is said again of the same number by the same, or by nobody named, is the same."""
    kept: list[Found] = []
    for one in found:
        twins = [k for k in kept if k.quantity.value == one.quantity.value and k.said is one.said]
        same = next(
            (
                k
                for k in twins
                if key(k.speaker) == key(one.speaker) or one.speaker is None or k.speaker is None
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


def key(speaker: Speaker | None) -> str:
    if speaker is None:
        return ARTICLE
    return key_of(speaker.org or speaker.label)


def made(seen: View, one: Found, words: Lexicon) -> Claim:
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
