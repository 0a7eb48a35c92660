"""Who is one person, from what was judged on pairs: the algebra of judgements.

    said on one pair     "different" outweighs "same", "same" outweighs "unsure", and that outweighs silence
    from pair to pair    same, same → same;  same, different → different;  anything else says nothing

"Same" joins two clusters unless a "different" stands between anybody of the one and anybody of the other:
a negative outlives the cluster it blocks. Where both cannot be had, the "same" said first is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from constancia.domain.vocabulary.terms import IdentityVerdict


class Standing(StrEnum):
    """How things stand between two people."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    UNSEEN = "unseen"  # nobody has looked


class Said(NamedTuple):
    """One judgement that holds. `number`: in the order in which they were said."""

    number: int
    one: int
    other: int
    verdict: IdentityVerdict


_Pair = frozenset[int]


class Judged:
    """The clusters that the judgements `said` make; every one of them holds.

    Whatever is in one cluster is joined by "same" and has no "different" inside. A "same" whose people
    stay apart is in `set_aside`: some "different" stands between their two clusters (`parting`).
    """

    def __init__(self, said: Iterable[Said]) -> None:
        self.said = tuple(sorted(said))
        self._on: dict[_Pair, list[Said]] = defaultdict(list)
        self._cluster: dict[int, set[int]] = {}
        self._strangers: dict[int, list[Said]] = defaultdict(list)
        for one in self.said:
            self._on[frozenset((one.one, one.other))].append(one)
            if one.verdict is IdentityVerdict.DIFFERENT:
                self._strangers[one.one].append(one)
                self._strangers[one.other].append(one)
        aside = []
        for one in self.said:
            if one.verdict is IdentityVerdict.SAME and not self._join(one.one, one.other):
                aside.append(one)
        self.set_aside = tuple(aside)

    def _join(self, one: int, other: int) -> bool:
        mine, theirs = self._of(one), self._of(other)
        if mine is theirs:
            return True
        if self.parting(one, other):
            return False
        small, large = sorted((mine, theirs), key=len)
        large |= small
        for person in small:
            self._cluster[person] = large
        return True

    def _of(self, person: int) -> set[int]:
        return self._cluster.setdefault(person, {person})

    def cluster(self, person: int) -> frozenset[int]:
        """Everybody who is one person with `person`, who is among them."""
        return frozenset(self._cluster.get(person, (person,)))

    def head(self, person: int) -> int:
        """As whom `person` counts: the smallest of the cluster."""
        return min(self._cluster.get(person, (person,)))

    def on(self, one: int, other: int) -> Standing:
        """What was said on this very pair."""
        verdicts = {said.verdict for said in self._on.get(frozenset((one, other)), ())}
        for verdict in (IdentityVerdict.DIFFERENT, IdentityVerdict.SAME, IdentityVerdict.UNSURE):
            if verdict in verdicts:
                return Standing(verdict.value)
        return Standing.UNSEEN

    def parting(self, one: int, other: int) -> tuple[Said, ...]:
        """The "different" between the cluster of `one` and that of `other`, the first said first."""
        mine, theirs = self.cluster(one), self.cluster(other)
        few, many = sorted((mine, theirs), key=len)
        found = {
            said
            for person in few
            for said in self._strangers.get(person, ())
            if (said.other if said.one == person else said.one) in many
        }
        return tuple(sorted(found))

    def between(self, one: int, other: int) -> Standing:
        """How things stand between two people, along everything that was said."""
        if other in self.cluster(one):
            return Standing.SAME
        if self.parting(one, other):
            return Standing.DIFFERENT
        direct = self.on(one, other)
        return direct if direct is Standing.UNSURE else Standing.UNSEEN
