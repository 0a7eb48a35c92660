"""Smallest sets of claims that cannot all be true.

All of them are sought by going through the sets that no known answer decides (MARCO: Liffiton, Previti,
Malik and Marques-Silva, "Fast, flexible MUS enumeration", Constraints 21, 2016), pairs first. The work is
bounded by a number of questions, not by a clock, so that the answer is the same on every machine; where the
bound was met, the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

from constancia.domain.claims.reconcile.model import Model
from constancia.domain.claims.reconcile.program import INFINITY, Program
from constancia.domain.claims.reconcile.reading import Reading

MOST_CONFLICTS = 40
Ids = frozenset[str]
T = TypeVar("T")


@dataclass
class Effort:
    """How much may still be asked of the solver, in questions to a small model."""

    left: int
    met: bool = False

    def spend(self, cost: int) -> bool:
        """Whether there was enough left."""
        if self.left < cost:
            self.met = True
            return False
        self.left -= cost
        return True

    def share(self, most: int, task: Callable[[Effort], T]) -> tuple[T, bool]:
        """What `task` makes of at most `most` of what is left, and whether that was too little."""
        own = Effort(min(most, self.left))
        given = own.left
        made = task(own)
        self.left -= given - own.left
        return made, own.met


@dataclass
class Found:
    """`conflicts`: smallest sets, small ones first. `complete`: there are no others."""

    conflicts: list[Ids] = field(default_factory=list)
    complete: bool = True


def all_true(readings: Sequence[Reading]) -> bool:
    """Whether some world of whole numbers makes all of them true."""
    model = Model(readings)
    return model.program.feasible() and Model(readings, whole=True).program.feasible()


def smallest(readings: Sequence[Reading], effort: Effort) -> Found:
    """Every smallest set of claims that cannot all be true, as far as the effort reaches."""
    found = Found()
    if not readings:
        return found
    model = Model(readings)
    if model.program.feasible():
        return found
    order = [r.id for r in readings]
    found.conflicts = _small(readings, effort)
    by_id = {r.id: r for r in readings}
    if not _cover(model, order, by_id, found.conflicts, effort):
        found.complete = False
    unseen = _Map(order)
    for ids in found.conflicts:
        unseen.not_all(ids)
    while len(found.conflicts) < MOST_CONFLICTS:
        if not effort.spend(1 + len(order) // 10):
            found.complete = False
            break
        seed = unseen.largest()
        if seed is None:
            break
        if not effort.spend(model.cost):
            found.complete = False
            break
        if model.feasible(seed):
            unseen.beyond(seed)
            continue
        shrunk = _shrink(model, [id for id in order if id in seed], effort)
        if shrunk is None:
            found.complete = False
            break
        ids = _whole(shrunk, by_id)
        found.conflicts.append(ids)
        unseen.not_all(ids)
    else:
        found.complete = unseen.largest() is None
    found.conflicts.sort(key=lambda ids: (len(ids), [order.index(id) for id in sorted(ids, key=order.index)]))
    return found


def _cover(
    model: Model, order: Sequence[str], by_id: Mapping[str, Reading], conflicts: list[Ids], effort: Effort
) -> bool:
    """Adds conflicts until the rest can all be true without the fewest claims that meet every one of them.

    One false claim can stand in so many conflicts that the search ends among them; no other is lost so.
    False where the effort ran out.
    """
    for _ in range(MOST_CONFLICTS):
        aside = set_aside(conflicts, dict.fromkeys(order, 1.0))
        rest = [id for id in order if id not in aside]
        if not effort.spend(model.cost):
            return False
        if not rest or model.feasible(rest):
            return True
        shrunk = _shrink(model, rest, effort)
        if shrunk is None:
            return False
        conflicts.append(_whole(shrunk, by_id))
    return False


def _small(readings: Sequence[Reading], effort: Effort) -> list[Ids]:
    """Claims impossible by themselves, and pairs that are."""
    found: list[Ids] = []
    alone = set()
    for r in readings:
        if not effort.spend(1):
            return found
        if not Model([r]).program.feasible():
            alone.add(r.id)
            found.append(frozenset({r.id}))
    for a, b in combinations([r for r in readings if r.id not in alone], 2):
        if a.what != b.what or (a.high is None and b.high is None):
            continue
        if len(found) >= MOST_CONFLICTS or not effort.spend(1):
            break
        if not Model([a, b]).program.feasible():
            found.append(frozenset({a.id, b.id}))
    return found


def _shrink(model: Model, ids: Sequence[str], effort: Effort) -> list[str] | None:
    """A smallest part of `ids` that cannot be true: take one out, and leave it out if the rest still cannot.

    Whole blocks are tried first. None where the effort ran out.
    """
    kept = list(ids)
    size = max(1, len(kept) // 2)
    while size:
        place = 0
        while place < len(kept):
            if not effort.spend(model.cost):
                return None
            rest = kept[:place] + kept[place + size :]
            if rest and not model.feasible(rest):
                kept = rest
            else:
                place += size
        size //= 2
    return kept


def _whole(ids: Sequence[str], by_id: Mapping[str, Reading]) -> Ids:
    """The set made smaller still where whole numbers rule out what fractions would allow."""
    kept = list(ids)
    for id in ids:
        rest = [by_id[other] for other in kept if other != id]
        if rest and not all_true(rest):
            kept.remove(id)
    return frozenset(kept)


class _Map:
    """Which sets of claims are still undecided."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = list(ids)
        self._rows: list[tuple[float, float, Ids]] = []

    def not_all(self, ids: Iterable[str]) -> None:
        """Sets that hold all of these cannot be true: decided."""
        kept = frozenset(ids)
        self._rows.append((-INFINITY, len(kept) - 1, kept))

    def beyond(self, ids: Iterable[str]) -> None:
        """Sets within this one can be true: decided."""
        self._rows.append((1, INFINITY, frozenset(self._ids) - frozenset(ids)))

    def largest(self) -> Ids | None:
        """An undecided set of the greatest size, or None where every set is decided."""
        program = Program()
        columns = {id: program.column() for id in self._ids}
        for column in columns.values():
            program.row(0, 1, {column: 1.0})
        for low, high, ids in self._rows:
            if low > 0 and not ids:
                return None
            program.row(low, high, {columns[id]: 1.0 for id in sorted(ids)})
        program.build()
        program.whole_numbers()
        if program.least(dict.fromkeys(columns.values(), -1.0)) is None:
            return None
        values = program.values(list(columns.values()))
        return frozenset(id for id, value in zip(columns, values, strict=True) if value > 0.5)


def set_aside(conflicts: Sequence[Ids], cost: dict[str, float]) -> Ids:
    """The cheapest set of claims without which none of the conflicts remains."""
    if not conflicts:
        return frozenset()
    program = Program()
    ids = sorted({id for conflict in conflicts for id in conflict})
    columns = {id: program.column() for id in ids}
    for column in columns.values():
        program.row(0, 1, {column: 1.0})
    for conflict in conflicts:
        program.row(1, INFINITY, {columns[id]: 1.0 for id in sorted(conflict)})
    program.build()
    program.whole_numbers()
    program.least({columns[id]: cost[id] for id in ids})
    values = program.values(list(columns.values()))
    return frozenset(id for id, value in zip(ids, values, strict=True) if value > 0.5)
