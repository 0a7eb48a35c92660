"""Bare numbers that count by where they stand: lines of a list, answers, parts in a row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.claims.reading import frames
from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.frames import VERB, Cue, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.times import When
from constancia.domain.vocabulary.terms import Said

_LINE_LABEL = re.compile(
    r"\s*(?:[-*•·o–—|]\s?|(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)]\s)?[A-ZÁÉÍÓÚÑ][^:=.;\d]{1,70}?\s?(?:[:=|]|\.{2,}|\s-|\t)\s?"
)
_LINE_END = re.compile(r"\s*(?:$|\n|[|.,;(]|personas|people|persons)")
_CAPITAL = re.compile(r"[A-ZÁÉÍÓÚÑ][\w]+(?: [\w]+){0,3} \($")
_CLOSED = re.compile(r"[\"']?\s*(?:$|[,.;)(?!\n]|y\b|e\b|and\b)")
_PORTION = re.compile(
    r"(?:[A-ZÁÉÍÓÚÑ][\w'-]*|\bmost|\bmore|\blista?|\btabla|\bmas|\bmayor|\bseguid[oa]s?|\bothers?)"
    r"(?: [a-záéíóúñ]{2,12})?,? (?:with|for|con)"
    r"(?: at least| al menos| some| about| another| otr[oa]s| un[oa]s)? $"
)
_SHARE = re.compile(
    r"(?:[,;]|\band|\by)\s(?:and |y )?(?:the |el |la |l[oa]s )?[\w'-]+(?: [\w'-]+){0,5}"
    r" (?:for|with|con|for the other|con otr[oa]s) $"
)
_IN_PLACE = re.compile(
    r"\b(?:[Ee]n|[Ii]n|[Aa]t|[Dd]e|[Ff]rom)\s(?:(?:el|la|los|las|the|El|La)\s)?"
    r"[A-ZÁÉÍÓÚÑ][\w .'-]{1,30}?\s?[,:(-]\s?(?:con |with )?$"
    r"|(?:[,;:(]|\by|\band|\be)\s[A-ZÁÉÍÓÚÑ][\w .'-]{1,30}?\s?[,(]\s?(?:con |with )?$"
)

_IN_GROUP = re.compile(
    r"(?:en (?:el|la|un|una) (?:primer|segund|tercer|cuart|otr)[oa]?(?: [a-z]+)?"
    r"|in (?:the|a|an) ?(?:first|second|third|other)(?: [a-z]+)?),$"
)
_ENDED = re.compile(r"\s*(?:[,.;)]|$|y\b|and\b)")
_NEXT_DAY = re.compile(r"(?:[,;]|\by|\be|\band) (?:el |la |l[oa]s |on |in |en )?$")
_INSERTED = re.compile(r"(?:[^,;:.()\n]{0,60}|(?: [^\W\d]+,?){1,6} (?:y|and) [^,;:.()\n]{1,40})[,)]")
_ANSWER_WITHIN = 70
_MORE = re.compile(
    r" (?:more|others?|mas)(?: (?!were|was|are|have|had|fueron|han|son|que|who|than)[a-z]+){0,4} "
)


def line(cased: str, quantity: Quantity, words: Lexicon) -> bool:
    """Whether it is a line of a list, or in brackets after what it counts: "- Yare: 20", "Zulia (41)"."""
    left = cased[max(0, cased.rfind("\n", 0, quantity.outset) + 1) : quantity.outset]
    right = cased[quantity.end : quantity.end + 12]
    if _LINE_LABEL.fullmatch(left) and _LINE_END.match(right):
        return words["not_counted"].search(left.lower()) is None
    return left.endswith("(") and right.startswith(")") and _CAPITAL.search(left) is not None


def inserted(text: str, quantity: Quantity, later: Quantity, words: Lexicon) -> bool:
    """Whether a number stands between commas within what is said of another: "120 people, including 12
    women, were arrested"."""
    left = text[quantity.end : later.outset][-40:].rsplit(",", maxsplit=1)[-1].strip()
    if words["inserted"].fullmatch(left) is None:
        return False
    match = _INSERTED.match(text, later.end)
    return match is not None and not words["finite"].search(text, later.end, match.end())


def of_those_before(text: str, start: int, later: Quantity, words: Lexicon) -> bool:
    """Whether the words right before a number make it a part of the last: "80 people, of whom 12"."""
    left = text[max(start, later.outset - 24) : later.outset].rstrip()
    return re.search(rf"(?<!\w)(?:{words['among'].pattern})$", left) is not None


def portion(cased: str, quantity: Quantity) -> bool:
    """Whether it says whose part it is: "the navy for 12", "then Lara with 30"."""
    left = cased[max(0, quantity.outset - 50) : quantity.outset]
    shared = _PORTION.search(left) or _SHARE.search(left)
    return shared is not None and _CLOSED.match(cased, quantity.end) is not None


