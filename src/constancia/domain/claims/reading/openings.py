"""Where the speaker of a clause stands, and where what looks like one is not: openings of sentences."""

from __future__ import annotations

import re

from constancia.domain.claims.reading.cast import GROUP, OFFICIAL, ORG, Mention
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.strangers import LED, SAYS, Voice

_FIRST_IN = 45
_DIGIT = re.compile(r"\d")
_OWNS = re.compile(r"['’]|\s(?:was|were|fue|fueron)\s")


def opening(text: str, start: int, end: int, present: list[Mention], used: set[int]) -> list[Voice]:
    """The organisation that opens a sentence with numbers in which nobody else is heard: whatever its verb,
    it vouches for them ("The Committee keeps a list apart, of 12 women")."""
    for one in present:
        if one.speaker.kind not in (ORG, OFFICIAL) or one.start in used:
            continue
        lead = text[start : one.start].lstrip()
        if len(lead) > _FIRST_IN and not re.search(r",\s(?:(?:el|la|the)\s)?(?:\w+\s){0,2}$", lead[-40:]):
            return []
        if LED.search(lead.rstrip()) or _DIGIT.search(lead) or _OWNS.match(text, one.end):
            return []
        if _DIGIT.search(text, one.end, end) is None:
            return []
        return [Voice(one.start, one.end, one.speaker, SAYS, verb_end=one.end, opens=one.start)]
    return []


_VIEW = re.compile(
    r"(?:^|[.,;:\n]\s|[-*]\s|\b(?:y|pero|mientras que|and|but|while)\s)(para|for)\s"
    r"(?:(?:el|la|los|las|the)\s)?(?:ong\s|ngo\s)?$"
)


def in_their_view(text: str, one: Mention, start: int, words: Lexicon) -> int | None:
    """Where "For X, they are 12" begins, if it is in X's view that something is told."""
    first = max(start, one.start - 30)
    lead = _VIEW.search(text[first : one.start] if first > start else " " + text[start : one.start])
    if lead is None:
        lead = _VIEW.search(text[start : one.start].lstrip()) if first == start else None
    if lead is None or _ASIDE_END.match(text, one.end) is None:
        return None
    return text.rindex(lead[1], first, one.start)


_ASIDE_END = re.compile(r"(?:\s\([^()]{1,24}\))?\s?,\s")


_DEL = re.compile(r"(?:del|al)\s")
OWNED = re.compile(r"(?<!\w)(?:whose|cuy[oa]s?)(?: \d+)?\s$")
_LED_BY = re.compile(
    r"(?<!\w)(?:de|del|en|con|por|para|sobre|contra|ante|tras|desde|of|in|by|with|for|on|from|against|after|since)"
    r"(?: (?:el|la|los|las|the|su|sus|un|una|its|a))?(?: (?:nuevo|nueva|new|actual|current))?$"
)


def is_aside(text: str, one: Mention, place: int, start: int, words: Lexicon) -> bool:
    """Whether a mention after a preposition only opens the way for a verb whose subject is another: "since
    the change of government 32 have left, he said"."""
    between = text[one.end : place]
    article = _DEL.match(text, one.start)
    before = text[max(start, one.start - 28) : article.end() if article else one.start].rstrip()
    if between.count(",") % 2 == 1 and re.search(rf"(?<!\w)(?:{words['relative'].pattern})$", before):
        return True
    if _LED_BY.search(before) is None:
        return False
    if one.speaker.kind == GROUP and not one.speaker.name:
        return True
    if between.count(",") % 2 == 1:
        return True
    return words["aside"].fullmatch(between) is None and re.search(r"\d", between) is not None
