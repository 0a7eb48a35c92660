"""On whose word a sentence says what it says."""

from __future__ import annotations

import re

from constancia.domain.claims.reading.cast import GOVERNMENT, OFFICIAL, PERSON, Cast, Mention, Speaker
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.voices import ACCORDING, DECIDES, LOCAL, SAYS, Voice

_PART = re.compile(r"(?<!\w)(?:(?:of|de)\s(?:the|las|los|sus|its|their|some|unos|unas)|out of(?: the)?)\s\d")


_SHUT = re.compile(
    r"(?:\s?\([^()]{2,14}\))?[\")\]]*\s*(?:$|[.\n]|,\s(?:que|which|who|an?|una?|de \d+|"
    r"publicad\w+|difundid\w+|published|released|issued)\b)"
)
_MERELY = frozenset({"and", "y", "e", "while", "mientras"})


def claimant(
    place: tuple[int, int],
    limit: int,
    heard: list[Voice],
    carry: Speaker | None,
    text: str,
    words: Lexicon,
) -> Speaker | None:
    """Who vouches for the number at `place`; numbers beyond `limit` are another's. None: nobody is named."""
    start, end = place
    for one in heard:
        if (
            one.kind == LOCAL
            and start < one.start <= limit
            and one.start - end < 26
            and not _PART.search(text, start, one.start)
        ):
            return one.speaker
    said = [one for one in heard if one.kind == SAYS and one.start < start]
    said = [one for one in said if not one.trailing] or [one for one in said if one.end <= start]
    told = [one for one in heard if one.kind == ACCORDING and not _contrasted(one, start, end, text, words)]
    told += [one for one in heard if one.kind == LOCAL and end + 26 < one.start <= limit]
    after = [
        one
        for one in heard
        if one.kind == SAYS
        and one.start >= end
        and one.speaker is not None
        and not _contrasted(one, start, end, text, words)
    ]
    if said and said[-1].trailing and (after or told):
        said = []
    if said:
        nearest = said[-1]
        official = [one for one in told if one.start > end and one.speaker and one.speaker.kind == OFFICIAL]
        if nearest.speaker and nearest.speaker.kind == GOVERNMENT and official:
            return official[0].speaker
        tellers = [one for one in told if nearest.start < one.start < start]
        nearest = tellers[-1] if tellers else _outer(said, text)
        earlier = [one.speaker for one in said if one.speaker is not None and one.start < nearest.start]
        return nearest.speaker or (earlier[-1] if earlier else carry)
    closing = [one for one in after if one.trailing]
    if closing and all(one.kind == LOCAL and one.start > closing[0].end for one in told):
        return closing[0].speaker
    if told:
        nearest = min(told, key=lambda one: min(abs(one.end - start), abs(one.start - end)))
        return nearest.speaker or carry
    if after:
        return (closing or after)[0].speaker
    carried = [one for one in heard if one.kind == SAYS and one.carried and one.start >= end]
    if carried and not _contrasted(carried[0], start, end, text, words):
        return carry
    return None


def _outer(said: list[Voice], text: str) -> Voice:
    """Of the last two that speak before a number: who tells of the other, where both are of one house ("Its
    director said the group counts 5"), or an official tells of an office ("The minister said that the court
    has received 5"); else the last."""
    nearest = said[-1]
    teller = said[-2] if len(said) > 1 else None
    if teller is None or teller.speaker is None or nearest.speaker is None:
        return nearest
    if not nearest.inner and text[teller.verb_end : max(nearest.opens, teller.verb_end)].strip():
        return nearest
    outer, inner = teller.speaker, nearest.speaker
    if outer.org and outer.name:
        return teller if outer.org == (inner.org or inner.label) else nearest
    office = inner.kind in (OFFICIAL, GOVERNMENT) and not inner.name
    return teller if office and outer.name and outer.kind in (OFFICIAL, PERSON) else nearest


def _contrasted(one: Voice, start: int, end: int, text: str, words: Lexicon) -> bool:
    """Whether a voice opens a clause of its own after the number, set against what was said before. One that
    closes the sentence (", according to X.") is not set against it by a mere "and"."""
    if one.trailing or one.opens < end:
        return False
    between = text[end : one.opens + 1]
    turns = {found[0] for found in words["contrast"].finditer(text, end, max(end, one.opens + 1))}
    if (
        one.kind == ACCORDING
        and between.endswith((", ", ", " + text[one.opens]))
        and _SHUT.match(text, one.end)
    ):
        turns -= _MERELY
    return ";" in between or bool(turns)


def decider(start: int, heard: list[Voice], present: list[Mention]) -> Speaker | None:
    """Who announces what is to come: the government or office whose act the sentence tells."""
    deciding = [
        one.speaker
        for one in heard
        if one.kind == DECIDES and one.speaker is not None and one.start < start + 60
    ]
    if deciding:
        return deciding[-1]
    acting = [
        one.speaker for one in present if one.speaker.kind in (GOVERNMENT, OFFICIAL) and not one.speaker.name
    ]
    return acting[0] if acting else None


def agent(start: int, heard: list[Voice]) -> Speaker | None:
    """The government or office that is told to have done it, right before the number."""
    for one in reversed(heard):
        if one.kind == DECIDES and one.start < start and start - one.end < 60 and one.speaker is not None:
            return one.speaker if one.speaker.kind in (GOVERNMENT, OFFICIAL) else None
    return None


def promising(start: int, heard: list[Voice]) -> Speaker | None:
    """The government or office whose promise another tells of: "X said the authorities had offered it"."""
    before = [
        one for one in heard if one.start < start and one.kind in (SAYS, DECIDES) and one.speaker is not None
    ]
    said = next((one for one in reversed(before) if one.kind == SAYS), None)
    last = before[-1] if before else None
    if (
        said is None
        or last is None
        or last.kind != DECIDES
        or last.speaker == said.speaker
        or last.speaker is None
    ):
        return None
    return last.speaker if last.speaker.kind in (GOVERNMENT, OFFICIAL) else None


def nearby_government(cast: Cast, place: int) -> Speaker | None:
    """The government that the text names nearest to `place`."""
    ruling = [one for one in cast.governments if one[1].label != "state media"]
    if not ruling:
        return None
    return min(ruling, key=lambda one: abs(one[0] - place))[1]