def touches(text: str, quantity: Quantity, w: When) -> bool:
    """Whether a number stands beside words of time in a row of such: "seven on Monday", "en junio, 14"."""
    gap = text[quantity.end : w.start]
    if (0 <= len(gap) <= 4 and w.start >= quantity.end) or _MORE.fullmatch(gap):
        left = text[max(0, quantity.outset - 16) : quantity.outset].rstrip()
        return re.search(r"(?:,|;|:|\"|^|\by|\band|\bafter|\btras|\bde|\blos|\bthe)$", left) is not None
    between = text[w.end : quantity.outset]
    return (
        0 <= quantity.outset - w.end <= 3
        and _ENDED.match(text, quantity.end, quantity.end + 6) is not None
        and (
            "," in between
            or ":" in between
            or _NEXT_DAY.search(text[max(0, w.start - 12) : w.start]) is not None
        )
    )


def placed(cased: str, text: str, quantity: Quantity) -> bool:
    """Whether words of place or of a turn stand right before it: "in Yare, 34", "en el segundo grupo, 14"."""
    if _ENDED.match(cased, quantity.end, quantity.end + 40) is None:
        return False
    base = max(0, quantity.outset - 50)
    in_turn = _IN_GROUP.search(text[base : quantity.outset].rstrip())
    return in_turn is not None or _IN_PLACE.search(cased[base : quantity.outset]) is not None


def opens(text: str, start: int, quantity: Quantity, words: Lexicon) -> bool:
    """Whether a sentence says no more at first than a number: "Ninety, as of today"."""
    if text[start : quantity.outset].strip(" \n\"'¿¡-*("):
        return False
    if re.match(r"\.\s", text[quantity.end : quantity.end + 2]) and text[
        quantity.start - 1 : quantity.start
    ] in (
        "",
        "\n",
    ):
        return quantity.end - quantity.start > 2  # "2. Women: 12" is the number of a line
    return (
        _CLOSED.match(text, quantity.end) is not None
        or words["stands_as"].match(text, quantity.end + 1) is not None
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that asks how many, by its number, with what it says of them; None where of others."""

    sentence: int
    said: Said | None


def question(text: str, one: Sentence, number: int, cues: list[Cue], words: Lexicon) -> Question | None:
    """The question of a sentence, if it is one of how many."""
    if "?" not in text[max(one.start, one.end - 4) : one.end]:
        return None
    found = words["how_many"].search(text, one.start, one.end)
    if found is None:
        return None
    told = [c for c in cues if c.form == VERB and c.start > found.start()] or cues
    said = told[-1].said if told else frames.told(text, found.end(), one.end, words)
    return Question(number, said)


def answers(text: str, one: Sentence, quantity: Quantity, cues: list[Cue], words: Lexicon) -> bool:
    """Whether a bare number is the answer to a question before it: "The ministry says 70."""
    if quantity.outset - one.start > _ANSWER_WITHIN or any(c.start < quantity.end + 24 for c in cues):
        return False
    return (
        _CLOSED.match(text, quantity.end) is not None
        or words["stands_as"].match(text, quantity.end + 1) is not None
        or re.match(r" (?:[a-z]+ ){0,2}[\"(-]", text[quantity.end : quantity.end + 24]) is not None
    )


def counts_as_one(
    text: str,
    quantity: Quantity,
    noun: Noun | None,
    before: Found | None,
    earlier: Found | None,
    cues: list[Cue],
    words: Lexicon,
) -> bool:
    """ "una excarcelación", "y una mujer" in a breakdown, "one of them was arrested"; elsewhere "una
    persona" is nobody's count."""
    if (
        (noun is None or noun.head.kind == "participle")
        and text[quantity.start : quantity.end] in ("one", "uno", "una")
        and any(c.form == VERB and 0 <= c.start - quantity.end < 3 for c in cues)
    ):
        left = text[max(0, quantity.start - 24) : quantity.start].rstrip()
        return re.search(rf"(?:{words['all_but'].pattern})$", left) is None
    if earlier is not None and words["of_them"].match(text, quantity.end + 1):
        return any(c.form == VERB and 0 <= c.start - quantity.end < 30 for c in cues)
    solely = words["solely"].search(text[max(0, quantity.start - 16) : quantity.start])
    if earlier is not None and solely and words["traits"].match(text, quantity.end + 1):
        return True
    if noun is None or noun.start > quantity.end + 12:
        return False
    left = text[max(0, quantity.start - 32) : quantity.start]
    shown = words["shows"].search(left) is not None
    if noun.head.said == "killed" and any(
        c.said is Said.KILLED and 0 <= quantity.outset - c.end <= 1 for c in cues
    ):
        return True
    if noun.head.said == "killed" and (shown or re.search(r"(?:^|[.:;\n])\s?$", left)):
        return True
    if shown and earlier is not None and noun.head.kind == "category" and noun.head.filters:
        return True
    left = left[-16:]
    joined = words["joined_one"].search(left) is not None
    if re.search(r"[,(:;]\s?$", left):
        joined = joined or (before is not None and noun.head.kind == "category" and not noun.head.weak)
    if not joined and noun.head.kind != "event":
        return False
    if noun.head.kind == "event":
        if noun.head.unit not in ("releases", "detentions") or words.language != "es":
            return False
        return before is not None or text.startswith("excarcelacion", noun.start)
    return before is not None and noun.head.kind in ("category", "people", "participle")
