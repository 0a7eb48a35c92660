"""On whose word a sentence says what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    organisation,
)
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.named import CAP, NAME
from constancia.domain.claims.reading.view import View

SAYS, COUNTS, DECIDES, ACCORDING, LOCAL = "says", "counts", "decides", "according", "local"

_STOP = re.compile(r"[;:?!\n]|\.\s")
_REACH = 190


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker tied to the words at [start, end). `carried`: the text leaves out who, as it was said before;
    `opens`: where its clause begins, with its subject; `inner`: another speaker tells of it ("X said that Y counts 5")."""

    start: int
    end: int
    speaker: Speaker | None
    kind: str
    trailing: bool = False
    carried: bool = False
    verb_end: int = -1
    opens: int = -1
    inner: bool = False


_OWN = re.compile(r"(?:'s?)?\s")


def voices(view: View, start: int, end: int, present: list[Mention], words: Lexicon) -> list[Voice]:
    """Those of one sentence, in order."""
    text = view.folded
    found: list[Voice] = []
    used: set[int] = set()
    ends = {one.end + 1 for one in present}
    for match in words["according"].finditer(text, start, end):
        strong = words["source"].fullmatch(match[0]) is not None
        one = _right(text, match.end(), end, present, 70 if strong else 34)
        if one is not None and not any(_verbs(view, match.end(), one.start, words, ends)):
            used.add(one.start)
            found.append(Voice(match.start(), one.end, one.speaker, ACCORDING, opens=match.start()))
        elif one is None and strong and (named := _named_right(view, match.end(), end, words)):
            found.append(Voice(match.start(), named[0], named[1], ACCORDING, opens=match.start()))
        elif one is None and strong and words["source_alone"].fullmatch(match[0]):
            found.append(Voice(match.start(), match.end(), None, ACCORDING, carried=True, opens=match.start()))
    for one in present:
        step = _OWN.match(text, one.end)
        own = words["tally"].match(text, step.end(), end) if step else None
        if own is not None and one.start not in used:
            found.append(Voice(one.start, own.end(), one.speaker, ACCORDING, opens=one.start))
    for match in words["by"].finditer(text, start, end):
        one = _right(text, match.end(), end, present, 60)
        if one is not None:
            used.add(one.start)
            found.append(Voice(match.start(), one.end, one.speaker, LOCAL, opens=match.start()))
        elif named := _named_right(view, match.end(), end, words):
            found.append(Voice(match.start(), named[0], named[1], LOCAL, opens=match.start()))
    for match, kind in _verbs(view, start, end, words, ends):
        if any(one.start < match.end() and match.start() < one.end for one in present):
            continue
        if voice := _spoken(view, text, match, kind, start, end, present, used, words):
            found.append(voice)
    found += _elliptic(text, start, present, used, found, words)
    return sorted(found, key=lambda one: one.start)


def _verbs(
    view: View, start: int, end: int, words: Lexicon, ends: set[int]
) -> Iterator[tuple[re.Match[str], str]]:
    """The verbs of saying, counting and deciding; not the nouns that are spelt like one. Right after a speaker
    (at one of `ends`) it is a verb."""
    for name, kind in (("says", SAYS), ("counts", COUNTS), ("decides", DECIDES)):
        for match in words[name].finditer(view.folded, start, end):
            if kind == DECIDES or match.start() in ends or not _is_noun(view, match, start, words):
                yield match, kind


