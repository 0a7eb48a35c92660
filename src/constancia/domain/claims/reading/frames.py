"""What a clause says of the people that a number counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.claims.reading.lexicon import Head, Lexicon
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.vocabulary.terms import Said

VERB, STATE, GOVERN = "verb", "state", "govern"
_GLUE = re.compile(r"[\s\"'(*~:#]*")
_BRACKET = re.compile(r"(?: [^\W\d]+){0,2} ?\(")
_WORD = re.compile(r"[^\W\d_][\w'-]*")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words at [start, end) that say `said`; `form` says how they stand to what they say it of."""

    start: int
    end: int
    said: Said
    form: str


def cues(text: str, start: int, end: int, words: Lexicon) -> list[Cue]:
    """Those of text[start:end], by place; of two that overlap in one form, the longer, then the earlier."""
    found = [
        (match.start() - match.end(), order, match.start(), match.end(), said, form)
        for order, (said, form, pattern) in enumerate(words.cues)
        for match in pattern.finditer(text, start, end)
    ]
    found.sort()
    kept: list[Cue] = []
    for _, _, first, last, said, form in found:
        if not any(
            first < one.end
            and one.start < last
            and (one.form == form or (form == STATE and one.form == VERB))
            for one in kept
        ):
            kept.append(Cue(first, last, Said(said), form))
    return sorted(kept, key=lambda one: one.start)


@dataclass(frozen=True, slots=True)
class Noun:
    """The noun at [start, end) that a number counts."""

    start: int
    end: int
    head: Head
    new: bool = False


def noun_after(text: str, place: int, end: int, words: Lexicon) -> Noun | None:
    """The noun that follows a number, over articles and up to three words of any kind."""
    unknown, new = 0, False
    first = True
    while place < end:
        glue = _GLUE.match(text, place, end)
        place = glue.end() if glue else place
        if found := noun_at(text, place, end, words):
            return Noun(found.start, found.end, found.head, new)
        if skip := words["skip"].match(text, place, end):
            new = new or words["new"].fullmatch(skip[0]) is not None
            place, first = skip.end(), False
            continue
        if copula := words["copula"].match(text, place, end):
            found = noun_at(text, copula.end() + 1, end, words)
            return (
                found
                if found and found.head.kind in ("category", "people", "participle", "neutral")
                else None
            )
        word = _WORD.match(text, place, end)
        if word is None or unknown >= 3 or words["noun_stops"].fullmatch(word[0]):
            return None
        if words["not_counted"].match(text, place, end) and first:
            return None
        if text[word.end() : word.end() + 1] in (",", ".", ";", ":", ")", "/"):
            return None
        unknown, place, first = unknown + 1, word.end(), False
    return None


def noun_at(text: str, place: int, end: int, words: Lexicon) -> Noun | None:
    best: Noun | None = None
    for head in words.heads:
        match = head.words.match(text, place, end)
        if match and (best is None or match.end() > best.end):
            best = Noun(match.start(), match.end(), head)
    return best


_LABELLED = re.compile(r"([^\W\d][^\n.;:()\d]{0,60}?)\s?(?::\s?|\(\s?|=\s?)[\"*]?$")


def label_before(text: str, place: int, start: int, words: Lexicon) -> Noun | None:
    """The noun that labels a number from the left: "Mujeres: 24", "civiles (638)"."""
    base = max(start, place - 70)
    found = _LABELLED.search(text[base:place])
    if found is None:
        return None
    first, last = base + found.start(1), base + found.end(1)
    for match in re.finditer(r"(?<![^\W\d_])[^\W\d_]", text[first:last]):
        noun = noun_at(text, first + match.start(), last, words)
        if noun is not None and (last - noun.end) <= 30:
            return noun
    return None


def says_itself(text: str, place: int, end: int, words: Lexicon) -> bool:
    """Whether a noun of its own stands right after a number that words before would label: "freed: 3 men"."""
    noun = noun_at(text, place + 1, end, words) if text[place : place + 1] == " " else None
    return (
        noun is not None
        and text[noun.end : noun.end + 2].lstrip()[:1] not in (":", "=", "(")
        and "\n" not in (text[place : noun.start])
    )


def told(text: str, start: int, end: int, words: Lexicon) -> Said | None:
    """What the last noun of a stretch that says something by itself says."""
    found = None
    for match in re.finditer(r"(?<!\w)\w", text[start:end]):
        noun = noun_at(text, start + match.start(), end, words)
        found = Said(noun.head.said) if noun is not None and noun.head.said else found
    return found


def blocked(text: str, place: int, end: int, words: Lexicon) -> bool:
    """Whether what stands right after a number is something that is not counted here."""
    glue = _GLUE.match(text, place, end)
    place = glue.end() if glue else place
    while skip := words["skip"].match(text, place, end):
        place = skip.end()
        while place < end and text[place] in " \xa0\"'":
            place += 1
    return words["not_counted"].match(text, place, end) is not None


def counts_things(text: str, start: int, quantity: Quantity, end: int, words: Lexicon) -> bool:
    """Whether a number that nothing says anything of counts things ("38 delegations"), or people that are
    not counted here: "the injured come to 608"."""
    place = quantity.end
    if blocked(text, place, end, words):
        return True
    word = re.compile(r"[ \xa0]([^\W\d_]{4,})").match(text, place, end)
    if word is not None and noun_at(text, word.start(1), end, words) is None:
        return words["noun_stops"].fullmatch(word[1]) is None
    return word is None and others_before(text, start, quantity.outset, words)


def others_before(text: str, start: int, place: int, words: Lexicon) -> bool:
    """Whether a bare number is a figure of people who are not counted here: "the injured come to 608"."""
    subjects = [m.end() for m in words["injured"].finditer(text, max(start, place - 50), place)]
    if not subjects or re.search(r"[,;:.]", text[subjects[-1] : place]):
        return False
    if told(text, subjects[-1], place, words) is not None:
        return False
    return words["figure"].search(text, subjects[-1], place) is not None


def part_of_things(text: str, last: int, outset: int, end: int, words: Lexicon) -> bool:
    """Whether a number is a part of what the number before it counts: "38 delegations, 11 of them"."""
    between = text[last:outset]
    if last < 0:
        return False
    if _BRACKET.match(between):
        return ")" not in between
    return len(between) < 70 and words["of_them"].match(text, end + 1) is not None


def of_a_body(text: str, start: int, outset: int, words: Lexicon) -> bool:
    """Whether a number counts who sits in a body: "a commission of 19 members"."""
    left = text[max(start, outset - 70) : outset].rstrip()
    return re.search(rf"(?:{words['bodies'].pattern})$", left) is not None


def governs(text: str, cue: Cue, outset: int, words: Lexicon) -> bool:
    """Whether a cue stands right before a number, with nothing but articles and the like between."""
    between = text[cue.end : outset]
    if len(between) > 50:
        return False
    left = words["skip"].sub(" ", words["between_qualifier"].sub(" ", between))
    left = words["articles"].sub(" ", left)
    return not re.sub(r"[\s\"'(*:,-]", "", left) or left.strip() in ("y", "and")
