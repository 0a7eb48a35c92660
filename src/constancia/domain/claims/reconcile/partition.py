"""Which categories share nobody, and which make up their whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from constancia.domain.claims.reconcile.assertion import OURS, Assertion
from constancia.domain.claims.reconcile.populations import COMPLEMENTS, SEXES
from constancia.domain.names import fold

Filters = tuple[tuple[str, str], ...]
EVERYTHING = "*"
"""Stands for every dimension."""
_ALONE = frozenset({"sex", "age_group", "profile", "nationality", "convicted", "state", "place"})
"""Dimensions in which everybody stands in one category."""
_NAMED = frozenset({"state", "place"})
"""Dimensions whose categories are names, of which one may lie within another."""
_OVERLAPPING = frozenset({("nationality", "dual")})
"""Somebody of two nationalities may be counted among nationals or foreigners too."""


def own(a: Assertion) -> bool:
    """Whether it is a figure of this register, which also counts whose category is not known."""
    return bool(getattr(a, "own", False)) or a.claimant.partition(":")[0] == OURS


def third_categories(assertions: Iterable[Assertion]) -> Mapping[str, frozenset[str]]:
    """Of each claimant, the dimensions in which two categories need not make up the whole: it states a
    third, or it is this register."""
    pairs = {pair[0][0]: frozenset(pair) for pair in (*COMPLEMENTS, SEXES)}
    found: dict[str, set[str]] = defaultdict(set)
    for a in assertions:
        found[a.claimant] |= {EVERYTHING} if own(a) else set()
        for one in a.filters:
            if one[0] in pairs and one not in pairs[one[0]]:
                found[a.claimant].add(one[0])
    return {claimant: frozenset(dimensions) for claimant, dimensions in found.items()}


def disjoint(categories: Iterable[Filters], whole: Filters) -> list[list[Filters]]:
    """Sets of categories that each narrow the whole by one filter and share nobody."""
    of: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for filters in categories:
        added = set(filters) - set(whole)
        if len(added) == 1 and len(filters) == len(whole) + 1:
            [one] = added
            if one[0] in _ALONE and one not in _OVERLAPPING:
                of[one[0]].append(one)
    found = []
    for dimension, ones in sorted(of.items()):
        for some in _apart(sorted(ones)) if dimension in _NAMED else [sorted(ones)]:
            if len(some) > 1:
                found.append([tuple(sorted({*whole, one})) for one in some])
    return found


def _apart(ones: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """The names that lie within no other, and those within which no other lies."""
    within = {(a, b) for a in ones for b in ones if a != b and contains(a[1], b[1])}
    broad = [one for one in ones if not any((one, other) in within for other in ones)]
    narrow = [one for one in ones if not any((other, one) in within for other in ones)]
    return [
        [one for one in some if not any({(one, other), (other, one)} & within for other in some)]
        for some in ([broad] if broad == narrow else [broad, narrow])
    ]


def contains(name: str, other: str) -> bool:
    """Whether all words of the other name are words of this one: "Yare III" of "Yare"."""
    return _words(other) <= _words(name)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(name))) - {"el", "la", "de", "del", "los", "las"}