def _is_noun(view: View, match: re.Match[str], start: int, words: Lexicon) -> bool:
    if not words["noun_like"].fullmatch(match[0]) or view.cased[match.end() - 1] in "óá":
        return False
    before = view.folded[max(start, match.start() - 24) : match.start()]
    marks = "passive_marks" if match[0].endswith("ed") else "noun_marks"
    return re.search(rf"(?<!\w)(?:{words[marks].pattern})\s$", before) is not None


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
    relative = re.search(rf"(?:{words['relative'].pattern})(?: (?:se|le|les|ya|ha|han|also|has|had|have))?$", before)
    left = _left(text, match.start(), start, present, used, words)
    near = left is not None and (
        words["aside"].fullmatch(text[left.end : match.start()]) is not None
        or (relative is not None and before[: relative.start()].rstrip().endswith(","))
    )
    if kind == COUNTS:
        loose = words["participle_like"].fullmatch(match[0]) is not None
        if loose and not near and words["joined"].search(before) is None:
            return None
        kind = SAYS
        counts = True
    else:
        counts = False
    if relative is not None and not near:
        right = _right(text, match.end(), end, present, 14)
        if right is not None and kind != DECIDES:
            return Voice(match.start(), right.end, right.speaker, LOCAL, opens=match.start())
        if kind == SAYS and right is None and (named := _named_right(view, match.end(), end, words)):
            return Voice(match.start(), named[0], named[1], LOCAL, opens=match.start())
        if left is None or kind == DECIDES or match.start() - left.end > 60:
            return None
    opens = before.endswith(('"', ",", "'")) or match.start() - start < 3
    if words.language == "es" or opens:
        right = _right(text, match.end(), end, present, 60)
        if right is not None and right.start not in used and not near and _postposed(text, match, right, opens, words):
            return Voice(match.start(), right.end, right.speaker, kind, opens, verb_end=match.end(), opens=match.start())
    country = _country(text, match, kind, start, words)
    if country is not None and not any(one.end > country.opens for one in present if one.start < match.start()):
        return country
    if left is not None:
        return _with_subject(text, match, kind, left, start, end, words)
    if relative is None and (named := _apposed(view, match, kind, start)):
        return named
    if relative is None and kind == SAYS and (someone := _someone(text, match, start, words)):
        return someone
    if relative is None and (named := _unnamed(view, match, kind, start, words)):
        return named
    if words.language == "es" and kind == SAYS and not counts and relative is None and _begins_clause(text, match.start(), start):
        if named_after := _named_right(view, match.end(), end, words):
            return Voice(match.start(), named_after[0], named_after[1], kind, opens, verb_end=match.end(), opens=match.start())
        return Voice(match.start(), match.end(), None, kind, carried=True, opens=match.start())
    return None


def _with_subject(
    text: str, match: re.Match[str], kind: str, left: Mention, start: int, end: int, words: Lexicon
) -> Voice:
    """The voice of a verb whose subject stands before it: of a relative clause ("the 52 that Y counts"), of the
    words before it (", Y said on Monday."), or of what follows."""
    lead = text[max(start, left.start - 40) : left.start].rstrip()
    bare = words["article_end"].sub("", lead).rstrip()
    that = re.search(rf"(?<!\w)(?:{words['relative'].pattern})$", bare)
    inner = that is not None
    if that is not None and kind == SAYS and not re.search(r"[,:]$", bare[: that.start()].rstrip()):
        head = bare[: that.start()].rstrip()
        complement = words["joined"].search(head) or re.search(rf"(?:{words['says'].pattern}|{words['counts'].pattern}|{words['decides'].pattern})(?: \w+){{0,2}}$", head)
        if complement is None:
            first = left.start - len(lead) + that.start()
            return Voice(first, match.end(), left.speaker, LOCAL, opens=first)
    trailing = bare.endswith((",", '"')) and left.start - start > 20 and words["closes"].match(text, match.end(), end) is not None
    return Voice(match.start(), match.end(), left.speaker, kind, trailing, verb_end=match.end(), opens=left.start, inner=inner)


_SUBJECT = re.compile(
    r"(?:[Tt]he |[EeLl][la] |[Ll]os |[Ll]as )?((?:[A-ZÁÉÍÓÚÑ][\w'.-]*)(?: (?:of|de|del|for|the|la|and|y) "
    r"[A-ZÁÉÍÓÚÑ][\w'.-]*| [A-ZÁÉÍÓÚÑ][\w'.-]*){0,5})[ ,]{1,2}$"
)


def _country(text: str, match: re.Match[str], kind: str, start: int, words: Lexicon) -> Voice | None:
    """A country or its capital right before a verb of saying: its government."""
    before = text[max(start, match.start() - 24) : match.start()]
    for entry, adjective in words.tables["countries"].items():
        found = re.search(rf"(?<!\w)(?:{entry})\s(?:also\s|tambien\s|has\s|ha\s)?$", before)
        if found and kind == SAYS and not _LED.search(before[: found.start()].rstrip()):
            opens = match.start() - len(before) + found.start()
            speaker = Speaker(f"{adjective} government", GOVERNMENT)
            return Voice(match.start(), match.end(), speaker, kind, verb_end=match.end(), opens=opens)
    return None


_APPOSED = re.compile(rf"({NAME.pattern}),\s(?=[a-zA-Z])[^.;:\"]{{3,130}},\s$")


def _apposed(view: View, match: re.Match[str], kind: str, start: int) -> Voice | None:
    """A full name at the start, whatever is said of it between commas, and the verb."""
    found = _APPOSED.match(view.cased[start : match.start()])
    if found is None or kind == DECIDES:
        return None
    speaker = Speaker(found[1], PERSON, "", found[1])
    return Voice(match.start(), match.end(), speaker, kind, verb_end=match.end(), opens=start)


