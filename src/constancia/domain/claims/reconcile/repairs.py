"""What would have to be read otherwise for a conflict to go away, the smallest change first.

The price of a change is a rule of thumb, printed with it: a wrong digit in a day is dearer than a day or two
and cheaper than a week; a value costs what it moves by, as a part of itself; a claim dropped costs 1. What a
repair leaves in conflict, or newly brings into it, is added.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from constancia.domain.claims.reconcile.assertion import HELD, NET_CHANGE, Assertion, Measure, Note
from constancia.domain.claims.reconcile.conflicts import BUILDING, Effort, Ids
from constancia.domain.claims.reconcile.model import Model
from constancia.domain.claims.reconcile.reading import Reading, read
from constancia.domain.vocabulary.terms import Qualifier

FURTHEST = 10
"""Days by which a date may be off."""
MOST_REPAIRS = 6
_LEFT, _MOST_LEFT, _ADDED = 0.15, 3, 0.5
_DROPPED, _AT_LEAST, _LATER = 1.0, 0.25, 0.2
_VALUE, _SHIFT, _A_DAY, _DIGIT, _MONTH = 0.05, 0.02, 0.03, 0.15, 0.18
_PUBLISHED, _LONG_AFTER, _LONG = 0.045, 0.16, 14
"""Below a single day within two weeks, as figures take the day of their news; later a digit is likelier."""
_ADDED_BY = {"published": 0.12, "digit": 0.2, "month": 0.2}
"""For what a day that can be explained brings into conflict: that other claim may be the wrong one."""
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Repair:
    """`kind`: value, day, digit, month, published, at_least, looks_back, retraction, dropped.

    `claim`: the claim read otherwise; "" for a retraction. `value`, `end`: what it then says. `amount`: by
    how much. `settles`, `leaves`: numbers of the conflicts that go away and of those sharing a claim with
    this one that do not. `adds`: it contradicts claims that nothing contradicted. `cost`: see above.
    """

    kind: str
    claim: str
    cost: float
    settles: tuple[int, ...]
    leaves: tuple[int, ...]
    adds: bool
    value: int | None = None
    end: date | None = None
    amount: int = 0


_OF_TIME = {"digit": "day"}
"""Kinds that are one to somebody who reads them: another day."""
_DAYS = frozenset({"day", "digit", "month", "published"})


@dataclass(frozen=True, slots=True)
class _Change:
    kind: str
    price: float
    made: Assertion | None
    amount: int = 0


class Workshop:
    """Repairs of the conflicts of one component. `kept`: claims that can all be true."""

    def __init__(
        self,
        assertions: Sequence[Assertion],
        conflicts: Sequence[Ids],
        kept: Ids,
        tolerance: float,
    ) -> None:
        self._assertions = {a.id: a for a in assertions}
        self._conflicts = list(conflicts)
        self._kept = kept
        self._tolerance = tolerance
        self._effort = Effort(0)
        self._readings, self._noted = self._read(None)
        self._reading_cost = 1 + len(assertions) // 10
        self._changes: dict[str, list[tuple[_Change, tuple[int, ...]]]] = {}
        self._adds: dict[tuple[str, Assertion | None], bool] = {}

    def all_repairs(self, effort: Effort) -> list[list[Repair]]:
        """The repairs of each conflict, as far as the effort reaches."""
        self._effort = effort
        return [self.repairs(number) for number in range(len(self._conflicts))]

    def repairs(self, number: int) -> list[Repair]:
        """Of the conflict of that number, cheapest first, of each kind and claim the best."""
        conflict = self._conflicts[number]
        found = [*self._of_claims(number), *self._retraction(number)]
        best: dict[tuple[str, str], Repair] = {}
        for one in sorted(found, key=lambda one: (one.cost, one.kind, one.claim, one.amount)):
            best.setdefault((_OF_TIME.get(one.kind, one.kind), one.claim), one)
        order = [id for id in self._assertions if id in conflict]
        return sorted(
            best.values(), key=lambda one: (one.cost, order.index(one.claim) if one.claim else -1, one.kind)
        )[:MOST_REPAIRS]

    def _of_claims(self, number: int) -> Iterator[Repair]:
        conflict = self._conflicts[number]
        touching = [j for j, other in enumerate(self._conflicts) if other & conflict]
        for id in (id for id in self._assertions if id in conflict):
            if id not in self._changes:
                self._changes[id] = [(one, self._settled(id, one)) for one in self._fixed(id)]
            changes = [*self._changes[id]]
            changes += [(one, self._settled(id, one)) for one in self._values(id, conflict)]
            refused = self._one_table(id, conflict)
            candidates = [
                (one, settled) for one, settled in changes if number in settled and one.kind not in refused
            ]
            candidates.sort(key=lambda pair: (self._price(pair[0], pair[1], touching, False), pair[0].amount))
            for one, settled in _best_of_each(candidates):
                adds = self._adding(id, one)
                yield Repair(
                    kind=one.kind,
                    claim=id,
                    cost=round(self._price(one, settled, touching, adds), 3),
                    settles=settled,
                    leaves=tuple(j for j in touching if j not in settled),
                    adds=adds,
                    value=one.made.value if one.made and one.kind == "value" else None,
                    end=one.made.end if one.made and one.kind in _DAYS else None,
                    amount=one.amount,
                )

    @staticmethod
    def _price(change: _Change, settled: tuple[int, ...], touching: Sequence[int], adds: bool) -> float:
        left = sum(j not in settled for j in touching)
        added = _ADDED_BY.get(change.kind, _ADDED)
        return change.price + _LEFT * min(_MOST_LEFT, left) + (added if adds else 0)

    def _one_table(self, id: str, conflict: Ids) -> frozenset[str]:
        """Kinds of repair that would tear a table apart: what was told together keeps its days together, and
        a part has the day of its whole."""
        a = self._assertions[id]
        others = [self._assertions[other] for other in conflict if other != id]
        told = [b for b in others if a.published and _told(b) == _told(a)]
        days = (a.start, a.end, a.minute)
        if any((b.start, b.end, b.minute) == days and b.filters != a.filters for b in told):
            return _DAYS
        return frozenset({"day", "published"}) if len(told) == len(others) > 0 else frozenset()

    def _fixed(self, id: str) -> Iterator[_Change]:
        """Changes of a claim that do not depend on which conflict it stands in."""
        a = self._assertions[id]
        yield _Change("dropped", _DROPPED, None)
        for days in (*range(-FURTHEST, 0), *range(1, FURTHEST + 1)):
            moved = _moved(a, days)
            if moved is not None:
                one_digit = _one_digit_off(a.end, moved.end)
                price = _DIGIT if one_digit else 1.0
                away = _SHIFT + _A_DAY * abs(days)
                yield _Change("digit" if price < away else "day", min(price, away), moved, days)
        for month in range(1, 13) if a.measure is not Measure.PERIOD else ():
            days = _to_month(a.end, month)
            moved = _moved(a, days) if days else None
            if moved is not None and moved.end != a.published and _one_digit_off(a.end, moved.end):
                yield _Change("month", _MONTH, moved, days)
        if a.published is not None and a.published > a.end:
            days = (a.published - a.end).days
            made = replace(a, end=a.published, minute=None)
            yield _Change(
                "published",
                _PUBLISHED if days <= _LONG else _LONG_AFTER,
                replace(made, start=a.published) if a.measure is Measure.DAY else made,
                days,
            )
        if a.qualifier is Qualifier.EXACT and a.high is None:
            yield _Change("at_least", _AT_LEAST, replace(a, qualifier=Qualifier.AT_LEAST))
        if a.verified and a.looks_back and a.measure is Measure.CUMULATIVE:
            yield _Change("looks_back", _LATER, replace(a, verified=False))

    def _values(self, id: str, conflict: Ids) -> Iterator[_Change]:
        """The nearest value that the rest of the conflict leaves to the claim."""
        a = self._assertions[id]
        model = Model([self._readings[other] for other in self._assertions if other in conflict])
        if not self._effort.spend(2 * model.cost):
            return
        model.use(conflict - {id})
        column = model.quantity(id)
        least, most = model.program.least({column: 1.0}), model.program.least({column: -1.0})
        low, high = a.bounds(self._tolerance)
        nearest = None
        if most is not None and math.floor(-most + _SLACK) < low:
            nearest = math.floor(-most + _SLACK)
        elif least is not None and high is not None and math.ceil(least - _SLACK) > high:
            nearest = math.ceil(least - _SLACK)
        if nearest is None or (nearest < 0 and a.what != NET_CHANGE):
            return
        away = abs(nearest - (low if nearest < low else high or 0))
        made = replace(a, value=nearest, high=None, qualifier=_kept_qualifier(a))
        yield _Change("value", _VALUE + away / max(1, abs(a.value)), made, nearest - a.value)

    def _retraction(self, number: int) -> Iterator[Repair]:
        """What was verified and taken back again, as little as settles the conflict."""
        conflict = self._conflicts[number]
        amount = self._taken_back(conflict)
        if not amount:
            return
        largest = max(self._assertions[id].value for id in conflict)
        touching = [j for j, other in enumerate(self._conflicts) if other & conflict]
        settled = tuple(
            j
            for j in touching
            if j == number or (self._taken_back(self._conflicts[j]) or amount + 1) <= amount
        )
        left = tuple(j for j in touching if j not in settled)
        yield Repair(
            kind="retraction",
            claim="",
            cost=round(amount / max(1, largest) + _LEFT * min(_MOST_LEFT, len(left)), 3),
            settles=settled,
            leaves=left,
            adds=False,
            amount=amount,
        )

    def _taken_back(self, conflict: Ids) -> int | None:
        members = [self._readings[id] for id in self._assertions if id in conflict]
        if not any(r.kind == "flow" and not r.filters for r in members):
            return None
        model = Model(members, retractions=True)
        if not self._effort.spend(model.cost):
            return None
        columns = [column for those in model.retracted.values() for column in those]
        least = model.program.least(dict.fromkeys(columns, 1.0))
        return None if least is None else math.ceil(least - _SLACK)

    def _settled(self, id: str, change: _Change) -> tuple[int, ...]:
        """The conflicts with the claim in them that the change makes possible.

        Another day on which the claim would only be one of two numbers of that day settles nothing.
        """
        touched = [(n, conflict) for n, conflict in enumerate(self._conflicts) if id in conflict]
        if change.made is None:
            return tuple(n for n, _ in touched)
        if not self._effort.spend(self._reading_cost):
            return ()
        readings, noted = self._read((id, change.made))
        revised = Note.ONLY_IN_ORDER in noted[id].notes and Note.ONLY_IN_ORDER not in self._noted[id].notes
        if change.kind in _DAYS and revised:
            return ()
        found = []
        for number, conflict in touched:
            members = [readings[other] for other in self._assertions if other in conflict]
            if self._effort.spend(1) and Model(members).program.feasible():
                found.append(number)
        return tuple(found)

    def _adding(self, id: str, change: _Change) -> bool:
        """Whether the changed claim contradicts claims that could all be true."""
        key = (id, change.made)
        if change.made is None:
            return False
        if key not in self._adds:
            if not self._effort.spend(self._reading_cost):
                return False
            readings, _ = self._read((id, change.made))
            members = [r for other, r in readings.items() if other == id or other in self._kept]
            model = Model(members)
            self._adds[key] = self._effort.spend(BUILDING * model.cost) and not model.program.feasible()
        return self._adds[key]

    def _read(
        self, changed: tuple[str, Assertion] | None
    ) -> tuple[Mapping[str, Reading], Mapping[str, Assertion]]:
        given = dict(self._assertions)
        if changed is not None:
            given[changed[0]] = changed[1]
        readings, noted = read(list(given.values()), self._tolerance)
        return {r.id: r for r in readings}, {a.id: a for a in noted}


def _best_of_each(
    changes: Sequence[tuple[_Change, tuple[int, ...]]],
) -> list[tuple[_Change, tuple[int, ...]]]:
    """The first of every kind, and the second where it is about days: the first may contradict others."""
    found: Counter[str] = Counter()
    kept = []
    for change, settled in changes:
        kind = _OF_TIME.get(change.kind, change.kind)
        found[kind] += 1
        if found[kind] <= (2 if kind == "day" else 1):
            kept.append((change, settled))
    return kept


def _kept_qualifier(a: Assertion) -> Qualifier:
    """A floor stays a floor and a ceiling a ceiling; a rounded number becomes the exact one."""
    return Qualifier.EXACT if a.qualifier is Qualifier.ABOUT else a.qualifier


def _moved(a: Assertion, days: int) -> Assertion | None:
    """The claim some days earlier or later, where that is before its publication and after its start."""
    try:
        end = a.end + timedelta(days=days)
        if a.measure in (Measure.DAY, Measure.PERIOD, Measure.NET_CHANGE) and a.start is not None:
            moved = replace(a, end=end, start=a.start + timedelta(days=days))
        else:
            moved = replace(a, end=end)
    except OverflowError:
        return None
    if a.published is not None and end > max(a.published, a.end):
        return None
    if a.measure is Measure.CUMULATIVE and a.start is not None and end < a.start:
        return None
    return moved if a.what != HELD or moved.start is None else replace(moved, start=None)


def _told(a: Assertion) -> tuple[str, str, date | None]:
    return a.claimant, a.document, a.published


def _to_month(day: date, month: int) -> int:
    """Days to the same day of another month of its year; 0 where it has none."""
    try:
        return (day.replace(month=month) - day).days
    except ValueError:
        return 0


def _one_digit_off(one: date, other: date) -> bool:
    """Whether a single wrong digit makes one day of the other."""
    a, b = one.isoformat(), other.isoformat()
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1
