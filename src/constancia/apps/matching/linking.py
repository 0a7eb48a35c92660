"""Linking: the register with another organisation's list, two files, or one file with itself.

Nothing is written to the register: who is whom, people say. Nothing here needs one either (`own` does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from constancia.domain.errors import InputRefused
from constancia.domain.matching.linking import reporting
from constancia.domain.matching.linking.blocking import Blocking, blocking, reached
from constancia.domain.matching.linking.comparing import Comparison, comparisons
from constancia.domain.matching.linking.records import People, Record
from constancia.infra.linkage.engines import Engine, duck, spark
from constancia.infra.linkage.linking import Linked, Pair, kind_of, link

ACCEPT = 0.5
"""More likely one person than two: the model's own threshold, chosen without looking at any answer."""
EngineName = Literal["duckdb", "spark"]
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Linkage:
    """Two lists (or one), what was compared, and what came out. `own`: the first list is the register."""

    lists: tuple[People, ...]
    own: bool
    chosen: tuple[Comparison, ...]
    blocking: Blocking
    linked: Linked
    accept: float

    @property
    def within(self) -> bool:
        """Whether pairs inside a list count."""
        return kind_of(self.lists) != "link_only"

    @property
    def overlap(self) -> reporting.Overlap:
        return reporting.overlap(self.linked.clusters)

    @property
    def expected(self) -> float:
        """How many pairs are one person, by their probabilities."""
        return sum(pair.probability for pair in self.linked.pairs)

    @property
    def links(self) -> int:
        """Pairs that ended in one cluster."""
        return sum(self.together(pair) for pair in self.linked.pairs)

    @property
    def expected_completeness(self) -> float:
        """The share of the pairs of one person that the rules bring together, by the model."""
        agree = {
            one.name: float(self.linked.learnt.m[at][-1]) * self._said(one.column)
            for at, one in enumerate(self.chosen)
        }
        return reached(self.blocking.rules, agree)

    def together(self, pair: Pair) -> bool:
        clusters = self.linked.clusters
        return clusters[pair.first[0]][pair.first[1]] == clusters[pair.second[0]][pair.second[1]]

    def record(self, end: tuple[int, int]) -> Record:
        return self.lists[end[0]].records[end[1]]

    def _said(self, column: str) -> float:
        shares = [sum(column in one.values for one in p.records) / len(p.records) for p in self.lists]
        return shares[0] * shares[-1]


@dataclass(frozen=True, slots=True)
class Truth:
    """`clusters`: as they came out; `best`: what the best threshold would have given,
    which is known only afterwards."""

    pairs: int
    completeness: float
    clusters: reporting.Measured
    best: reporting.Measured


def run(
    lists: Sequence[People],
    *,
    own: bool = False,
    engine: EngineName = "duckdb",
    spark_folder: Path | None = None,
    accept: float = ACCEPT,
    progress: Progress = lambda done, total: None,
) -> Linkage:
    """Links two lists with each other, or one with itself. `own`: the first is the register.

    Raises InputRefused (`linking.accept`, `linking.one_row`, `linking.nothing_shared`,
    `linking.kinds_differ`), StoreRefused and DeploymentRefused as the engines do.
    """
    if not 0 < accept < 1:
        raise InputRefused("linking.accept")
    chosen = comparisons(lists[0], lists[-1])
    within = kind_of(lists) != "link_only"
    layout = blocking(lists[0], lists[1] if len(lists) > 1 else None, chosen, within=within)
    if not layout.pairs:
        raise InputRefused("linking.one_row")
    with _engine(engine, spark_folder, sum(len(one.records) for one in lists)) as running:
        linked = link(running, lists, chosen, layout, accept=accept, progress=progress)
    return Linkage(tuple(lists), own, tuple(chosen), layout, linked, accept)


@contextmanager
def _engine(name: EngineName, folder: Path | None, records: int) -> Iterator[Engine]:
    with spark(folder, records=records) if name == "spark" else duck() as running:
        yield running


def truth_of(found: Linkage) -> Truth | None:
    """How right the linkage is, where the lists say who is who; None where they do not."""
    total = reporting.true_pairs(found.lists, within=found.within)
    if not total:
        return None
    scored = []
    for pair in found.linked.pairs:
        one, other = found.record(pair.first), found.record(pair.second)
        scored.append((pair.probability, bool(one.truth) and one.truth == other.truth))
    return Truth(
        total,
        found.linked.true_compared / total,
        reporting.of_clusters(found.lists, found.linked.clusters, total, within=found.within),
        reporting.best(scored, total),
    )
