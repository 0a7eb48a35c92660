"""On whose word a sentence says what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.claims.reading.cast import (
    GOVERNMENT,
    GROUP,
    OFFICIAL,
    ORG,
    PERSON,
    Cast,
    Mention,
    Speaker,
)
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.view import View

STATE_MEDIA = "state media"
SAYS, DECIDES, ACCORDING, LOCAL = "says", "decides", "according", "local"

_STOP = re.compile(r"[;:?!\n]|\.\s")
_REACH = 190
_LED = re.compile(
    r"(?<!\w)(?:de|del|en|con|por|para|sobre|a|al|of|in|by|with|for|on|at|from|to|than)"
    r"(?: (?:el|la|los|las|the))?$"
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker tied to the words at [start, end). `carried`: not named again, as it was before."""

    start: int
    end: int
    speaker: Speaker | None
    kind: str
    trailing: bool = False
    carried: bool = False
    verb_end: int = -1


def voices(view: View, start: int, end: int, present: list[Mention], words: Lexicon) -> list[Voice]:
    """Those of one sentence, in order."""
    text = view.folded
    found: list[Voice] = []
    used: set[int] = set()
    for match in words["according"].finditer(text, start, end):
        one = _right(text, match.end(), end, present, 70)
        if one is not None and not words["says"].search(text[match.end() : one.start]):
            used.add(one.start)
            found.append(Voice(match.start(), one.end, one.speaker, ACCORDING))
        elif one is None and match[0] in ("segun", "according to", "de acuerdo con", "de acuerdo a"):
            found.append(Voice(match.start(), match.end(), None, ACCORDING, carried=True))
    if present and present[0].start - start < 14 and text[present[0].end : present[0].end + 1] == ":":
        found.append(Voice(start, present[0].end, present[0].speaker, ACCORDING))
    for match in words["by"].finditer(text, start, end):
        one = _right(text, match.end(), end, present, 60)
        if one is not None:
            used.add(one.start)
            found.append(Voice(match.start(), one.end, one.speaker, LOCAL))
    for name, kind in (("says", SAYS), ("counts", SAYS), ("decides", DECIDES)):
        for match in words[name].finditer(text, start, end):
            if any(one.start < match.end() and match.start() < one.end for one in present):
                continue
            if voice := _spoken(view, text, match, kind, start, end, present, used, words):
                found.append(voice)
    return sorted(found, key=lambda one: one.start)


def _spoken(
    view: View,
    text: str,
    match: re.Match[str],
    kind: str,
    start: int,
    end: int,
    present: list[Mention],
    used: set[int],
    words: Lexicon,
) -> Voice | None:
    before = text[max(start, match.start() - 24) : match.start()].rstrip()
    relative = re.search(
        rf"(?:{words['relative'].pattern})(?: (?:se|le|les|ya|ha|han|also|has|had|have))?$", before
    )
    left = _left(text, match.start(), start, present, used, words)
    near = left is not None and (
        match.start() - left.end < 6
        or (relative is not None and before[: relative.start()].rstrip().endswith(","))
    )
    if relative is not None and not near:
        right = _right(text, match.end(), end, present, 14)
        if right is not None:
            return Voice(match.start(), right.end, right.speaker, LOCAL)
        if left is None or kind == DECIDES or match.start() - left.end > 60:
            return None
    opens = before.endswith(('"', ",", "'")) or match.start() - start < 3
    if words.language == "es" or opens:
        right = _right(text, match.end(), end, present, 60)
        if (
            right is not None
            and right.start not in used
            and not near
            and _postposed(text, match, right, opens, words)
        ):
            return Voice(match.start(), right.end, right.speaker, kind, trailing=opens, verb_end=match.end())
    if left is not None:
        return Voice(match.start(), match.end(), left.speaker, kind, verb_end=match.end())
    if relative is None and (named := _unnamed(view, match, kind, start, words)):
        return named
    if (
        words.language == "es"
        and kind == SAYS
        and relative is None
        and _begins_clause(text, match.start(), start)
    ):
        return Voice(match.start(), match.end(), None, kind, carried=True)
    return None


_SUBJECT = re.compile(
    r"(?:[Tt]he |[EeLl][la] |[Ll]os |[Ll]as )?((?:[A-ZÁÉÍÓÚÑ][\w'.-]*)"
    r"(?: (?:of|de|del|for|the|la|and|y) [A-ZÁÉÍÓÚÑ][\w'.-]*| [A-ZÁÉÍÓÚÑ][\w'.-]*){0,5})[ ,]{1,2}$"
)


