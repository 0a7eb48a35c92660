"""The event that those whom a number counts were detained in, by the name that registers give it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.vocabulary.terms import Said

_NAMELESS = "poselectoral"
_JULY = "Elecciones de julio de 2024"
_REACH = re.compile(r"[^;:()\n]{0,130}")
_APART = re.compile(r"[,\d]|\b(?:de ell[oa]s|of them|of whom)\b")
_NEXT = re.compile(r"\.\s")
_FAR = 60
_NEAR = 4000
_OF_THAT_YEAR = re.compile(r"(?:28 de julio|july 28|28 july|\b28j\b|2024)")
_OF_HERE = re.compile(r"(?:venez|foro penal|maduro|caracas)")
_OPENS = re.compile(
    r"(?:^|[.\n]\s*)(?:following|after|in the weeks following|tras|despues de|luego de|durante)"
    r"\s(?:the |las |la |el )?$"
)
_COUNTED = frozenset(
    {Said.HELD, Said.DETAINED, Said.RELEASED, Said.ANNOUNCED_RELEASE, Said.AMNESTY_GRANTED, Said.SENTENCED}
)


def context(text: str, one: Found, words: Lexicon) -> Iterator[tuple[str, str]]:
    """("context", its name) where the clause of the number says in what event its people were detained."""
    if one.said not in _COUNTED:
        return
    noun = one.noun
    labelled = noun is not None and noun.start < one.quantity.start
    after = noun.end if noun is not None and not labelled else one.quantity.end
    reach = _REACH.match(text, one.quantity.end)
    end = reach.end() if reach else one.quantity.end
    if stop := _NEXT.search(text, after, end):
        end = stop.start()
    for match in _names(words).finditer(text, one.quantity.end, end):
        if match.start() < after or _tied(text, after, match.start(), words, one):
            yield "context", _value(text, match, words)
            return
    if one.said is Said.DETAINED:
        base = max(0, one.quantity.outset - 130)
        for match in _names(words).finditer(text, base, one.quantity.outset):
            between = text[match.end() : one.quantity.outset]
            if _OPENS.search(text, base, match.start()) and not re.search(r"[.;:()\n\d]", between):
                yield "context", _value(text, match, words)
                return


def _tied(text: str, after: int, start: int, words: Lexicon, one: Found) -> bool:
    """Whether what leads to the name of the event is that its people were detained in it."""
    between = text[after:start]
    ties = list(words["context_tie"].finditer(between))
    last = ties[-1] if ties else None
    if between.strip() == "" and one.noun is not None:
        return True
    if last is None and (one.noun is None or one.noun.head.said not in ("held", "detained")):
        return False
    if last is not None and _APART.search(between, 0, last.start()):
        return False
    if last is not None and words["place_break"].search(between, 0, last.start()):
        return False
    led = between[last.end() :] if last is not None else between
    if "," in led or len(led) > _FAR:
        return False
    return words["context_between"].sub("", re.sub(r"[\"'-]", " ", led)).strip() == ""


@cache
def _names(words: Lexicon) -> re.Pattern[str]:
    ordered = sorted(words.tables["contexts"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(ordered) + r")(?!\w)")


def _value(text: str, match: re.Match[str], words: Lexicon) -> str:
    name: str = next(
        value for entry, value in words.tables["contexts"].items() if re.fullmatch(entry, match[0])
    )
    near = (max(0, match.start() - _NEAR), match.end() + _NEAR)
    if name == _NAMELESS and _OF_HERE.search(text, *near) and _OF_THAT_YEAR.search(text, *near):
        return _JULY
    return name
