"""A claim in the making, and how claims of one text become one list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from constancia.domain.claims.claim import ARTICLE
from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reading.cast import Speaker
from constancia.domain.claims.reading.dating import Dated
from constancia.domain.claims.reading.frames import Noun
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.vocabulary.terms import ClaimUnit, Said


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in the making, with what later ones go on from.

    `where`: traits of where its people are; `place`: the words for that; `part`: it is a part of a number
    before it.
    """

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
    where: tuple[tuple[str, str], ...] = ()
    place: str = ""
    part: bool = False


_PLAIN = frozenset({"", "people", "cases", "prisoners", "political prisoners", "detained", "released"})


def once(found: list[Found], text: str) -> list[Found]:
    """Each claim once: what is said again of the same number, by the same or by nobody named, of the same
    people and the same day. A number of others ("seventeen more") is never the same."""
    kept: list[Found] = []
    for one in found:
        same = next((k for k in kept if _repeats(k, one, text)), None)
        if same is None:
            kept.append(one)
            continue
        better = same
        if same.speaker is None and one.speaker is not None:
            better = replace(better, speaker=one.speaker)
        if one.where and not same.where:
            better = replace(better, where=one.where, place=one.place, category=one.category)
        if one.dated.firm and not same.dated.firm:
            better = replace(better, dated=one.dated)
        kept[kept.index(same)] = better
    return kept


_OTHERS = re.compile(
    r"(?:\botr[oa]s|\banother|\bfurther|\badditional)\W*$|^\W*(?:more|others|mas|otr[oa]s|additional)\b"
)


def _repeats(before: Found, one: Found, text: str) -> bool:
    if before.quantity.value != one.quantity.value or before.said is not one.said:
        return False
    if (
        speaker_key(before.speaker) != speaker_key(one.speaker)
        and before.speaker is not None
        and one.speaker is not None
    ):
        return False
    start, end = one.quantity.start, one.quantity.end
    if _OTHERS.search(text[max(0, start - 14) : start]) or _OTHERS.search(text[end : end + 12]):
        return False
    if before.where and one.where and before.where != one.where:
        return False
    first, second = _who(before, text), _who(one, text)
    if first and second and first != second:
        return False
    if one.sentence == before.sentence:
        return bool(first) == bool(second)
    fixed = before.dated.firm and one.dated.firm and before.dated.as_of != one.dated.as_of
    return not (fixed and before.said in _EVENTS)


_EVENTS = frozenset({Said.RELEASED, Said.DETAINED, Said.KILLED, Said.SENTENCED})


def _who(one: Found, text: str) -> str:
    """Whom a claim counts, "" for people or prisoners of no kind."""
    if one.noun is None or one.noun.head.category in _PLAIN:
        return ""
    return (
        one.noun.head.category
        if one.noun.head.kind != "category"
        else text[one.noun.start : one.noun.end][:6]
    )


def speaker_key(speaker: Speaker | None) -> str:
    """One key for an organisation and whoever speaks for it."""
    if speaker is None:
        return ARTICLE
    return key_of(speaker.org or speaker.label)
