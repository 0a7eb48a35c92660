"""Which pairs are compared at all: rules that together lose almost nothing and cost little.

A rule is a set of comparisons that agree in full. Rules are taken one by one, each time the one that
brings most of the pairs still missing for its cost, as far as the lists allow; how many pairs each costs is
counted beforehand. Besides, pairs with two rare words of the name in common are compared
(`word_keys`), whatever else differs.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from constancia.domain.matching.linking.comparing import Comparison
from constancia.domain.matching.linking.records import People, Record

EVERYTHING = 250_000
"""Up to so many pairs all are compared."""
ENOUGH = 0.9995
"""Expected share of the pairs of one person that the rules reach, at which no more rules are taken."""
MOST_RULES = 16
DEEPEST = 3
"""Comparisons in one rule."""
WIDEST = 12
"""Comparisons that rules are made of; those that tell most apart."""
BUDGET = 40
"""Pairs of one rule for each row of both lists."""
COMMONEST_WORDS = 20_000
"""Pairs that share two words which so many pairs share are left to the other rules."""

Rule = tuple[str, ...]
"""Names of comparisons."""


@dataclass(frozen=True, slots=True)
class Blocking:
    """`rules`: none where `everything` is compared. `pairs`: how many pairs there are at all.

    `words`: the column whose pairs of words bring pairs together besides, "" for none.
    """

    rules: tuple[Rule, ...]
    everything: bool
    pairs: int
    words: str = ""


def blocking(first: People, second: People | None, chosen: Sequence[Comparison], *, within: bool) -> Blocking:
    """The rules for two lists (for one: `second` is None). `within`: pairs inside a list count too."""
    sizes = len(first.records), len(second.records) if second else 0
    pairs = possible(sizes, within=within)
    words = next((f"{c}_words" for c in ("name", "surnames") if any(o.name == c for o in chosen)), "")
    if pairs <= EVERYTHING:
        return Blocking((), True, pairs)
    return Blocking(tuple(_rules(first, second, chosen, within)), False, pairs, words and "name_words")


def possible(sizes: tuple[int, int], *, within: bool) -> int:
    """Pairs of two lists of these sizes, or of one (0 in the second place)."""
    first, second = sizes
    inside = first * (first - 1) // 2 + second * (second - 1) // 2
    return first * second + (inside if within or not second else 0)


def _rules(first: People, second: People | None, chosen: Sequence[Comparison], within: bool) -> list[Rule]:
    """Greedy: most of what is missing for the pairs that it costs."""
    codes = {one.name: _codes(one.column, first, second) for one in chosen}
    kept = sorted(chosen, key=lambda one: _cost([codes[one.name]], within))[:WIDEST]
    agree = {one.name: one.usual[0] * _both_say(codes[one.name]) for one in kept}
    budget = BUDGET * (len(first.records) + (len(second.records) if second else 0))
    options = {
        rule: cost
        for depth in range(1, DEEPEST + 1)
        for rule in itertools.combinations([one.name for one in kept], depth)
        if (cost := _cost([codes[name] for name in rule], within)) <= budget
    }
    states = list(itertools.product((False, True), repeat=len(kept)))
    order = {one.name: at for at, one in enumerate(kept)}
    table = np.array(states)
    weight = np.prod(np.where(table, list(agree.values()), 1 - np.array(list(agree.values()))), axis=1)
    missing = np.ones(len(states), dtype=bool)
    rules: list[Rule] = []
    while options and weight[missing].sum() > 1 - ENOUGH and len(rules) < MOST_RULES:
        gains = {
            rule: float(weight[missing & table[:, [order[name] for name in rule]].all(axis=1)].sum())
            for rule in options
        }
        best = max(options, key=lambda rule: (gains[rule] / (options[rule] + budget / 10), -len(rule)))
        if gains[best] <= 0:
            break
        rules.append(best)
        missing &= ~table[:, [order[name] for name in best]].all(axis=1)
        del options[best]
    return [rule for rule in rules if not any(set(other) < set(rule) for other in rules)]


Codes = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""Of each record of the two lists a number for its value; -1: none."""


def _codes(column: str, first: People, second: People | None) -> Codes:
    numbers: dict[object, int] = {}

    def number(record: Record) -> int:
        value = record.values.get(column)
        return -1 if value is None else numbers.setdefault(value, len(numbers))

    one = np.array([number(record) for record in first.records], dtype=np.int64)
    other = [number(record) for record in second.records] if second else []
    return one, np.array(other, dtype=np.int64)


def _both_say(codes: Codes) -> float:
    shares = [float((side >= 0).mean()) if len(side) else None for side in codes]
    first, second = shares[0] or 0.0, shares[1]
    return first * (first if second is None else second)


def _cost(several: Sequence[Codes], within: bool) -> int:
    """Pairs that agree in all of these columns."""
    first, second = (_joined([codes[side] for codes in several]) for side in (0, 1))
    one, other = Counter(first), Counter(second)
    across = sum(count * other[code] for code, count in one.items()) if other else 0
    if other and not within:
        return across
    return across + sum(n * (n - 1) // 2 for counts in (one, other) for n in counts.values())


def _joined(columns: Sequence[npt.NDArray[np.int64]]) -> list[int]:
    keep = np.all([column >= 0 for column in columns], axis=0)
    joint = np.zeros(int(keep.sum()), dtype=np.int64)
    for column in columns:
        joint = joint * (int(column.max(initial=0)) + 1) + column[keep]
    found: list[int] = joint.tolist()
    return found


def word_keys(lists: Sequence[People], column: str) -> list[list[tuple[str, ...] | None]]:
    """For each record of each list the pairs of its words that few share; None where it has none."""
    pairs = [[_pairs(record.values.get(column)) for record in people.records] for people in lists]
    counts: Counter[str] = Counter(key for rows in pairs for keys in rows for key in keys)
    return [
        [tuple(key for key in keys if counts[key] ** 2 <= COMMONEST_WORDS) or None for keys in rows]
        for rows in pairs
    ]


def _pairs(words: object) -> list[str]:
    if not isinstance(words, tuple):
        return []
    return [f"{one} {other}" for one, other in itertools.combinations(words[:8], 2)]


def reached(rules: Sequence[Rule], agree: Mapping[str, float]) -> float:
    """The share of pairs of one person that `rules` reach, where comparison by comparison `agree` is how
    often it agrees in full; 1 without rules."""
    if not rules:
        return 1.0
    names = sorted({name for rule in rules for name in rule})
    total = 0.0
    for state in itertools.product((False, True), repeat=len(names)):
        said = dict(zip(names, state, strict=True))
        if any(all(said[name] for name in rule) for rule in rules):
            total += float(np.prod([agree[n] if said[n] else 1 - agree[n] for n in names]))
    return total
