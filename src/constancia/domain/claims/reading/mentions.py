"""The words of a sentence that stand for a speaker: names, institutions, and what refers back to either."""

from __future__ import annotations

import re

from constancia.domain.claims.claimants import claimants, key_of
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
from constancia.domain.claims.reading.named import apart, free, organisations
from constancia.domain.claims.reading.offices import institutions
from constancia.domain.claims.reading.persons import STEM, persons
from constancia.domain.claims.reading.strangers import LED
from constancia.domain.claims.reading.view import View


def mentions(view: View, start: int, end: int, cast: Cast) -> list[Mention]:
    """Those of one sentence, in order, none overlapping; `cast` learns whom they name."""
    org, named, person, office = cast.last_org, cast.named_org, cast.last_person, cast.last_office
    found = apart(
        [*organisations(view, start, end, cast), *institutions(view, start, end, cast.words, cast.country)]
    )
    for one in persons(view, start, end, cast, found):
        found = [other for other in found if other.end <= one.start or other.start >= one.end]
        found.append(one)
    found.sort(key=lambda one: one.start)
    found = _joined(found, view, cast.words)
    for one in found:
        cast.meet(one, beside=_beside(one, view.folded, start, cast.words))
    again = [
        *_organisations_again(view, start, end, cast, found, (org, named)),
        *_persons_again(view, start, end, cast, found, person, org),
        *_offices_again(view, start, end, cast, found, office),
    ]
    again = apart(again)
    found = [one for one in found if one.speaker.name or not any(_holds(other, one) for other in again)]
    taken = [(one.start, one.end) for one in found]
    found += [one for one in again if free(one.start, one.end, taken)]
    found.sort(key=lambda one: one.start)
    return found


def _joined(found: list[Mention], view: View, words: Lexicon) -> list[Mention]:
    """Organisations, or groups, side by side that speak as one: "Foro Tal and Comité Cual"."""
    joined: list[Mention] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is None or one.speaker.kind != last.speaker.kind or one.speaker == last.speaker:
            joined.append(one)
            continue
        if one.speaker.kind not in (ORG, GROUP):
            joined.append(one)
            continue
        link = words["paired"].fullmatch(view.folded[last.end : one.start].strip())
        if link is None:
            joined.append(one)
            continue
        label = f"{last.speaker.label} {link[0].split()[0]} {one.speaker.label}"
        both = Speaker(label, ORG, label) if one.speaker.kind == ORG else Speaker(label, GROUP)
        joined[-1] = Mention(last.start, one.end, both)
    return joined


_OF = re.compile(r"\s(?:\w+\s){0,2}(?:de|del|por|of|by|from)\s")
_CAPITAL = re.compile(r"\s[\"']?[A-ZÁÉÍÓÚÑ]")


_TO = re.compile(
    r"(?<!\w)(?:to|with|against|ante|a|con|contra|hacia|junto a|alongside)(?: (?:the|la|el|las|los))?"
    r"(?: (?:ong|ngo|organizacion|group|organisation|organization))?\s$"
)


def _beside(one: Mention, text: str, start: int, words: Lexicon) -> bool:
    """Whether an organisation is named only as whom something was done to, or as a body that such things are
    sent to, and says nothing."""
    if one.speaker.kind != ORG:
        return False
    if _TO.search(text, max(start, one.start - 40), one.start):
        return True
    house = claimants().get(key_of(one.speaker.label))
    led = LED.search(text[max(start, one.start - 16) : one.start].rstrip()) is not None
    return led and house is not None and house.kind == "intergovernmental"


def _speaks(view: View, place: int, end: int, words: Lexicon) -> bool:
    """Whether a verb of saying or counting follows, with nothing but asides between."""
    after = view.folded[place : min(end, place + 120)]
    aside = words["aside"].match(after)
    step = aside.end() if aside else 0
    return any(words[name].match(after, step) for name in ("says", "counts"))


def _holds(whole: Mention, part: Mention) -> bool:
    """Whether "the head of the ministry" covers "the ministry", or "its lawyers" covers "lawyers"."""
    if part.end > whole.end or part.start < whole.start:
        return False
    if whole.echo == ORG:
        return part.speaker.kind == GROUP
    return whole.echo in (PERSON, OFFICIAL) and whole.start < part.start