def _someone(text: str, match: re.Match[str], start: int, words: Lexicon) -> Voice | None:
    """Somebody without a name, by what they are: "a lawyer for the detainees said"."""
    before = text[max(start, match.start() - 110) : match.start()]
    found = words["someone"].search(before)
    if found is None or not re.fullmatch(r"(?:\s(?:of|for|at|in|from|with|de|del|en|con)\s[^,.;:]{2,50})?(?:,[^.;:]{2,70},)?\s", before[found.end() :]):
        return None
    label = next(
        (str(name) for entry, name in words.tables["role_names"].items() if re.search(rf"(?<!\w)(?:{entry})(?!\w)", found[0])), ""
    )
    speaker = Speaker(label or found[0].split(" ", 1)[1], GROUP)
    opens = match.start() - len(before) + found.start()
    return Voice(match.start(), match.end(), speaker, SAYS, verb_end=match.end(), opens=opens)


def _unnamed(view: View, match: re.Match[str], kind: str, start: int, words: Lexicon) -> Voice | None:
    """A name right before a verb of saying, or right after one that follows a quotation: whoever it is, it speaks."""
    before = view.cased[max(start, match.start() - 90) : match.start()]
    found = _SUBJECT.search(before)
    if found is None:
        return None
    name = found[1].removesuffix(",").strip()
    folded = view.folded[match.start() - len(before) + found.start(1) : match.start()].split()
    if not folded or words["noun_stops"].fullmatch(folded[0]) or len(name) < 3:
        return None
    if _LED.search(before[: found.start()].rstrip()) or re.search(r"(?<!\w)(?:como|as|called)$", before[: found.start()].rstrip()):
        return None
    at_start = match.start() - len(before) + found.start(1) <= start + 1
    if words["no_speaker"].search(" ".join(folded)) or (
        kind == SAYS and at_start and len(folded) == 1 and not name.isupper()
    ):
        return None
    article = found[0].startswith(("the", "The", "el", "El", "la", "La"))
    person = len(name.split()) in (2, 3) and not re.search(r"\b(?:of|de|the|and|y)\b", name) and not article
    speaker = Speaker(name, PERSON if person else GROUP, "", name if person else "")
    return Voice(match.start(), match.end(), speaker, kind, verb_end=match.end(), opens=match.start() - len(name))


_NEXT = re.compile(rf"\s(?:(?:este|esta|el|la|on|this)\s\w+\s)?(?:[Ll]a |[Ee]l |[Tt]he )?(?={CAP})")


def _named_right(view: View, place: int, end: int, words: Lexicon) -> tuple[int, Speaker] | None:
    """A person's full name right after: nobody has said who it is, and it is who speaks."""
    step = _NEXT.match(view.cased, place, end)
    name = NAME.match(view.cased, step.end(), end) if step else None
    if name is None or len(name[0].split()) > 4 or words["no_speaker"].search(view.folded, name.start(), name.end()):
        return None
    return name.end(), Speaker(name[0].removesuffix("'s"), PERSON, "", name[0].removesuffix("'s"))


_OBJECT = re.compile(r"(?<!\w)(?:a|al|en|con|sobre|por|para|ante|contra|to|in|with|at|on|via|through|mediante)(?: (?:el|la|los|las|the|su|un|una|its|a))?\s*$")


def _postposed(text: str, match: re.Match[str], right: Mention, opens: bool, words: Lexicon) -> bool:
    between = text[match.end() : right.start]
    if re.search(r"\bque\b|\bthat\b|\d|[.;:]", between) or words["says"].search(between):
        return False
    if _OBJECT.search(between):
        return False
    return opens or right.start - match.end() < 4 or len(between.split()) <= 5


def _begins_clause(text: str, place: int, start: int) -> bool:
    before = text[start:place].strip()
    return len(before) < 30 or before.endswith((",", " y", ";", '"', "ademas", "tambien", "asimismo"))


_LED = re.compile(
    r"(?<!\w)(?:de|del|en|con|por|para|sobre|a|al|contra|ante|tras|of|in|by|with|for|on|at|from|to|than|against|after)"
    r"(?: (?:el|la|los|las|the|l[oa]s|su|sus|un|una|its|a))?$"
)


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
        if one.speaker.kind == GROUP and not one.speaker.name and len(between) > 24:
            continue
        best = one
    if best is None:
        opening = next((one for one in present if one.end < place and one.start - start < 16), None)
        if opening is None or opening.start in used or _STOP.search(text, opening.end, place):
            return None
        return opening if opening.speaker.kind == GROUP and place - opening.end < _REACH else None
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
                and not _LED.search(text[max(start, one.start - 16) : one.start].rstrip())
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


