"""A fact as the fold handles it: its interval of days as integers and, at one known time, its grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any

from constancia.domain.facts.kinds import KINDS, Part
from constancia.domain.facts.record import Fact
from constancia.domain.timeline.moments import bounds, micros
from constancia.domain.timeline.state import BASIS_WITNESSED

PART_OF: Mapping[str, Part] = {kind: cls.part for kind, cls in KINDS.items()}
IN_TIME = frozenset(
    kind for kind, part in PART_OF.items() if part in (Part.ENTRY, Part.MOVE, Part.PLACE, Part.CASE)
)
"""Kinds whose date matters to the fold."""

_NO_DATE = (0, 0, 0, 0)


class Weighed:
    """One fact under one basis. `grade` is set anew for every known time at which it is weighed.

    `known`: µs; `low`, `high`, `day`: day ordinals; `span`: days it can mean (smaller: more precise).
    """

    __slots__ = ("day", "detention", "fact", "fields", "grade", "high", "kind", "known", "low", "seq", "span")

    def __init__(self, fact: Fact, known: int, interval: tuple[int, int, int, int]) -> None:
        self.fact = fact
        self.seq = fact.seq
        self.kind = fact.kind
        self.fields: Mapping[str, Any] = fact.fields
        self.detention = fact.detention
        self.known = known
        self.low, self.high, self.day, self.span = interval
        self.grade = 0

    def rank(self) -> tuple[int, int, int, int]:
        """Sorts the fact that counts first: higher grade, more precise, later known, later recorded."""
        return (-self.grade, self.span, -self.known, -self.seq)

    def latest_word(self) -> tuple[int, int]:
        """Sorts by when it was known, then recorded."""
        return (self.known, self.seq)


def weighable(facts: Iterable[Fact], basis: int, zone: tzinfo) -> list[Weighed]:
    """All facts under the basis, ungraded."""
    witnessed = basis == BASIS_WITNESSED
    found = []
    for fact in facts:
        known = micros(fact.witnessed_at if witnessed else fact.known_at)
        interval = bounds(fact.when, known, zone) if fact.kind in IN_TIME else _NO_DATE
        found.append(Weighed(fact, known, interval))
    return found