def _organisations_again(
    view: View,
    start: int,
    end: int,
    cast: Cast,
    found: list[Mention],
    known: tuple[Speaker | None, Speaker | None],
) -> list[Mention]:
    """ "the NGO", "its records", "the report": whoever was named last; if nobody was, who will be first.
    `known`: whom they stand for after the sentences before, and who was named last in those."""
    words, again = cast.words, []
    if cast.own is not None:
        again += [
            Mention(m.start(), m.end(), cast.own, ORG)
            for m in words["ours"].finditer(view.folded, start, end)
        ]
    spans = [match.span() for match in words["anaphor_org"].finditer(view.folded, start, end)]
    spans += [
        match.span()
        for match in words["pronoun_org"].finditer(view.folded, start, end)
        if _speaks(view, match.end(), end, words)
    ]
    for first, last in spans:
        if _CAPITAL.match(view.cased, last) or words["of_released"].fullmatch(view.folded[first:last]):
            continue
        if _OF.match(view.folded, last) and any(last < one.start < last + 45 for one in found):
            continue
        here = [one for one in found if one.end <= first and one.speaker.kind != GROUP]
        document = words["document"].fullmatch(view.folded[first:last]) is not None
        pointed = words["pointed"].match(view.folded, first) is not None
        before = known[1] if pointed else known[0] or known[1]
        if not pointed and before is not None:
            here = [one for one in here if not _beside(one, view.folded, start, words)]
        if document:
            here = [one for one in here if not re.search(r"[.;:]", view.folded[one.end : first])]
        else:
            here = [one for one in here if one.speaker.kind == ORG or one.speaker.org]
        who = here[-1].speaker if here else before or cast.own or cast.first_org
        if not document and who is not None and who.org and who.name:
            who = Speaker(who.org, ORG, who.org)
        if who is not None:
            again.append(Mention(first, last, who, ORG))
    return again


def _persons_again(
    view: View,
    start: int,
    end: int,
    cast: Cast,
    found: list[Mention],
    person: Speaker | None,
    org: Speaker | None,
) -> list[Mention]:
    """ "she", "the minister": the last person of that office, the last person, or the office alone."""
    words, again = cast.words, []
    for match in cast.words["anaphor_person"].finditer(view.folded, start, end):
        here = [one.speaker for one in found if one.end <= match.start() and one.speaker.name]
        role = cast.words["role"].search(match[0])
        held = cast.offices.get(role[0].removeprefix("vice")[:STEM]) if role else None
        who = held or (here[-1] if here else person)
        if who is None and words["body"].search(match[0]):
            who = org or cast.first_org
        if who is None and role is not None:
            who = Speaker(_generic(match[0], cast), GROUP)
        who = who or org
        if who is not None:
            again.append(Mention(match.start(), match.end(), who, PERSON))
    return again


def _generic(text: str, cast: Cast) -> str:
    for entry, label in cast.words.tables["role_names"].items():
        if re.search(rf"(?<!\w)(?:{entry})(?!\w)", text):
            return str(label)
    return re.sub(r"^(?:the|el|la)\s", "", text)


def _office_kind(text: str, words: Lexicon) -> str:
    """What the label of such an office has in it; "" where it may be any."""
    kinds = words.tables["office_kinds"].items()
    return next((str(kind) for entry, kind in kinds if re.search(rf"(?<!\w)(?:{entry})(?!\w)", text)), "")


def _offices_again(
    view: View, start: int, end: int, cast: Cast, found: list[Mention], before: Speaker | None
) -> list[Mention]:
    """ "the ministry", "la embajada": the institution of that kind that was named last; and an office whose
    holder the sentence does not name."""
    again = []
    for match in cast.words["anaphor_office"].finditer(view.folded, start, end):
        kind = _office_kind(match[0], cast.words)
        who = next(
            (
                one.speaker
                for one in reversed(found)
                if one.end <= match.start() and one.speaker.kind == OFFICIAL and kind in one.speaker.label
            ),
            before if before is not None and kind in before.label else None,
        )
        if who is not None:
            again.append(Mention(match.start(), match.end(), who, OFFICIAL))
    for entry, office in cast.words.tables["offices"].items():
        for match in re.finditer(rf"(?<!\w)(?:{entry})(?!\w)(?! \(?@?[A-Z])", view.folded[start:end]):
            first, last = start + match.start(), start + match.end()
            holders = [one for one in cast.persons.values() if one.label.endswith(f"({office})")]
            holder = max(holders, key=lambda one: len(one.name), default=None)
            if holder is not None or not match[0].startswith("titular"):
                again.append(Mention(first, last, holder or Speaker(office, OFFICIAL), OFFICIAL))
    return again


__all__ = ["GOVERNMENT", "mentions"]
