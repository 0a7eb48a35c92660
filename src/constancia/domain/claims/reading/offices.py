"""Institutions and groups in a text, under the English names that claims give them."""

from __future__ import annotations

import re

from constancia.domain.claims.reading.cast import GOVERNMENT, Mention, Speaker
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.named import CAP, NAME, SINGLE, squeezed
from constancia.domain.claims.reading.view import View

_CAPITAL = re.compile(rf"\s{CAP}")
_PLACE = re.compile(rf"\s(?:in|en|to|ante)\s(?:la\s|el\s)?({CAP}(?:\s(?:de\s)?{CAP})?)")


def institutions(view: View, start: int, end: int, words: Lexicon, country: str = "") -> list[Mention]:
    """Those of text[start:end]; they may overlap."""
    found = []
    for label, kind, pattern in words.labels:
        for match in pattern.finditer(view.folded, start, end):
            one = _one(label, kind, match, view, start, end, words)
            if one is not None:
                found.append(_of_country(one, country))
    return found


def _of_country(one: Mention, country: str) -> Mention:
    """ "the authorities", without more, are those of the country that the text is about."""
    if country and one.speaker.label == "authorities":
        return Mention(one.start, one.end, Speaker(f"{country} authorities", one.speaker.kind))
    return one


def _one(
    label: str, kind: str, match: re.Match[str], view: View, start: int, end: int, words: Lexicon
) -> Mention | None:
    said, first, last = label, match.start(), match.end()
    if kind == "group" and (
        _CAPITAL.match(view.cased, last, end) or len(_CAPITAL.findall(view.cased[first:last])) > 1
    ):
        return None
    if kind == "named":
        name = NAME.match(view.cased, last + 1, end) or SINGLE.match(view.cased, last + 1, end)
        if name is None:
            return None
        said, last = _filled(label, name[0]), name.end()
    elif kind == "named_before":
        before = re.search(rf"({CAP}(?:\s{CAP})?)(?:'s)?\s$", view.cased[max(start, first - 40) : first])
        if before is None or _is_adjective(before[1], words):
            return None
        said = _filled(label, _of_place(before[1].removesuffix("'s"), words))
        first -= len(before[0])
    elif kind == "posted":
        place = _PLACE.match(view.cased, last, end)
        adjective = _within(view.folded[first:last], words) or _adjective(view.folded, first, last, words)
        said = label.replace("{Adj} ", f"{adjective} " if adjective else "") + (
            f" in {place[1]}" if place else ""
        )
        last = place.end() if place else last
    elif "{Adj}" in label:
        adjective = _adjective(view.folded, first, last, words)
        said = label.replace("{Adj} ", f"{adjective} " if adjective else "")
    group = {"named": GOVERNMENT, "named_before": GOVERNMENT, "posted": "official"}.get(kind, kind)
    return Mention(first, last, Speaker(said, group))


def _filled(label: str, name: str) -> str:
    return label.replace("{Full}", name).replace("{Name}", name.rsplit(maxsplit=1)[-1])


def _of_place(name: str, words: Lexicon) -> str:
    """ "Venezuela's government" is the Venezuelan one."""
    small = squeezed(name)
    countries = words.tables["countries"].items()
    return next((str(adjective) for entry, adjective in countries if re.fullmatch(entry, small)), name)


def _is_adjective(word: str, words: Lexicon) -> bool:
    small = squeezed(word).split()[-1]
    stops = {"the", "interim", "military", "acting", "venezuelan", "cuban", "new", "current", "her", "his"}
    return small in stops or any(re.fullmatch(entry, small) for entry in words.tables["demonyms"])


def _within(folded: str, words: Lexicon) -> str:
    for entry, adjective in words.tables["demonyms"].items():
        if re.search(rf"(?<!\w)(?:{entry})(?!\w)", folded):
            return str(adjective)
    return ""


def _adjective(folded: str, start: int, end: int, words: Lexicon) -> str:
    before, after = folded[max(0, start - 16) : start].rstrip(), folded[end : end + 40].lstrip()
    for entry, adjective in words.tables["demonyms"].items():
        if re.search(rf"(?<!\w)(?:{entry})$", before) or re.match(
            rf"(?:\w+\s){{0,2}}?(?:{entry})(?!\w)", after
        ):
            return str(adjective)
    return ""