def _unnamed(view: View, match: re.Match[str], kind: str, start: int, words: Lexicon) -> Voice | None:
    """A name right before a verb of saying: whoever it is, it speaks."""
    before = view.cased[max(start, match.start() - 90) : match.start()]
    found = _SUBJECT.search(before)
    if found is None:
        return None
    name = found[1].removesuffix(",").strip()
    folded = view.folded[match.start() - len(before) + found.start(1) : match.start()].split()
    if not folded or words["noun_stops"].fullmatch(folded[0]) or len(name) < 3:
        return None
    at_start = match.start() - len(before) + found.start(1) <= start + 1
    if words["no_speaker"].search(" ".join(folded)) or (
        kind == SAYS and at_start and len(folded) == 1 and not name.isupper()
    ):
        return None
    person = (
        len(name.split()) in (2, 3)
        and not re.search(r"\b(?:of|de|the|and|y)\b", name)
        and not found[0].startswith(("the", "The", "el", "El", "la", "La"))
    )
    speaker = Speaker(name, PERSON if person else GROUP, "", name if person else "")
    return Voice(match.start(), match.end(), speaker, kind, verb_end=match.end())


def _postposed(text: str, match: re.Match[str], right: Mention, opens: bool, words: Lexicon) -> bool:
    between = text[match.end() : right.start]
    if re.search(r"\bque\b|\bthat\b|\d|[.;:]", between) or words["says"].search(between):
        return False
    return opens or right.start - match.end() < 4 or len(between.split()) <= 5


def _begins_clause(text: str, place: int, start: int) -> bool:
    before = text[start:place].strip()
    return len(before) < 30 or before.endswith((",", " y", ";", '"', "ademas", "tambien", "asimismo"))


def _left(
    text: str, place: int, start: int, present: list[Mention], used: set[int], words: Lexicon
) -> Mention | None:
    """The mention that a verb at `place` most likely has as its subject."""
    best: Mention | None = None
    for one in present:
        if one.end > place or one.start < start or one.start in used:
            continue
        between = text[one.end : place]
        if len(between) > _REACH or _STOP.search(between):
            continue
        best = one
    if best is None:
        return None
    # A speaker within another's apposition or after a preposition yields to the one who opens the clause.
    for one in present:
        if one.start < best.start and one.start not in used and one.speaker.kind in (ORG, PERSON, OFFICIAL):
            between = text[one.end : best.start]
            led = text[max(start, best.start - 16) : best.start].rstrip()
            if (
                _LED.search(led)
                and not words["says"].search(between)
                and len(between) < 120
                and not _STOP.search(between)
            ):
                return one
    return best


def _right(text: str, place: int, end: int, present: list[Mention], reach: int) -> Mention | None:
    for one in present:
        if one.start >= place:
            between = text[place : one.start]
            if len(between) > reach or one.end > end or re.search(r"[.;:!?]|\d", between):
                return None
            return one
    return None


def claimant(
    place: tuple[int, int],
    limit: int,
    heard: list[Voice],
    carry: Speaker | None,
) -> Speaker | None:
    """Who vouches for the number at `place`; numbers beyond `limit` are another's. None: nobody is named."""
    start, end = place
    for one in heard:
        if one.kind == LOCAL and start < one.start <= limit and one.start - end < 26:
            return one.speaker
    before = [
        one for one in heard if one.kind in (SAYS, ACCORDING) and one.start < start and not one.trailing
    ]
    said = [one for one in before if one.kind == SAYS]
    told = [one for one in heard if one.kind == ACCORDING]
    told += [one for one in heard if one.kind == LOCAL and end + 26 < one.start <= limit]
    if said:
        nearest = said[-1]
        official = [one for one in told if one.start > end and one.speaker and one.speaker.kind == OFFICIAL]
        if nearest.speaker and nearest.speaker.kind == GOVERNMENT and official:
            return official[0].speaker
        tellers = [one for one in told if nearest.start < one.start < start]
        nearest = tellers[-1] if tellers else nearest
        return nearest.speaker or carry
    if told:
        nearest = min(told, key=lambda one: min(abs(one.end - start), abs(one.start - end)))
        return nearest.speaker or carry
    after = [one for one in heard if one.kind == SAYS and one.start >= end and one.speaker is not None]
    if after:
        trailing = [one for one in after if one.trailing]
        return (trailing or after)[0].speaker
    return None


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


def nearby_government(cast: Cast, place: int) -> Speaker | None:
    """The government that the text names nearest to `place`."""
    if not cast.governments:
        return None
    return min(cast.governments, key=lambda one: abs(one[0] - place))[1]


__all__ = [
    "ACCORDING",
    "DECIDES",
    "GROUP",
    "LOCAL",
    "SAYS",
    "Voice",
    "claimant",
    "decider",
    "nearby_government",
    "voices",
]
