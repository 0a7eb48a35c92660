"""Persons who may speak in a text. They are read from it by structure alone (an office or an organisation
beside a name), never from a list."""

from __future__ import annotations

import re

from constancia.domain.claims.claimants import key_of
from constancia.domain.claims.reading.cast import GOVERNMENT, OFFICIAL, ORG, PERSON, Cast, Mention, Speaker
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.named import NAME, SINGLE, calendar_words, free, squeezed
from constancia.domain.claims.reading.view import View

_BREAK = re.compile(r"[;:?!\n]|(?<!ee\.uu)(?<!u\.s)(?<!ee)(?<!\bu)\.")
_NUMBERED = re.compile(r"\s(?:No|Nro|Num|Art)$")
_PLACED = re.compile(r"(?<!\w)(?:in|en|at|near|desde|outside)\s$")
_BRACKETS = re.compile(r"\s\([^()]{1,24}\)$")
_TOLD = re.compile(r"(?<!\w)(?:a|al|con|to|with)(?: (?:la|el|the))?\s$")
_APART = re.compile(r",\s|\d")
_GAPS = (" ", "'s ", "' ")
STEM = 6
"""First letters by which an office is told again: "ministro", "ministra"."""


def persons(view: View, start: int, end: int, cast: Cast, others: list[Mention]) -> list[Mention]:
    """Those of text[start:end]; `others`: the organisations and institutions there."""
    found: list[Mention] = []
    taken = [(one.start, one.end) for one in others if one.speaker.kind != GOVERNMENT]
    for match in NAME.finditer(view.cased, start, end):
        owned = match[0].rfind("'s ") + 3 if "'s " in match[0] else 0
        first, name = _trimmed(match.start() + owned, match[0][owned:], view, cast)
        if len(name.split()) < 2 or not free(first, first + len(name), taken):
            continue
        if _NUMBERED.search(name) or (found and first < found[-1].end):
            continue
        person = _introduced(view, start, end, first, name, cast, others)
        if person is not None:
            found.append(person)
    taken += [(one.start, one.end) for one in found]
    for match in SINGLE.finditer(view.cased, start, end):
        speaker = cast.persons.get(squeezed(match[0].removesuffix("'s")))
        if speaker is not None and free(match.start(), match.end(), taken):
            found.append(Mention(match.start(), match.end(), speaker))
    return found


def _trimmed(first: int, name: str, view: View, cast: Cast) -> tuple[int, str]:
    """A name without the words that only stand before it: "Según Onésima Ficticia", "El ministro X Y"."""
    for entry in cast.words.tables["offices"]:
        base = max(0, first - 24)
        office = re.search(rf"(?<!\w)(?:{entry})\s(?=\w)", view.folded[base : first + len(name)])
        if office is not None and base + office.end() > first:
            name = name[base + office.end() - first :]
            first = base + office.end()
            break
    words = name.split(" ")
    for place in range(len(words) - 2, -1, -1):
        if cast.words["role"].fullmatch(squeezed(words[place])):
            first += len(" ".join(words[: place + 1])) + 1
            words = words[place + 1 :]
            break
    stops, role, lead_in = cast.words["noun_stops"], cast.words["role"], cast.words["lead_in"]
    while len(words) > 1:
        head = squeezed(words[0])
        if not (
            stops.fullmatch(head)
            or role.fullmatch(head)
            or lead_in.fullmatch(head)
            or not head
            or head in calendar_words(cast.words)
        ):
            break
        first += len(words[0]) + 1
        words = words[1:]
    return first, " ".join(words).removesuffix("'s")


def _introduced(
    view: View, start: int, end: int, first: int, name: str, cast: Cast, others: list[Mention]
) -> Mention | None:
    """A person whose office stands beside the name, or who was introduced before."""
    last = first + len(name)
    words, folded = cast.words, view.folded
    known = cast.persons.get(squeezed(name)) or cast.persons.get(squeezed(name.rsplit(maxsplit=1)[-1]))
    base = max(start, first - 130)
    placed = _PLACED.search(folded, base, first) is not None
    role_start = first if placed else _role_before(folded, base, first, words)
    role_end = _role_after(folded, last, end, words)
    house = _house_before(role_start, folded, others)
    if house is not None and (known is None or role_start < first or not known.org):
        speaker = titled(name, folded[role_start:first] + " " + folded[last:role_end], _org_of(house), cast)
        _remember(name, speaker, folded[role_start:first], cast)
        return Mention(house.start, role_end, speaker)
    if role_start == first and role_end == last:
        return Mention(first, last, known) if known else None
    lead_in = re.search(r"(?:[^\W\d][\w']*\s){0,3}$", folded[max(start, role_start - 40) : role_start])
    text = (lead_in[0] if lead_in else "") + folded[role_start:first] + " " + folded[last:role_end]
    again = words["anaphor_org"].search(folded, start, first)
    pointed = again is not None and words["pointed"].match(again[0]) is not None
    org = _org_in(role_start, role_end, others, text, cast, pointed) or _unheard_of(
        view, role_start, first, last, role_end, words
    )
    speaker = titled(name, text, org, cast)
    if (
        known is not None
        and "(" in known.label
        and ("(" not in speaker.label or known.name.endswith(f" {name}"))
    ):
        speaker = known
    _remember(name, speaker, text, cast)
    return Mention(role_start, role_end, speaker)


