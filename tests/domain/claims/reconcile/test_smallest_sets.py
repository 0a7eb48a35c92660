"""Conflicts against a search through every small world, written apart from the linear program.

Two days, each with figures drawn up at some moment of it, and a third on which only verification goes on.
A world is how many of the events of each day were verified before the first day's figure, after it, before
the second day's, after it, and on the third.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from random import Random

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from constancia.domain.claims.reconcile.assertion import Assertion, Measure
from tests.domain.claims.reconcile.said import conflicts, january, of_day, total
from tests.support.effort import examples

MOST = 2
"""No claim says more, so no cell of a world needs more: a larger one could be cut down to it."""
CELLS = [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4)]  # day of event, slot of verification
WORLDS: npt.NDArray[np.int64] = np.array(list(product(range(MOST + 1), repeat=len(CELLS))))
ONE, OTHER = 5, 6


def count(days: Sequence[int], slots: int) -> npt.NDArray[np.int64]:
    """In each world, events of the days that are verified in the first so many slots."""
    return WORLDS[:, [n for n, (day, slot) in enumerate(CELLS) if day in days and slot < slots]].sum(axis=1)


def holds(a: Assertion, everything: Sequence[Assertion]) -> npt.NDArray[np.bool_]:
    """In which worlds the claim is true."""
    low, high = a.bounds()
    last = 0 if a.end == january(ONE) else 1
    if a.measure is Measure.DAY:
        slots = (2, 4, 5)[(a.published or a.end).day - ONE]
        if last == 0 and a.published == january(OTHER):
            totals = [b for b in everything if b.measure is Measure.CUMULATIVE and b.end == january(OTHER)]
            slots = 3 if totals else slots  # told beside them, and known when they were
        return count([last], slots) >= low
    days = [0, 1] if a.start == january(ONE) else [1]
    peers = [b.bounds() for b in everything if (b.start, b.end, b.measure) == (a.start, a.end, a.measure)]
    highest = min((top for _, top in peers if top is not None), default=99)
    if max(bottom for bottom, _ in peers) > highest:  # revised within the day: at some moment of it
        early, late = (0, 2) if last == 0 else (2, 4)
    else:
        early = late = 1 if last == 0 else 3
    true = count(days, late) >= low
    return true if high is None else true & (count(days, early) <= high)


def possible(ids: set[str], everything: Sequence[Assertion]) -> bool:
    true = np.ones(len(WORLDS), dtype=bool)
    for a in everything:
        if a.id in ids:
            true &= holds(a, everything)
    return bool(true.any())


def drawn(random: Random) -> list[Assertion]:
    claims = []
    for number in range(random.randint(2, 7)):
        bound = random.choice(["=", "=", ">=", "<="])
        value, id = random.randint(0, MOST), f"c{number}"
        if random.random() < 0.35:
            end = random.choice([ONE, OTHER])
            claims.append(of_day(id, value, end, bound, published=random.randint(end, OTHER + 1)))
        else:
            start, end = random.choice([(ONE, ONE), (ONE, OTHER), (OTHER, OTHER), (ONE, OTHER)])
            claims.append(total(id, value, start, end, bound))
    return claims


@settings(max_examples=examples(200), deadline=None)
@given(st.integers(0, 2**32))
def test_conflicts_are_exactly_the_smallest_impossible_sets(seed: int) -> None:
    claims = drawn(Random(seed))
    found = {frozenset(one) for one in conflicts(*claims)}
    impossible = {
        frozenset(ids)
        for size in range(1, len(claims) + 1)
        for ids in _choices([a.id for a in claims], size)
        if not possible(set(ids), claims)
    }
    smallest = {ids for ids in impossible if not any(other < ids for other in impossible)}
    assert found == smallest


def _choices(ids: Sequence[str], size: int) -> list[tuple[str, ...]]:
    return list(combinations(ids, size))


def test_worlds_of_contradiction_are_among_those_drawn() -> None:
    found = [len(one) for seed in range(300) for one in conflicts(*drawn(Random(seed)))]
    assert {2, 3} <= set(found)
