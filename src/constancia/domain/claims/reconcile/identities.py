"""Sums that hold exactly between claims of one claimant: a check that the claims were read well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise

from constancia.domain.claims.reconcile.assertion import (
    ADDED,
    DETAINED,
    HELD,
    RELEASED,
    REMOVED,
    Assertion,
    Measure,
)
from constancia.domain.claims.reconcile.populations import ADOLESCENT, COMPLEMENTS, SEXES
from constancia.domain.vocabulary.terms import Qualifier

MOST = 100
_LOOSE = (Qualifier.ABOUT, Qualifier.UP_TO)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Identity:
    """`plus` less `minus` is `total`, exactly. `kind`: parts, periods, days, stock."""

    kind: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    total: str


def identities(assertions: Sequence[Assertion]) -> list[Identity]:
    """All that are found, without repeats, at most `MOST`."""
    sound = [a for a in assertions if a.qualifier not in _LOOSE and a.high is None and a.value > 0]
    found: list[Identity] = []
    seen: set[Hashable] = set()
    values = {a.id: a.value for a in sound}
    for one in (*_parts(sound), *_periods(sound), *_stocks(sound)):
        numbers = (
            one.kind,
            tuple(sorted(values[id] for id in one.plus)),
            tuple(sorted(values[id] for id in one.minus)),
            values[one.total],
        )
        if numbers not in seen and len(found) < MOST:
            seen.add(numbers)
            found.append(one)
    return found


def _parts(assertions: Sequence[Assertion]) -> Iterator[Identity]:
    """Categories of one count that add up to it."""
    same: dict[Hashable, list[Assertion]] = defaultdict(list)
    for a in assertions:
        same[(a.claimant, a.document, a.what, a.start, a.end, a.minute)].append(a)
    for those in same.values():
        totals = [a for a in those if not a.filters and not a.population]
        for total in totals:
            for parts in _families(those):
                if sum(a.value for a in parts) == total.value:
                    yield Identity("parts", tuple(a.id for a in parts), (), total.id)


def _families(those: Sequence[Assertion]) -> Iterator[list[Assertion]]:
    named = {a.filters: a for a in reversed(those) if a.filters and not a.population}
    for names in (*COMPLEMENTS, SEXES, (*SEXES, ADOLESCENT)):
        parts = [named.get((name,)) for name in names]
        if all(parts):
            yield [a for a in parts if a is not None]
    words = [a for a in those if a.population and not a.filters]
    if len(words) > 1:
        yield words


def _periods(assertions: Sequence[Assertion]) -> Iterator[Identity]:
    """Stretches of time that follow each other, and their sum; a total, what came after, the later total."""
    same: dict[Hashable, list[Assertion]] = defaultdict(list)
    for a in assertions:
        if a.start is not None and a.measure is not Measure.NET_CHANGE:
            same[(a.claimant, a.what, a.population, a.filters)].append(a)
    for those in same.values():
        those = sorted(those, key=lambda a: (a.end, a.minute or 0, a.start or a.end))
        for total in those:
            for first, second in combinations(those, 2):
                if _follow(first, second, total) and first.value + second.value == total.value:
                    yield Identity("periods", (first.id, second.id), (), total.id)
            yield from _chain(those, total)


def _follow(first: Assertion, second: Assertion, total: Assertion) -> bool:
    if total.id in (first.id, second.id) or None in (first.start, second.start, total.start):
        return False
    if first.start != total.start or second.end != total.end or first.end >= total.end:
        return False
    return second.start is not None and first.end <= second.start <= first.end + _DAY


def _chain(those: Sequence[Assertion], total: Assertion) -> Iterator[Identity]:
    """All short periods within a longer one, where none overlaps another."""
    if total.start is None or total.measure is Measure.DAY:
        return
    inner = [
        a
        for a in those
        if a.id != total.id
        and a.measure in (Measure.DAY, Measure.PERIOD)
        and a.start is not None
        and total.start <= a.start <= a.end <= total.end
        and (a.start, a.end) != (total.start, total.end)
    ]
    inner.sort(key=lambda a: (a.start or a.end, a.end))
    apart = all(a.end < (b.start or b.end) for a, b in pairwise(inner))
    if len(inner) > 1 and apart and sum(a.value for a in inner) == total.value:
        yield Identity("days", tuple(a.id for a in inner), (), total.id)


def _stocks(assertions: Sequence[Assertion]) -> Iterator[Identity]:
    """A stock, who came and who left since, and the next stock."""
    of: dict[Hashable, list[Assertion]] = defaultdict(list)
    for a in assertions:
        if a.population == "" and a.filters == ():
            of[a.claimant].append(a)
    for those in of.values():
        stocks = sorted((a for a in those if a.what == HELD), key=lambda a: (a.end, a.minute or 0))
        flows = [
            a for a in those if a.start is not None and a.measure in (Measure.PERIOD, Measure.CUMULATIVE)
        ]
        for first, second in pairwise(stocks):
            within = [a for a in flows if a.start and first.end <= a.start and a.end <= second.end]
            comes = [a for a in within if a.what in (ADDED, DETAINED)]
            goes = [a for a in within if a.what in (REMOVED, RELEASED)]
            for came in comes:
                for went in goes:
                    if first.value + came.value - went.value == second.value:
                        yield Identity("stock", (first.id, came.id), (went.id,), second.id)
