"""What speaks for and against beyond the name: one comparison each, weighed as Fellegi and Sunter (1969) do.

A comparison's docstring is what is published of it. Its weight is the base-2 logarithm of how many times
likelier the two values are for one person than for two strangers; nothing said on one side weighs nothing.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from math import log2
from typing import TypeVar

from rapidfuzz.distance import OSA

from constancia.domain.matching.shapes import Days, Known, Mention, Reason
from constancia.domain.names import fold

Value = TypeVar("Value", str, int)

CURRENT = "evidence-1"
_YEAR = 366
_DOCUMENT_LETTERS = 7
"""Digits from which on one slip is told from another number."""


@cache
def shares(name: str = CURRENT) -> Mapping[str, Mapping[str, float]]:
    """The numbers of `weights/<name>.toml`."""
    text = files("constancia.domain.matching").joinpath("weights").joinpath(f"{name}.toml").read_text("utf-8")
    found: Mapping[str, Mapping[str, float]] = tomllib.loads(text)
    return found


def document_key(number: str) -> str:
    """The digits of a document number, with the letters of a passport; V-, E- and leading zeros are none."""
    plain = "".join(c for c in fold(number) if c.isalnum())
    return plain.lstrip("vej").lstrip("0") or plain


@dataclass(frozen=True, slots=True)
class Common:
    """How common what the register holds is: shares of those of whom it is known."""

    sex: Mapping[str, float]
    state: Mapping[str, float]
    born: Mapping[int, float]
    """By year."""
    place: Mapping[str, float] = field(default_factory=dict)
    occupation: Mapping[str, float] = field(default_factory=dict)
    """By folded words."""
    began: Sequence[int] = ()
    """The middle day of every detention's beginning, in order."""

    def beginning(self, days: Days, near: int) -> float:
        """Which share of the detentions began in that time, give or take: people are taken in waves."""
        if not self.began:
            return 0.0
        first, last = bisect_left(self.began, days[0] - near), bisect_right(self.began, days[1] + near)
        return (last - first) / len(self.began)

    @classmethod
    def of(cls, people: Iterable[Known]) -> Common:
        sex: Counter[str] = Counter()
        state: Counter[str] = Counter()
        born: Counter[int] = Counter()
        place: Counter[str] = Counter()
        occupation: Counter[str] = Counter()
        began: list[int] = []
        stated = placed = employed = 0
        for one in people:
            sex[one.sex] += bool(one.sex)
            state.update(one.states)
            stated += bool(one.states)
            place.update({fold(name) for name in one.places})
            placed += bool(one.places)
            began += [(first + last) // 2 for first, last in one.days]
            occupation.update(set(fold(one.occupation).split()))
            employed += bool(one.occupation)
            if one.born is not None:
                born[_year((one.born[0] + one.born[1]) // 2)] += 1
        return cls(
            _shares(sex, sex.total()),
            _shares(state, stated),
            _shares(born, born.total()),
            _shares(place, placed),
            _shares(occupation, employed),
            tuple(sorted(began)),
        )


def _shares(counts: Counter[Value], total: int) -> dict[Value, float]:
    return {value: count / total for value, count in counts.items() if count}


def _year(day: int) -> int:
    return date.fromordinal(max(1, min(day, date.max.toordinal()))).year


def _for(agrees: float, chance: float) -> float:
    """What agreement is worth; never below nothing, however common the value is."""
    return max(0.0, log2(agrees / min(max(chance, 1e-7), 1.0)))


def _against(agrees: float, chance: float) -> float:
    return min(0.0, log2(max(1 - agrees, 1e-3) / max(1 - chance, 1e-3)))


def document(mention: Mention, known: Known, common: Common) -> Reason | None:
    """The number of an identity document, letters, dots and zeros before it aside: the same, one slip
    apart, or another one."""
    own = shares()["document"]
    theirs = document_key(mention.document)
    if not theirs or not known.documents:
        return None
    best = min(known.documents, key=lambda number: OSA.distance(theirs, document_key(number)))
    apart = OSA.distance(theirs, document_key(best))
    if apart == 0:
        return _reason("document.same", mention.document, best, log2(own["same"] / own["chance_same"]))
    if apart == 1 and len(theirs) >= _DOCUMENT_LETTERS:
        return _reason("document.slip", mention.document, best, log2(own["slip"] / own["chance_slip"]))
    return _reason("document.other", mention.document, best, log2(1 - own["same"] - own["slip"]))


def born(mention: Mention, known: Known, common: Common) -> Reason | None:
    """When the person was born, as precisely as both sides tell: the times meet, lie a year apart (ages
    are told in full years), or further."""
    if mention.born is None or known.born is None:
        return None
    own = shares()["born"]
    theirs, ours = _days(mention.born), _days(known.born)
    gap = max(mention.born[0] - known.born[1], known.born[0] - mention.born[1], 0)
    first, last = _year(mention.born[0]), _year(mention.born[1])
    chance = max(sum(common.born.get(year, 0.0) for year in range(first, last + 1)), 0.005)
    if gap == 0:
        return _reason("born.agrees", theirs, ours, _for(own["agrees"], chance))
    if gap <= own["years_near"] * _YEAR:
        return _reason("born.near", theirs, ours, min(0.0, log2(own["near"] / min(1.0, 2 * chance))))
    return _reason("born.other", theirs, ours, _against(own["agrees"] + own["near"], 3 * chance))


def sex(mention: Mention, known: Known, common: Common) -> Reason | None:
    """The sex, where both sides say it."""
    if not mention.sex or not known.sex:
        return None
    agrees, chance = shares()["sex"]["agrees"], common.sex.get(mention.sex, 0.5)
    if mention.sex == known.sex:
        return _reason("sex.agrees", mention.sex, known.sex, _for(agrees, chance))
    return _reason("sex.other", mention.sex, known.sex, _against(agrees, chance))


def state(mention: Mention, known: Known, common: Common) -> Reason | None:
    """A state of the country: one of those in which, as the register knows, something happened to the
    person, or another one."""
    if not mention.state or not known.states:
        return None
    agrees, chance = shares()["state"]["agrees"], common.state.get(mention.state, 0.01)
    if mention.state in known.states:
        return _reason("state.agrees", mention.state, mention.state, _for(agrees, chance))
    return _reason("state.other", mention.state, known.states[0], _against(agrees, chance))


def place(mention: Mention, known: Known, common: Common) -> Reason | None:
    """A place, by its words: one where the person was, as the register knows, or another one."""
    words = set(fold(mention.place).split())
    if not words or not known.places:
        return None
    own = shares()["place"]
    best = max(known.places, key=lambda one: len(words & set(fold(one).split())))
    theirs = set(fold(best).split())
    if words <= theirs or theirs <= words:
        chance = max(own["chance"], common.place.get(fold(best), 0.0))
        return _reason("place.agrees", mention.place, best, _for(own["agrees"], chance))
    return _reason("place.other", mention.place, best, _against(own["agrees"], own["chance"]))


def day(mention: Mention, known: Known, common: Common) -> Reason | None:
    """When the detention began, as precisely as both sides tell: the days meet, give or take three, or
    not (it may be another detention)."""
    if mention.day is None or not known.days:
        return None
    own = shares()["day"]
    here = mention.day
    best = min(known.days, key=lambda one: _gap(here, one))
    theirs, ours = _days(here), _days(best)
    if _gap(here, best) <= own["days_near"]:
        width = 1 + here[1] - here[0] + 2 * own["days_near"]
        chance = max(own["chance"] * width / 7, common.beginning(here, int(own["days_near"])))
        return _reason("day.agrees", theirs, ours, _for(own["agrees"], chance))
    return _reason("day.other", theirs, ours, log2(own["least"] + (1 - own["least"]) * (1 - own["agrees"])))


def occupation(mention: Mention, known: Known, common: Common) -> Reason | None:
    """What the person does, where a word of it is the same on both sides; another word says nothing."""
    words = {word for word in fold(mention.occupation).split() if len(word) > 3}
    both = words & set(fold(known.occupation).split())
    if not both:
        return None
    own = shares()["occupation"]
    chance = max(own["chance"], min(common.occupation.get(word, 0.0) for word in both))
    return _reason("occupation.agrees", mention.occupation, known.occupation, _for(own["agrees"], chance))


Comparison = Callable[[Mention, Known, Common], Reason | None]

COMPARISONS: tuple[Comparison, ...] = (document, born, sex, state, place, day, occupation)


def beyond_the_name(mention: Mention, known: Known, common: Common) -> list[Reason]:
    """What every comparison finds, those that find nothing left out."""
    return [reason for compare in COMPARISONS if (reason := compare(mention, known, common)) is not None]


def says_more(mention: Mention) -> bool:
    """Whether a mention has anything but a name."""
    if mention.document or mention.sex or mention.state or mention.place or mention.occupation:
        return True
    return mention.born is not None or mention.day is not None


def _reason(comparison: str, theirs: str, ours: str, weight: float) -> Reason:
    return Reason(comparison, theirs, ours, weight)


def _gap(one: Days, other: Days) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _days(days: Days) -> str:
    """In EDTF, as short as it can be said: a year, a month, a day or an interval."""
    first, last = (date.fromordinal(max(1, min(day, date.max.toordinal() - 1))) for day in days)
    after = last + timedelta(days=1)
    if (first.month, first.day, after.month, after.day) == (1, 1, 1, 1):
        return str(first.year) if after.year == first.year + 1 else f"{first.year}/{last.year}"
    if first.day == after.day == 1 and first.year == last.year and first.month == last.month:
        return f"{first:%Y-%m}"
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
