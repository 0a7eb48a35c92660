"""What ties a place of a sentence to a number of it: "30 held in Zulia", "in Yare, 34", "Tocorón: 8"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from constancia.domain.claims.reading.found import Found
from constancia.domain.claims.reading.lexicon import Lexicon
from constancia.domain.claims.reading.places import COUNTRY, HERE, PRISON, STATE, Place
from constancia.domain.claims.reading.sentences import Sentence
from constancia.domain.claims.reading.view import View

FARTHEST = 160
"""Characters between a number and a place that can be its own."""

_WALL = re.compile(r"[;:()\n\"]|[.!?]\s")
_INSERTED = re.compile(r",[^,;:.()\n]{1,44},")
_IN = frozenset({"en", "in", "at", "dentro de", "inside", "within", "across", "throughout"})
_OUT = frozenset({"de", "del", "from", "desde"})
_OPENING = re.compile(r"(?:[,;:(\-\"]|\by|\band|\be|\bque|\bthat|\bmientras|\bwhile)\s*$")
_BULLET = re.compile(r"[\s\-*•·o>|\"'(¿¡#]*")
_WHOSE = re.compile(
    r"\s(?:de|del|of|from)\s(?:(?:la|el|los|las|the)\s)?[A-ZÁÉÍÓÚÑ][\w.-]*(?:\s[A-ZÁÉÍÓÚÑ][\w.-]*){0,2}"
)
"""Whose they are, between their noun and where they were taken: "7 trabajadores de Sidor en Bolívar"."""
_ONWARDS = re.compile(r"\s(?:a|al|hacia|hasta|to|toward|towards)\s(?:(?:el|la|El|La|the|El)\s)?[A-ZÁÉÍÓÚÑ]")
_LABEL = re.compile(r"\s?[:=(]\s?[\"*]?|\s-\s|\t\s?|\s?\.{2,}\s?")
_ENDS = re.compile(r"\s*(?:[.,;)|\n]|$|(?:y|e|and)\b)")
_JOIN = re.compile(r"(?:,|\sy|\se|\sand|,\sand)\s")
_TOKEN = re.compile(r"[^\s,\"'#*(]+")
_UNLIKE = re.compile(r"[.;()\n]")


@dataclass(frozen=True, slots=True)
class Tied:
    """The places at [start, end) that a number is tied to, more than one where they are named together."""

    start: int
    end: int
    places: tuple[Place, ...]
    others: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    gap: re.Pattern[str]
    anchored: re.Pattern[str]
    left: re.Pattern[str]
    arrested: re.Pattern[str]
    has: re.Pattern[str]
    only: re.Pattern[str]


@cache
def _patterns(words: Lexicon) -> _Patterns:
    between = words["place_between"].pattern
    gap = rf"(?:\s{between})*\s?"
    protest = rf"(?:\s{words['place_protest'].pattern})?"
    return _Patterns(
        re.compile(gap),
        re.compile(rf"(?P<tie>{words['place_tie'].pattern}){gap}$"),
        re.compile(rf"(?:{words['place_left_off'].pattern})\s?(?:el |la |los |las |the )?$"),
        re.compile(rf"(?P<tie>{words['place_arrest'].pattern}){gap}{protest}\s?$"),
        re.compile(rf",?\s(?:{words['place_has'].pattern})\s(?:a\s)?"),
        re.compile(rf"(?:{words['place_only'].pattern})\s$"),
    )


def tied(
    seen: View,
    one: Sentence,
    found: Sequence[Found],
    named: Sequence[Place],
    near: Sequence[Place],
    words: Lexicon,
) -> Mapping[int, Tied]:
    """By the start of its quantity, the place that each number of a sentence is tied to, if to one.

    `named`: the places of the sentence; `near`: those of the sentence before.
    """
    tie = _Tie(seen, one, sorted(found, key=lambda f: f.quantity.start), named, near, words)
    return tie.all()


class _Tie:
    def __init__(
        self,
        seen: View,
        one: Sentence,
        found: Sequence[Found],
        named: Sequence[Place],
        near: Sequence[Place],
        words: Lexicon,
    ) -> None:
        self.text, self.cased, self.one = seen.folded, seen.cased, one
        self.found, self.named, self.near, self.words = found, named, near, words
        self.patterns = _patterns(words)
        self.outsets = [f.quantity.outset for f in found]

    def all(self) -> dict[int, Tied]:
        made: dict[int, Tied] = {}
        for number, claim in enumerate(self.found):
            right = self._right(claim, self._stop(number))
            if right is not None:
                made[claim.quantity.start] = right
        used = {place.name for one in made.values() for place in one.places}
        for number, claim in enumerate(self.found):
            if claim.quantity.start in made:
                continue
            begin = self.found[number - 1].quantity.end if number else self.one.start
            left = self._left(claim, begin, used) or self._there(claim, begin, self._stop(number))
            if left is not None:
                made[claim.quantity.start] = left
        return made

    def _stop(self, number: int) -> int:
        return self.outsets[number + 1] if number + 1 < len(self.found) else self.one.end

    # -- after the number

    def _right(self, claim: Found, stop: int) -> Tied | None:
        base = _after(claim)
        for index, place in enumerate(self.named):
            if place.start < base:
                continue
            if place.end > stop or place.start - base > FARTHEST:
                return None
            between = self.text[base : place.start]
            if _WALL.search(between):
                return None
            if _ONWARDS.match(self.cased, place.end):
                continue
            if self._holds(claim, place, between) and not self._next_number_s(place, between, stop):
                return self._together(index, stop)
        return None

    def _holds(self, claim: Found, place: Place, between: str) -> bool:
        if place.prep not in _IN and place.prep not in _OUT:
            return self.patterns.left.search(between) is not None and not self._broken(between)
        if place.only_in and place.prep not in _IN:
            return False
        whose = _WHOSE.match(self.cased, place.start - len(between), place.start)
        if whose is not None and place.prep in _IN:
            between = between[whose.end() - place.start + len(between) :]
        between = _INSERTED.sub(" ", between)
        if self.patterns.gap.fullmatch(between) or between == ", ":
            return place.prep in _IN or place.kind == PRISON or _says(claim)
        arrested = self.patterns.arrested.search(between)
        anchored = self.patterns.anchored.search(between) or arrested
        if anchored is None:
            return False
        if place.prep in _OUT and place.kind != PRISON and not _noun_of(anchored["tie"]):
            return self.words["place_released"].fullmatch(anchored["tie"]) is not None
        return not self._broken(between[: anchored.start()])

    def _broken(self, between: str) -> bool:
        """Whether another clause begins between a number and what is said of a place."""
        clear = re.sub(r"^,\s(?:tod[oa]s |all )?(?:(?:que|quienes|who)\s)?", "", between)
        clear = re.sub(r",\s$", "", clear) if clear.endswith(", ") and len(clear) < 30 else clear
        return "," in clear or self.words["place_break"].search(clear) is not None

    def _next_number_s(self, place: Place, between: str, stop: int) -> bool:
        """Whether the place is the next number's rather: "12 were freed, in Lara 5"."""
        if stop == self.one.end or not between.strip():
            return False
        gap = self.text[place.end : stop]
        if between.rstrip().endswith(","):
            return re.fullmatch(r",?\s(?:a\s|con\s|with\s)?|\s?[:(]\s?", gap) is not None
        return re.fullmatch(r"\s(?:a\s|con\s|with\s)?", gap) is not None

    def _together(self, index: int, stop: int) -> Tied:
        """The place with those named in one row with it, and a prison without the state that it lies in."""
        first = self.named[index]
        row, end = [first], first.end
        for place in self.named[index + 1 :]:
            gap = self.text[end : place.start]
            if place.end > stop or self._numbered(place, stop):
                break
            if re.fullmatch(r",\s(?:en\s|in\s)?|\s\(|\s?-\s", gap) and _lies_in(first, place):
                if first.kind == STATE and place.kind not in (HERE, COUNTRY):
                    break
                end = place.end  # "Tocorón, in Aragua", "Maracaibo (Zulia)": where the place itself lies
                continue
            if place.kind == HERE or not _JOIN.fullmatch(gap):
                break
            row.append(place)
            end = place.end
        others = self.words["place_others"].match(self.text, end + 1)
        return Tied(first.start, others.end() if others else end, tuple(row), others is not None)

    def _numbered(self, place: Place, stop: int) -> bool:
        return (
            stop < self.one.end
            and re.fullmatch(r"[,:]?\s\(?(?:a\s|con\s|with\s)?", self.text[place.end : stop]) is not None
        )

    # -- before the number

    def _left(self, claim: Found, begin: int, used: set[int]) -> Tied | None:
        outset = claim.quantity.outset
        if claim.noun is not None and begin <= claim.noun.start < claim.quantity.start:
            outset = self._labelled(claim, begin)
        place = next((p for p in reversed(self.named) if p.end <= outset and p.start >= begin), None)
        if place is not None and (around := self._around(place)) is not None:
            place = around
        if place is None or place.name in used or outset - place.end > FARTHEST:
            return None
        if place.kind == HERE:
            return None
        gap = self.text[place.end : outset]
        if not self._told(claim, place, gap, begin, outset):
            return None
        row = [place]
        start = place.start
        for other in reversed(self.named):
            joined = other.end <= start and _JOIN.fullmatch(self.text[other.end : start]) is not None
            if joined and other.start >= begin and other.name not in used:
                row.insert(0, other)
                start = other.start
        return Tied(start, place.end, tuple(row))

    def _around(self, place: Place) -> Place | None:
        """The town or prison in whose brackets a state stands: "Maracaibo (Zulia)"."""
        for other in self.named:
            if place.kind == STATE and other.kind != STATE and self.text[other.end : place.name] == " (":
                close = place.end + (self.text[place.end : place.end + 1] == ")")
                return replace(other, end=close)
        return None

    def _labelled(self, claim: Found, begin: int) -> int:
        """Where a label with a noun of its own begins: the place stands before it or at its end."""
        assert claim.noun is not None
        inner = [p for p in self.named if p.start >= claim.noun.end and p.end <= claim.quantity.outset]
        return claim.quantity.outset if inner else claim.noun.start

    def _told(self, claim: Found, place: Place, gap: str, begin: int, outset: int) -> bool:
        before = self.text[begin : place.start]
        bare = _BULLET.fullmatch(before) is not None and begin == self.one.start
        opened = bare or _OPENING.search(before) is not None or self.patterns.only.search(before) is not None
        anchor = self.patterns.anchored.search(before)
        anchored = anchor is not None and place.prep in (_IN | _OUT)
        noun_between = claim.noun is not None and begin <= claim.noun.start < outset
        if _LABEL.fullmatch(gap) and not self._dateline(place):
            return opened or anchored or self._heads(place)
        if re.fullmatch(r",?\s", gap) and opened and _ENDS.match(self.text, _after(claim)):
            return not self._dateline(place)
        if place.prep == "":
            if opened and not self._capital(place) and self.patterns.has.fullmatch(gap) and not noun_between:
                return True
            if opened and place.kind == COUNTRY and re.fullmatch(r"'s?\s", gap):
                return True
            if re.fullmatch(r",?\s", gap) is None and self._leaves(before, gap):
                return True
        if place.prep in _IN and opened and self._goes_through(place, gap, outset):
            return True
        if (
            place.prep in _OUT
            and (opened or bare)
            and place.kind != COUNTRY
            and self._goes_through(place, gap, outset)
        ):
            return (
                self.words["place_released"].search(gap + self.text[outset : _after(claim) + 40]) is not None
            )
        if anchored and re.fullmatch(r"\s(?:a\s|(?:[a-z]+\s){0,2}(?:con|with)\s)?", gap):
            return True
        return self._where(gap, place, outset)

    def _heads(self, place: Place) -> bool:
        """Whether a place opens its line."""
        base = max(0, place.start - FARTHEST)
        line = self.cased.rfind("\n", base, place.start) + 1 or base
        return (line > base or base == 0) and _BULLET.fullmatch(self.cased, line, place.start) is not None

    def _capital(self, place: Place) -> bool:
        """Whether it may stand for a government, or for where a text was written."""
        return self.text[place.name : place.end] == "caracas"

    def _dateline(self, place: Place) -> bool:
        loud = self.cased[place.name : place.end].isupper()
        return self._capital(place) and self._heads(place) and (loud or self.one.paragraph == 0)

    def _leaves(self, before: str, gap: str) -> bool:
        return self.patterns.left.search(before) is not None and (
            re.fullmatch(r"(?:\s[a-z]+){0,3}\s(?:con|with)\s", gap) is not None
        )

    def _where(self, gap: str, place: Place, outset: int) -> bool:
        found = re.match(rf",?\s(?:{self.words['place_where'].pattern})(?=[,\s])", gap)
        if found is None or place.kind == COUNTRY:
            return False
        rest = _INSERTED.sub(" ", gap[found.end() :])
        return all(self.words["place_through"].fullmatch(token[0]) for token in _TOKEN.finditer(rest))

    def _goes_through(self, place: Place, gap: str, outset: int) -> bool:
        """Whether nothing but what is said of the number stands between a place that opens and it."""
        if _UNLIKE.search(gap):
            return False
        offset = place.end
        for token in _TOKEN.finditer(_INSERTED.sub(lambda m: " " * len(m[0]), gap)):
            if self.words["place_through"].fullmatch(token[0]):
                continue
            if self._capital(place) or not self.cased[offset + token.start()].isupper():
                return False
        return True

    # -- neither: "held there"

    def _there(self, claim: Found, begin: int, stop: int) -> Tied | None:
        after = _after(claim)
        there = self.words["place_there"]
        met = there.search(self.text, max(begin, claim.quantity.outset - 40), claim.quantity.outset)
        met = met or there.search(self.text, after, min(stop, after + 30))
        if met is None or _UNLIKE.search(
            self.text[min(met.end(), after) : max(met.start(), claim.quantity.outset)]
        ):
            return None
        earlier = [p for p in self.named if p.end <= met.start()] or list(self.near)
        chosen = [p for p in earlier if p.kind not in (HERE, COUNTRY)]
        if len({p.value for p in chosen}) != 1:
            return None
        return Tied(chosen[-1].start, chosen[-1].end, (chosen[-1],))


def _after(claim: Found) -> int:
    noun = claim.noun
    return (
        max(claim.quantity.end, noun.end) if noun and noun.start >= claim.quantity.end else claim.quantity.end
    )


def _lies_in(one: Place, other: Place) -> bool:
    return one.kind != other.kind or (one.kind == COUNTRY and one.value == other.value)


def _says(claim: Found) -> bool:
    """Whether its own noun says that they are held or released, so that "of Zulia" is where, not whence."""
    return claim.noun is None or bool(claim.noun.head.said)


def _noun_of(tie: str) -> bool:
    return (
        re.fullmatch(
            r"pres[oa]s?(?: politic[oa]s)?|political prisoners|prisoners|inmates|recluso?s?"
            r"|detenciones|arrestos",
            tie,
        )
        is not None
    )
