"""Smallest sets of claims that cannot all be true.

All of them are sought: pairs first, then conflicts until the rest can be true, then every way of leaving out
as little as possible, from which what is still missing follows (Liffiton and Sakallah, "Algorithms for
computing minimal unsatisfiable subsets of constraints", Journal of Automated Reasoning 40, 2008). The work is
bounded by a number of questions, not by a clock, so that the answer is the same on every machine; where the
bound was met, the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import TypeVar

from constancia.domain.claims.reconcile.model import Model
from constancia.domain.claims.reconcile.program import INFINITY, Program
from constancia.domain.claims.reconcile.reading import Reading

MOST_CONFLICTS = 40
BUILDING = 4
"""How much dearer it is to build a model than to ask one that is built."""
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
    found.conflicts, _ = effort.share(effort.left // 3, partial(_small, readings))
    by_id = {r.id: r for r in readings}
    if not _cover(model, order, by_id, found.conflicts, effort):
        found.complete = False
    if found.complete:
        found.complete = _rest(model, order, by_id, found.conflicts, effort)
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


def _rest(
    model: Model, order: Sequence[str], by_id: Mapping[str, Reading], conflicts: list[Ids], effort: Effort
) -> bool:
    """Adds every conflict that is not there yet; False where the effort or the room ran out.

    What stands in no conflict together with a smallest set that meets them all can be true, or else holds
    another conflict. Once all such sets are known, the conflicts are the smallest that meet all of them.
    """
    place = {id: 1 << n for n, id in enumerate(order)}

    def another(without: int) -> int | None:
        """A conflict among the others; 0 where they can all be true, None where the effort ran out."""
        if not effort.spend(model.cost):
            return None
        rest = [id for id in order if not place[id] & without]
        if not rest or model.feasible(rest):
            return 0
        shrunk = _shrink(model, rest, effort)
        if shrunk is None or len(conflicts) >= MOST_CONFLICTS:
            return None
        conflicts.append(_whole(shrunk, by_id))
        return _mask(conflicts[-1], place)

    known = [_mask(ids, place) for ids in conflicts]
    ways = meeting_all(known, another, effort, 10 * MOST_CONFLICTS)
    if ways is None:
        return False
    masks = meeting_all(ways, lambda _: 0, effort, MOST_CONFLICTS)
    for mask in masks or ():
        if not any(one & mask == one for one in known):
            conflicts.append(_whole([id for id in order if place[id] & mask], by_id))
            known.append(_mask(conflicts[-1], place))
    return masks is not None


def _mask(ids: Iterable[str], place: Mapping[str, int]) -> int:
    return sum(place[id] for id in ids)


def meeting_all(
    sets: list[int], another: Callable[[int], int | None], effort: Effort, most: int
) -> list[int] | None:
    """The smallest sets, as bits, that share an element with each of the sets; None where the effort ran
    out or there are more than `most` (Reiter, "A theory of diagnosis from first principles", Artificial
    Intelligence 32, 1987).

    `another`, asked of a set that meets all of them, is a further one that it does not meet, which is added
    to them, 0 where there is none, None to stop.
    """
    found: list[int] = []
    level = [0]
    while level:
        above: dict[int, None] = {}
        for number, taken in enumerate(level):
            if number % 50 == 0 and not effort.spend(1):
                return None
            if any(one & taken == one for one in found):
                continue
            unmet = next((one for one in sets if not one & taken), 0)
            if not unmet:
                further = another(taken)
                if further is None:
                    return None
                if further:
                    sets.append(further)
                    unmet = further
            if not unmet:
                found.append(taken)
                if len(found) > most:
                    return None
                continue
            while unmet:
                one = unmet & -unmet
                above[taken | one] = None
                unmet ^= one
        level = list(above)
    return found


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
