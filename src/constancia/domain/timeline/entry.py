"""How and when a detention began, as far as the live facts say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constancia.domain.facts.kinds import Part
from constancia.domain.timeline.moments import OPEN_SPAN
from constancia.domain.timeline.state import OPEN_PAST
from constancia.domain.timeline.weighed import PART_OF, Weighed
from constancia.domain.vocabulary.terms import Grade

IMPLIED = "implied"
"""`entry_kind` of a detention of which only a way out or a step of the case is known."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The beginning: `fact` is the one that counts; days are ordinals; `ranked` are all that tell of it."""

    kind: str
    fact: Weighed
    grade: int
    low: int
    high: int
    day: int
    span: int
    ranked: tuple[Weighed, ...]


def entry_of(by_part: Mapping[Part, Sequence[Weighed]]) -> Entry | None:
    """The entry, or None where nothing says that the person was ever held.

    Arrests come first, then disappearances, then places where the person was held ("on or before");
    failing all, the first way out or step of the case implies that the person was held before.
    What is verified of the first three is asked before the rest, for an unverified report takes nobody
    out of a verified count; disputed facts are asked only when nothing undisputed is there.
    """
    beginnings = by_part.get(Part.ENTRY, ())
    places = by_part.get(Part.PLACE, ())
    if len(beginnings) == 1 and beginnings[0].grade >= (Grade.VERIFIED if places else Grade.REPORTED):
        return _told_by(beginnings[0], (beginnings[0],))
    arrests = [fact for fact in beginnings if fact.kind == "arrest"]
    others = [fact for fact in beginnings if fact.kind != "arrest"]
    for candidates in (arrests, others):
        ranked = tuple(sorted(candidates, key=Weighed.rank))
        if ranked and ranked[0].grade == Grade.VERIFIED:
            return _told_by(ranked[0], ranked)
    verified = [fact for fact in places if fact.grade == Grade.VERIFIED]
    if verified:
        return _seen(min(verified, key=_first_then_best))
    for disputed in (False, True):
        for candidates in (arrests, others):
            some = [fact for fact in candidates if (not fact.grade) == disputed]
            if some:
                return _told_by(min(some, key=Weighed.rank), tuple(sorted(candidates, key=Weighed.rank)))
        seen = [fact for fact in places if (not fact.grade) == disputed]
        if seen:
            return _seen(min(seen, key=_first_then_best))
        implying = [
            fact
            for part in (Part.MOVE, Part.CASE)
            for fact in by_part.get(part, ())
            if (not fact.grade) == disputed
        ]
        if implying:
            return _seen(min(implying, key=_first_then_best))
    return None


def _first_then_best(fact: Weighed) -> tuple[int, tuple[int, int, int, int]]:
    return fact.high, fact.rank()


def _told_by(fact: Weighed, ranked: tuple[Weighed, ...]) -> Entry:
    return Entry(fact.kind, fact, fact.grade, fact.low, fact.high, fact.day, fact.span, ranked)


def _seen(fact: Weighed) -> Entry:
    """On or before the latest day that the fact can mean."""
    kind = fact.kind if PART_OF[fact.kind] is Part.PLACE else IMPLIED
    return Entry(kind, fact, fact.grade, OPEN_PAST, fact.high, fact.high, OPEN_SPAN, (fact,))
