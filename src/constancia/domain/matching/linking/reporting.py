"""The arithmetic of a report: overlap, expected links, precision and recall where the truth is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constancia.domain.matching.linking.records import People

Clusters = Sequence[Sequence[int]]
"""Of each list, each record's cluster."""
Scored = tuple[float, bool]
"""A pair's probability, and whether it is one person."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """In persons: clusters, not rows. `repeated`: rows of each list beyond one per cluster."""

    only_first: int
    both: int
    only_second: int
    repeated: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """`threshold`: from which probability on, None for the clusters themselves."""

    precision: float
    recall: float
    f1: float
    threshold: float | None = None


def overlap(clusters: Clusters) -> Overlap:
    """Of two lists; of one list `both` and `only_second` are 0."""
    first = Counter(clusters[0])
    second = Counter(clusters[1]) if len(clusters) > 1 else Counter()
    repeated = sum(first.values()) - len(first), sum(second.values()) - len(second)
    both = len(first.keys() & second.keys())
    return Overlap(len(first) - both, both, len(second) - both, repeated)


def true_pairs(lists: Sequence[People], *, within: bool) -> int:
    """How many pairs are one person, by the records' `truth`."""
    counts = [Counter(one.truth for one in people.records if one.truth) for people in lists]
    inside = sum(n * (n - 1) // 2 for count in counts for n in count.values())
    across = sum(n * counts[1][who] for who, n in counts[0].items()) if len(counts) > 1 else 0
    return across + (inside if within or len(counts) == 1 else 0)


def of_clusters(lists: Sequence[People], clusters: Clusters, total: int, *, within: bool) -> Measured:
    """How well clusters put pairs together. `total`: true pairs."""
    members: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for at, people in enumerate(lists):
        for record, cluster in zip(people.records, clusters[at], strict=True):
            members[cluster].append((at, record.truth))
    judged = [
        bool(one[1]) and one[1] == other[1]
        for together in members.values()
        for one, other in _pairs(together)
        if within or len(lists) == 1 or one[0] != other[0]
    ]
    return _measured(sum(judged), len(judged), total)


def _pairs(together: Sequence[tuple[int, str]]) -> Iterator[tuple[tuple[int, str], tuple[int, str]]]:
    for at, one in enumerate(together):
        for other in together[:at]:
            yield one, other


def best(scored: Sequence[Scored], total: int) -> Measured:
    """At the threshold that turns out best. Known only afterwards: what a threshold could give, not gives."""
    found = Measured(0.0, 0.0, 0.0, 1.0)
    right = 0
    ordered = sorted(scored, reverse=True)
    for count, (probability, true) in enumerate(ordered, start=1):
        right += true
        if count < len(ordered) and ordered[count][0] == probability:
            continue
        here = _measured(right, count, total, probability)
        if here.f1 > found.f1:
            found = here
    return found


def _measured(right: int, given: int, total: int, threshold: float | None = None) -> Measured:
    return Measured(
        right / given if given else 1.0,
        right / total if total else 1.0,
        2 * right / (given + total) if given + total else 1.0,
        threshold,
    )
