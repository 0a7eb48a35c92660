"""What supports a fact at a known time: its sources, those of facts that agree, and people's reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from constancia.domain.facts.record import History, Source
from constancia.domain.grading import Graded, Policy
from constancia.domain.timeline.moments import micros
from constancia.domain.timeline.state import BASIS_WITNESSED
from constancia.domain.timeline.weighed import Weighed
from constancia.domain.vocabulary.terms import Verdict

_OUTCOME = {
    "release": ("release", "unspecified"),
    "release_order": ("release", "unspecified"),
    "case_closed": ("closure", ""),
    "measure_imposed": ("measure", ""),
    "measure_lifted": ("measure", ""),
    "seen_held": ("place", ""),
    "whereabouts_confirmed": ("place", ""),
    "transfer": ("place", ""),
    "sex": ("value", ""),
    "nationality": ("value", ""),
    "profile": ("value", ""),
    "group": ("value", ""),
    "occupation": ("group", ""),
    "age": ("years", ""),
    "birth": ("born", ""),
}
"""The field that two facts of a kind must share to agree, with its default."""
_BARE = frozenset(("arrest", "disappearance", "death_in_custody", "escape", "charge", "sentence"))
"""Kinds that agree whatever their fields: that it happened is what they say."""


def agree(one: Weighed, other: Weighed) -> bool:
    """Same kind, same outcome, and dates that can be the same. Both of one person or one detention."""
    if one.kind != other.kind or one.detention != other.detention:
        return False
    if one.low > other.high or other.low > one.high:
        return False
    if one.kind in _BARE:
        return True
    if one.fact.held is not None or other.fact.held is not None:
        # Nobody compares what a region holds: a grade must not depend on whose key is at hand.
        return False
    key = _OUTCOME.get(one.kind)
    if key is None:
        return one.fields == other.fields
    name, default = key
    return bool(one.fields.get(name, default) == other.fields.get(name, default))


class Opinions:
    """Everything said of the facts of one history beside recording them, under one basis."""

    __slots__ = ("_attested", "_by_batch", "_by_fact", "instants", "nothing")

    def __init__(self, history: History, basis: int) -> None:
        witnessed = basis == BASIS_WITNESSED
        self.instants: set[int] = set()
        self._attested: dict[int, list[tuple[int, int, Source, Verdict]]] = {}
        self._by_fact: dict[int, list[tuple[int, int, int, Verdict]]] = {}
        self._by_batch: dict[int, list[tuple[int, int, int, Verdict]]] = {}
        for said in history.attestations:
            at = micros(said.witnessed_at if witnessed else said.known_at)
            self.instants.add(at)
            self._attested.setdefault(said.fact, []).append((at, said.seq, said.source, said.verdict))
        for review in history.reviews:
            at = micros(review.witnessed_at if witnessed else review.known_at)
            self.instants.add(at)
            entry = (at, review.seq, review.reviewer, review.verdict)
            if review.fact is not None:
                self._by_fact.setdefault(review.fact, []).append(entry)
            elif review.batch is not None:
                self._by_batch.setdefault(review.batch, []).append(entry)
        self.nothing = not (self._attested or self._by_fact or self._by_batch)
        for entries in self._attested.values():
            entries.sort(key=_order)

    def sources(self, fact: Weighed, at: int) -> tuple[list[Source], int]:
        """The sources that stand behind the fact itself at `at`, and how many others doubt it."""
        latest: dict[int, tuple[Source, Verdict]] = {fact.fact.source.id: (fact.fact.source, Verdict.CONFIRM)}
        for known, _, source, verdict in self._attested.get(fact.seq, ()):
            if known <= at:
                latest[source.id] = (source, verdict)
        behind = [source for source, verdict in latest.values() if verdict is Verdict.CONFIRM]
        return behind, sum(verdict is Verdict.DOUBT for _, verdict in latest.values())

    def reviews(self, fact: Weighed, at: int) -> tuple[int, int]:
        """(confirmations, doubts) by people other than the recorder: the latest verdict of each."""
        entries = self._by_fact.get(fact.seq, [])
        if fact.fact.batch is not None:
            entries = entries + self._by_batch.get(fact.fact.batch, [])
        if not entries:
            return 0, 0
        latest: dict[int, Verdict] = {}
        for known, _, reviewer, verdict in sorted(entries, key=_order):
            if known <= at and reviewer != fact.fact.recorder:
                latest[reviewer] = verdict
        said = list(latest.values())
        return said.count(Verdict.CONFIRM), said.count(Verdict.DOUBT)


def _order(entry: tuple[int, int, object, object]) -> tuple[int, int]:
    return entry[0], entry[1]


def weigh(facts: Iterable[Weighed], opinions: Opinions, policy: Policy, at: int) -> None:
    """Sets the grade at `at` of every live fact given."""
    alike: dict[tuple[int | None, str], list[Weighed]] = {}
    for fact in facts:
        alike.setdefault((fact.detention, fact.kind), []).append(fact)
    for group in alike.values():
        if len(group) == 1:
            fact = group[0]
            if opinions.nothing:
                fact.grade = policy.rank(fact.kind, fact.fact.source, 0)
                continue
        for fact in group:
            fact.grade = int(graded(fact, group, opinions, policy, at).grade)


def graded(fact: Weighed, alike: Sequence[Weighed], opinions: Opinions, policy: Policy, at: int) -> Graded:
    """The grade at `at`, and why. `alike`: the live facts of its kind and detention, itself too."""
    sources, doubts = opinions.sources(fact, at)
    confirmations, doubting = opinions.reviews(fact, at)
    for other in alike:
        if other is not fact and agree(fact, other):
            behind, doubted = opinions.sources(other, at)
            if not doubted and not opinions.reviews(other, at)[1]:
                sources = sources + behind
    return policy.grade(fact.kind, sources, confirmations, doubts + doubting)