_BRACKETED = re.compile(r"\s\((?:unos |unas |some |nearly |casi |con |with )?\d")
_COUNTED = re.compile(r"(?:,|:| \(|, (?:con|with|por su parte)|:? (?:con|with|,)) ?(?:unos |unas |some |nearly |casi )?\d")


def _elliptic(
    text: str, start: int, present: list[Mention], used: set[int], heard: list[Voice], words: Lexicon
) -> list[Voice]:
    """A speaker right before its number: "Foro Tal: 431", "Foro Tal counts 431 and Comité Cual, 437"."""
    found = []
    for one in present:
        if one.start in used or one.speaker.kind not in (ORG, OFFICIAL, GOVERNMENT):
            continue
        if any(v.opens <= one.start < v.end for v in heard):
            continue
        first = one.start - start < 14 and text[one.end : one.end + 1] == ":"
        bracketed = one.speaker.kind == ORG and _BRACKETED.match(text, one.end) is not None
        after_another = bool(heard) and re.search(r"(?:,|;|\by|\band|\bmientras|\bwhile)(?: (?:que|el|la|the|para|comite|ong|ngo|group))*\s?$", text[max(start, one.start - 30) : one.start])
        if first or bracketed or (after_another and _COUNTED.match(text, one.end)):
            found.append(Voice(one.start, one.end, one.speaker, SAYS, verb_end=one.end, opens=one.start))
    return found


_PART = re.compile(r"(?<!\w)(?:(?:of|de)\s(?:the|las|los|sus|its|their|some|unos|unas)|out of(?: the)?)\s\d")


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
        if one.kind == LOCAL and start < one.start <= limit and one.start - end < 26 and not _PART.search(text, start, one.start):
            return one.speaker
    said = [one for one in heard if one.kind == SAYS and one.start < start]
    said = [one for one in said if not one.trailing] or [one for one in said if one.end <= start]
    told = [one for one in heard if one.kind == ACCORDING and not _contrasted(one, start, end, text, words)]
    told += [one for one in heard if one.kind == LOCAL and end + 26 < one.start <= limit]
    after = [
        one
        for one in heard
        if one.kind == SAYS and one.start >= end and one.speaker is not None and not _contrasted(one, start, end, text, words)
    ]
    if said and said[-1].trailing and (after or told):
        said = []
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
    if after:
        trailing = [one for one in after if one.trailing]
        return (trailing or after)[0].speaker
    return None


def _contrasted(one: Voice, start: int, end: int, text: str, words: Lexicon) -> bool:
    """Whether a voice opens a clause of its own after the number, set against what was said before."""
    if one.trailing or one.opens < end:
        return False
    between = text[end : one.opens + 1]
    return ";" in between or words["contrast"].search(text, end, max(end, one.opens + 1)) is not None


def decider(start: int, heard: list[Voice], present: list[Mention]) -> Speaker | None:
    """Who announces what is to come: the government or office whose act the sentence tells."""
    deciding = [one.speaker for one in heard if one.kind == DECIDES and one.speaker is not None and one.start < start + 60]
    if deciding:
        return deciding[-1]
    acting = [one.speaker for one in present if one.speaker.kind in (GOVERNMENT, OFFICIAL) and not one.speaker.name]
    return acting[0] if acting else None


def agent(start: int, heard: list[Voice]) -> Speaker | None:
    """The government or office that is told to have done it, right before the number."""
    for one in reversed(heard):
        if one.kind == DECIDES and one.start < start and start - one.end < 60 and one.speaker is not None:
            return one.speaker if one.speaker.kind in (GOVERNMENT, OFFICIAL) else None
    return None


def promising(start: int, heard: list[Voice]) -> Speaker | None:
    """The government or office whose promise another tells of: "X said that the authorities offered to free 5"."""
    before = [one for one in heard if one.start < start and one.kind in (SAYS, DECIDES) and one.speaker is not None]
    said = next((one for one in reversed(before) if one.kind == SAYS), None)
    last = before[-1] if before else None
    if said is None or last is None or last.kind != DECIDES or last.speaker == said.speaker or last.speaker is None:
        return None
    return last.speaker if last.speaker.kind in (GOVERNMENT, OFFICIAL) else None


def nearby_government(cast: Cast, place: int) -> Speaker | None:
    """The government that the text names nearest to `place`."""
    ruling = [one for one in cast.governments if one[1].label != "state media"]
    if not ruling:
        return None
    return min(ruling, key=lambda one: abs(one[0] - place))[1]


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
    "organisation",
    "voices",
]