def _role_before(folded: str, base: int, first: int, words: Lexicon) -> int:
    left = folded[base:first]
    for match in words["role"].finditer(left):
        between = left[match.end() :]
        if (
            _BREAK.search(between)
            or between.count("(") > between.count(")")
            or words["says"].search(between)
            or re.search(r"\d", between)
        ):
            continue
        tied = between.rstrip()
        if tied and not tied.endswith(",") and (len(between.split()) > 5 or "," in between):
            continue
        if between.count(",") > 3:
            continue
        return base + match.start()
    title = re.search(r"(?<!\w)(?:" + words["titles"].pattern + r")\.?\s$", left)
    return base + title.start() if title else first


_ARTICLE = (
    r"(?:the|el|la|un|una|a|an|who|quien|que|former|actual|current|otr[oa]|another|also|tambien|venezuela's)"
)


def _role_after(folded: str, last: int, end: int, words: Lexicon) -> int:
    after = folded[last : min(end, last + 150)]
    lead = re.match(rf"\s?(?:,|\(|-)\s?(?:{_ARTICLE}\s)?(?:[\w'-]+\s){{0,4}}?", after)
    role = words["role"].search(after, 0, 70) if lead and after.startswith((",", " (", " -")) else None
    if role is not None and _APART.search(after, 2, role.start()):
        role = None
    leading = re.match(rf"\s?,\s(?:{words['leads'].pattern})", after)
    bracketed = words["role"].search(after, 0, 40) if after.startswith(" (") else None
    if not ((role and not words["says"].search(after[: role.start()])) or leading or bracketed):
        return last
    stop = re.search(r"[,;.:]", after[3:])
    verb = words["says"].search(after, role.end() if role else 4)
    size = stop.start() + 3 if stop else len(after)
    return last + (min(size, verb.start()) if verb else size)


def _remember(name: str, speaker: Speaker, text: str, cast: Cast) -> None:
    parts = name.split()
    for key in (
        squeezed(name),
        squeezed(parts[-1]),
        squeezed(parts[-1].rsplit("-", 1)[-1]),
        squeezed(parts[0] + " " + parts[1]),
    ):
        cast.persons[key] = speaker
    if len(parts) >= 3:
        cast.persons.setdefault(squeezed(parts[-2]), speaker)
        cast.persons[squeezed(" ".join(parts[-2:]))] = speaker
    for role in cast.words["role"].finditer(text):
        cast.offices[role[0].removeprefix("vice")[:STEM]] = speaker


def _house_before(place: int, folded: str, others: list[Mention]) -> Mention | None:
    """The organisation or office right before a role or name: "Open Lintel director Ilda Nowhere", "Open
    Lintel's Ilda Nowhere"."""
    for one in others:
        if one.speaker.kind in (ORG, OFFICIAL) and folded[one.end : max(place, one.end)] in _GAPS:
            told = _TOLD.search(folded, max(0, one.start - 12), one.start)
            return None if told else one
    return None


def _org_of(house: Mention) -> str:
    return house.speaker.label if house.speaker.kind == ORG else f"={house.speaker.label}"


def _org_in(start: int, end: int, others: list[Mention], text: str, cast: Cast, pointed: bool) -> str:
    for one in others:
        if one.start >= start and one.end <= end and one.speaker.kind in (ORG, OFFICIAL, GOVERNMENT):
            return _org_of(one)
    if cast.words["anaphor_org"].search(text) or cast.words["possessive"].search(text[:60]):
        org = cast.named_org if pointed else cast.last_org
        org = org or cast.last_org or cast.own or cast.named_org
        return org.label if org else ""
    return ""


def _unheard_of(view: View, start: int, first: int, last: int, end: int, words: Lexicon) -> str:
    """The organisation that a person is told to act for, before or after the name at [first, last), of which
    nothing else says that it is one: "Somebody, a lawyer with Open Lintel"."""
    led = words["acts_for"].search(view.folded, last, end)
    if led is None:
        led, end = words["acts_for"].search(view.folded, start, first), first
    name = (
        NAME.match(view.cased, led.end() + 1, end) or SINGLE.match(view.cased, led.end() + 1, end)
        if led
        else None
    )
    if name is None or words["no_speaker"].search(view.folded, name.start(), name.end()):
        return ""
    return "" if words["role"].match(view.folded, name.start()) else name[0].removesuffix("'s")


def spokesperson(org: str, name: str) -> Speaker:
    """A person who speaks for an organisation, which goes without its initials then."""
    bare = _BRACKETS.sub("", org)
    said = bare if key_of(bare) == key_of(org) else org
    return Speaker(f"{said} ({name})", PERSON, org, name)


def titled(name: str, text: str, org: str, cast: Cast) -> Speaker:
    """A person as a claimant, by what stands beside the name: an office, an organisation, or neither."""
    words = cast.words
    for entry in words.tables["plain_offices"]:
        if re.search(rf"(?<!\w)(?:{entry})(?!\w)", text):
            return Speaker(name, PERSON, "", name)
    for entry, office in words.tables["offices"].items():
        if re.search(rf"(?<!\w)(?:{entry})(?!\w)", text):
            return Speaker(f"{name} ({office})", PERSON, "", name)
    if org.startswith("="):
        if "commission" in org:
            return Speaker(name, PERSON, "", name)
        return Speaker(f"{org[1:]} ({name})", OFFICIAL, "", name)
    if org:
        return spokesperson(org, name)
    if re.search(r"(?<!vice)(?<!vice )(?<!\w)president[ea]?(?!\w)", text):
        return Speaker(f"President {name}", OFFICIAL, "", name)
    return Speaker(name, PERSON, "", name)
