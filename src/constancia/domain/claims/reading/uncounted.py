"""Numbers of things, of the injured and of whoever else is not counted here, and what goes on from such."""

from __future__ import annotations

import re
from dataclasses import dataclass

from constancia.domain.claims.reading import frames
from constancia.domain.claims.reading.clause import Clause
from constancia.domain.claims.reading.frames import VERB, Noun
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.quantities import Quantity, quantities
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.vocabulary.terms import ClaimUnit

_WORD = re.compile(r"[^\W\d_][\w'-]*")
_ROW = re.compile(r"[^.;:()]{0,40}?(?:,|\by|\be|\band|\bo|\bor) ?(?:otr[oa]s |another |other )?")
_TOLD_APART = re.compile(r"(?: [a-z]+)?, ")
_OPENED = re.compile(r"\([^()]*$")
_REACH = 120
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|pic\.twitter\.com/\S+|[@#]\w+|\S+@\S+\.\w+|\+?\d{9,}")
_AGED = re.compile(
    r"(?<![\w.])(?:(?:en|in|at|de|from|para|for|y|and|,) )?"
    r"[A-ZÁÉÍÓÚÑ][\w'-]+(?: (?:de(?: la| los)? |al-)?[A-ZÁÉÍÓÚÑ][\w'-]+){0,3},"
    r" (?P<age>[1-9]\d)(?=, (?!(?:en|in|y|and|at|con|with)\b)[a-záéíóúñ]|, (?:en|in) [a-z]| when | cuando )"
)
_ROW_OF_AGE = re.compile(r"(?:en|in|at|de|from|para|for|,) ")
_APPOSED = re.compile(r", [^.;:()]{3,80}?, (?=[a-z])")
_ASIDE = re.compile(
    r"\b(?:en|durante|tras|de|por|a|during|in|at|after|of|from|by|to|on) (?:l[oa]s? |el |the )?\Z"
)
_COUNT_OF = re.compile(
    r"\b(?:numero|cifra|total|cantidad|number|total|toll|count) (?:de|of) (?:l[oa]s |the )?\Z"
)


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A number that was read as no claim. `of_another`: as part of one before it; `sentence`: its number."""

    quantity: Quantity
    sentence: int
    of_another: bool = False

    def covers(self, text: str, quantity: Quantity, noun: Noun | None, sentence: int, words: Lexicon) -> bool:
        """Whether a number goes on from this one: "12 cities, three of them", "60 hurt (41 men"."""
        of_them = words["of_them"].match(text, quantity.end + 1) is not None
        if sentence != self.sentence:
            return of_them and sentence == self.sentence + 1
        between = text[self.quantity.end : quantity.outset]
        if of_them:
            return len(between) < _REACH
        if len(between) >= _REACH:
            return False
        if _OPENED.search(between) or words["among"].search(between):
            return True
        return (noun is None or self.of_another) and _ROW.fullmatch(between) is not None


def unmasked(
    text: str, cased: str, one: Sentence, masked: list[tuple[int, int]], words: Lexicon
) -> list[Quantity]:
    """The numbers of a sentence outside `masked`, addresses and what the lexicon masks: ages, sums, laws."""
    covered = masked + [m.span() for m in words["masks"].finditer(text, one.start, one.end)]
    covered += [
        m.span("age") for m in _AGED.finditer(cased, one.start, one.end) if not _ROW_OF_AGE.match(m[0])
    ]
    covered += [m.span() for m in _ADDRESS.finditer(text, one.start, one.end)]
    return [
        q
        for q in quantities(text, one.start, one.end, words)
        if not any(first < q.end and q.start < last for first, last in covered)
    ]


def things(text: str, left: int, quantity: Quantity, end: int, words: Lexicon) -> bool:
    """Whether a number without a noun of people counts something else, by the words after or before it."""
    place = quantity.end
    if frames.blocked(text, place, end, words) or words["of_things"].match(text, place + 1):
        return True
    return _ends_in_thing(text, place, end, words) or _toll(text, left, quantity, words)


def _ends_in_thing(text: str, place: int, end: int, words: Lexicon) -> bool:
    """Whether the words right after a number end in a thing: "two news outlets, ", "14 court hearings in"."""
    last = None
    for _ in range(4):
        if text[place : place + 1] not in (" ", "\u00a0"):
            break
        word = _WORD.match(text, place + 1, end)
        if word is None or words["noun_stops"].fullmatch(word[0]) or words["finite"].fullmatch(word[0]):
            break
        last, place = word, word.end()
    return last is not None and words["not_counted"].fullmatch(last[0]) is not None


def _toll(text: str, left: int, quantity: Quantity, words: Lexicon) -> bool:
    """Whether the words before a bare number say that it is of others: "los heridos llegan a 60"."""
    last = None
    for match in words["tolls"].finditer(text, max(left, quantity.outset - 70), quantity.outset):
        last = match
    head = text[max(left, last.start() - 30) : last.start()] if last is not None else ""
    if last is None or (_ASIDE.search(head) and not _COUNT_OF.search(head)):
        return False
    between = text[last.end() : quantity.outset]
    reached = words["figure"].search(between) is not None or (
        between.strip() in (":", "=", "-") or _TOLD_APART.fullmatch(between) is not None
    )
    if not reached or re.search(r"[,;]\s\S|\b(?:and|y)\b", between):
        return False
    return frames.last_noun(text, last.end(), quantity.outset, words) is None


def others_do(text: str, clause: Clause, words: Lexicon) -> bool:
    """Whether a clause tells what others than prisoners do: "300 marched", "12 wives of prisoners wept".

    A part of those counted before is none of them, whatever it did: "of whom 36 took part in the protests",
    "14 women, 9 boys who had marched".
    """
    place, noun = clause.after + 1, clause.noun
    if _is_part(text, clause, words):
        return False
    if words["unconcerned"].match(text, place):
        return True
    apart = _APPOSED.match(text, clause.after)
    if apart is not None and words["unconcerned"].match(text, apart.end()):
        return True
    if (noun is None or not noun.head.said) and _after_its_verb(text, clause, words):
        return True
    if (
        noun is None
        or noun.head.said
        or noun.head.unit != ClaimUnit.PERSONS
        or noun.head.kind not in ("category", "neutral")
    ):
        return False
    kin = words["kin"].match(text, noun.start)
    strikes = words["kin_alone"].match(text, noun.start) is not None
    for cue in clause.right:
        fasting = strikes and words["hunger_strike"].search(text, cue.start, cue.end)
        if cue.form == VERB and not fasting and (kin is None or cue.start >= kin.end()):
            return False
    return kin is not None or words["acts"].match(text, place, clause.limit) is not None


def _after_its_verb(text: str, clause: Clause, words: Lexicon) -> bool:
    """Whether those counted stand behind what they did, as in Spanish: "votaron 600 personas"."""
    if words.language != "es":
        return False
    left = text[max(clause.left, clause.quantity.outset - 40) : clause.quantity.outset].rstrip()
    return re.search(rf"(?<!\w)(?:{words['unconcerned'].pattern})$", left) is not None


def of_disaster(text: str, clause: Clause, words: Lexicon) -> bool:
    """Whether those dead or missing are of a disaster, and of no prison: "el sismo dejó 300 muertos"."""
    held = clause.noun is not None and clause.noun.head.said == "held"
    start, end = clause.left, min(clause.limit, clause.after + 80)
    if held or words["disasters"].search(text, start, end) is None:
        return False
    return words["of_prison"].search(text, start, end) is None


def _is_part(text: str, clause: Clause, words: Lexicon) -> bool:
    """Whether the words right before a number say it is a part, or it goes on a row and is described."""
    left = text[clause.left : clause.quantity.outset].rstrip()
    if clause.follows and re.search(rf"(?<!\w)(?:{words['among'].pattern})$", left[-40:]):
        return True
    described = words["relative"].match(text, clause.after + 1) is not None
    return clause.follows and described and clause.noun is not None and len(left) <= 4


def does_else(text: str, noun: Noun | None, words: Lexicon) -> bool:
    """Whether a verb of their own follows those counted: "200 people marched and 9 were arrested"."""
    if noun is None:
        return False
    return any(words[name].match(text, noun.end + 1) is not None for name in ("unconcerned", "acts"))
