"""What was decided on one entry of a list, from all decisions on it: a small algebra, nothing overwritten.

same(a)                 →  the same as a
same(a), different(a)   →  looked at; nobody has said who it is, and it is not a
unsure, different(a)    →  still unsure, and it is not a
same(a), retract        →  as before
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from constancia.domain.vocabulary.terms import EntryVerdict


class Judged(StrEnum):
    """Where an entry stands."""

    UNSEEN = "unseen"  # nobody has looked
    OPEN = "open"  # somebody has looked and said only who it is not
    SAME = "same"
    UNSURE = "unsure"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Said:
    """One decision: `number` is the store's order and identity, `person` a primary key or None."""

    number: int
    verdict: EntryVerdict
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """`person`: who it is where SAME. `apart`: people whom it is not; never proposed for the entry again.

    `last`: the number of the last decision of all, taken back or not, 0 for none: what a page has seen.
    `decisive`: the decision that says where the entry stands, or, while none does, the last that holds.
    """

    judged: Judged = Judged.UNSEEN
    person: int | None = None
    apart: frozenset[int] = frozenset()
    last: int = 0
    decisive: int = 0

    @property
    def undecided(self) -> bool:
        return self.judged in (Judged.UNSEEN, Judged.OPEN)


def judge(said: Iterable[Said]) -> Judgement:
    """Where an entry stands after `said`, in the order of recording. RETRACT takes back the last that holds;
    with nothing to take back it says nothing."""
    holding: list[Said] = []
    last = 0
    for one in said:
        last = one.number
        if one.verdict is EntryVerdict.RETRACT:
            if holding:
                holding.pop()
        else:
            holding.append(one)
    judged, person, apart, decisive = Judged.UNSEEN, None, set[int](), 0
    for one in holding:
        if one.verdict is EntryVerdict.DIFFERENT:
            apart.update(() if one.person is None else (one.person,))
            if judged is Judged.UNSEEN or (judged is Judged.SAME and person == one.person):
                judged, person = Judged.OPEN, None
            if judged is Judged.OPEN:
                decisive = one.number
        else:
            judged, decisive = Judged(one.verdict.value), one.number
            person = one.person if one.verdict is EntryVerdict.SAME else None
            apart.discard(person or 0)
    return Judgement(judged, person, frozenset(apart), last, decisive)
