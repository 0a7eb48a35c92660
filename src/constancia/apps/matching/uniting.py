"""What each population rule counts of the register and another list together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from constancia.apps.accounts.models import User
from constancia.apps.figures import queries as figures
from constancia.apps.matching.linking import Linkage
from constancia.domain.figures.rule import rules
from constancia.domain.matching.linking import union
from constancia.domain.matching.linking.records import Record

SURELY_NEW = 0.05
"""Whose likeliest partner is less likely than this is surely not in the other list."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What one population rule counts on the day. `theirs`: of the other list's people who are not ours.
    `only_ours`, `only_theirs`: of the people in both, those that our count holds and their columns deny, and
    those that they surely hold and our count does not."""

    rule: str
    label: dict[str, str]
    ours: tuple[int, int, int]
    theirs: union.Bounds
    only_ours: int
    only_theirs: int

    @property
    def union(self) -> union.Bounds:
        return union.Bounds(self.ours[0] + self.theirs.lowest, self.ours[2] + self.theirs.highest)


def rule_counts(user: User, found: Linkage, as_of: date) -> list[RuleCount]:
    """What each population rule would count of the register and the other list together, at the end of
    `as_of`. Needs to read figures and the people behind them; only where one list is the register."""
    if not found.own:
        return []
    new, unsure, both = _theirs(found)
    says, day = found.lists[1].says, as_of.toordinal()
    counted = []
    for name, rule in rules().items():
        figure = figures.figure(user, "held", as_of, rule=name)
        ours = set(figures.people_behind(user, "held", as_of, rule=name))
        theirs = [(person in ours, *union.counts(rule, record, says, day)) for person, record in both]
        counted.append(
            RuleCount(
                name,
                rule.label.model_dump(),
                (figure["lowest"], figure["value"], figure["highest"]),
                union.together(rule, new, unsure, says, day),
                sum(mine and not maybe for mine, _, maybe in theirs),
                sum(sure and not mine for mine, sure, _ in theirs),
            )
        )
    return counted


def _theirs(found: Linkage) -> tuple[list[Record], list[Record], list[tuple[int, Record]]]:
    """The other list's people, one record each: surely not ours, perhaps ours, ours (with our key)."""
    likeliest: dict[int, float] = {}
    for pair in found.linked.pairs:
        if pair.first[0] != pair.second[0]:
            likeliest[pair.second[1]] = max(likeliest.get(pair.second[1], 0.0), pair.probability)
    ours = {cluster: at for at, cluster in enumerate(found.linked.clusters[0])}
    new, unsure, both = [], [], []
    for cluster, places in _by_cluster(found.linked.clusters[1]):
        record = found.lists[1].records[places[0]]
        if cluster in ours:
            both.append((found.lists[0].records[ours[cluster]].row, record))
        elif max(likeliest.get(place, 0.0) for place in places) < SURELY_NEW:
            new.append(record)
        else:
            unsure.append(record)
    return new, unsure, both


def _by_cluster(clusters: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    members: dict[int, list[int]] = {}
    for at, cluster in enumerate(clusters):
        members.setdefault(cluster, []).append(at)
    yield from members.items()
