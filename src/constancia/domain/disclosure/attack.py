"""The attacker: what follows for the cells that a publication does not show.

The attacker knows every number shown (cells, sums of groups, margins, exempt totals), that tables of one
universe share cells, that persons are whole and not negative, that somebody is in a category listed
for that alone, and the pattern itself. Of a sensitive cell
(1 to threshold - 1 persons) no more may follow than an interval that reaches down to one person less and up
to the threshold, both in worlds of whole numbers. Tables that are linked in a ring (A by B, B by C, A by C)
are compared by the cells they share, not by the joint table behind them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from constancia.domain.disclosure.demands import Checks, Demand, demands, exempt
from constancia.domain.disclosure.pattern import Pattern, Published, published
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.system import Nested, System, View, key_of, systems
from constancia.domain.disclosure.table import Cell, Table
from constancia.domain.disclosure.worlds import SLACK, Worlds

SMALL, SOLVED, NARROW, MERGED_SMALL = "small", "solved", "narrow", "merged_small"


@dataclass(frozen=True, slots=True)
class Finding:
    """What an attacker could learn of a cell: that it counts `lowest` to `highest` persons.

    `reason`: "small" (it is shown), "solved" (it follows exactly), "narrow" (it follows that it is small, or
    that it is not less than it is), "merged_small" (a group whose sum is small; `group` names its cells and
    `cell` the first of them). `highest` is None where nothing holds it.
    """

    table: str
    cell: Cell
    lowest: int
    highest: int | None
    reason: str
    group: frozenset[Cell] = frozenset()


@dataclass(frozen=True)
class Seen:
    """What the published tables of one universe show of a system, by the system's cells.

    `open_`: cells shown by no table alone. `groups`: cells of which a sum is shown. `assessed`: views of
    which something is shown, or that sums of something shown make up.
    """

    open_: np.ndarray
    groups: tuple[tuple[int, ...], ...]
    assessed: frozenset[View]


def findings(
    tables: Sequence[Table], pattern: Pattern, policy: Policy, nested: Sequence[Nested] = ()
) -> list[Finding]:
    """All that an attacker could learn of sensitive cells, by table and cell; nothing where all are safe.

    Raises InputRefused `disclosure.pattern`, `disclosure.sums`, `disclosure.twice`.
    """
    found: list[Finding] = []
    for system in systems(tables, nested):
        own = [table for table in tables if table.universe == system.universe]
        shown = [published(table, pattern) for table in own]
        seen = see(system, shown)
        known = exempt(system, own, policy)
        worlds = Worlds(system, seen.open_, seen.groups)
        names = _names(own, system)
        asked = demands(system, policy, seen.assessed, known)
        for index in sorted({index for index, _ in shortfalls(worlds, asked)}):
            cell = asked[index].cells[0]
            found.append(_finding(worlds, cell, *names[cell]))
        for one in shown:
            if one.table not in policy.exempt:
                found += _small_groups(one, policy)
    return sorted(found, key=lambda f: (f.table, f.cell, f.reason, sorted(f.group)))


def see(system: System, shown: Sequence[Published]) -> Seen:
    """What tables as published show together."""
    open_ = np.zeros(len(system.values), dtype=bool)
    open_[list(system.hidden)] = True
    everything: set[View] = set()
    alone: set[int] = set()
    for one in shown:
        cells = [system.index[key_of(one.dimensions, cell)] for cell in one.values]
        alone.update(cells)
        everything |= {system.view(cell) for cell in cells}
    groups = []
    for one in shown:
        for group, _ in one.groups:
            cells = sorted(system.index[key_of(one.dimensions, cell)] for cell in group)
            everything.add(system.view(cells[0]))
            groups.append(tuple(cells))
    within = {cell for group in groups for cell in group}
    for view, some in system.views.items():
        for cell in some:
            # What no table lists counts nobody, unless the whole view stays out of print.
            listed = view not in everything or cell in within
            open_[cell] = listed and cell not in alone
    assessed = frozenset(
        view for view in system.views if any(set(view) <= set(other) for other in everything)
    )
    return Seen(open_, tuple(sorted(set(groups))), assessed)


def shortfalls(worlds: Worlds, asked: Sequence[Demand]) -> list[tuple[int, int]]:
    """(index of the demand, direction) of each side that no world of whole numbers was found to meet.

    One world that meets a side often meets others too, so few programmes are solved.
    """
    checks = Checks(len(worlds.system.values), asked)
    met: set[tuple[int, int]] = set()
    failed = []
    for index, demand in enumerate(asked):
        for sign, need in demand.sides():
            if (index, sign) in met:
                continue
            change = _whole_world(worlds, demand, sign, need)
            if change is None:
                failed.append((index, sign))
                continue
            for world in (change, -change):
                if np.all(world >= -worlds.system.room):
                    for way, some in zip((1, -1), checks.met(world), strict=True):
                        met |= {(int(i), way) for i in np.flatnonzero(some)}
    return failed


def _whole_world(worlds: Worlds, demand: Demand, sign: int, need: int) -> np.ndarray | None:
    reach = worlds.reach(demand.cells, sign)
    if reach.far < need - SLACK:
        return None
    rounded = np.round(reach.change)
    if math.isfinite(reach.far) and np.all(np.abs(reach.change - rounded) < SLACK):
        return rounded
    return worlds.whole(demand.cells, sign, need)


def _finding(worlds: Worlds, cell: int, table: str, name: Cell) -> Finding:
    persons = int(worlds.system.values[cell])
    if not worlds.open[cell]:
        return Finding(table, name, persons, persons, SMALL)
    far = worlds.reach((cell,), 1).far
    lowest = math.ceil(persons - worlds.reach((cell,), -1).far - SLACK)
    highest = math.floor(persons + far + SLACK) if math.isfinite(far) else None
    return Finding(table, name, lowest, highest, SOLVED if lowest == highest else NARROW)


def _names(tables: Sequence[Table], system: System) -> dict[int, tuple[str, Cell]]:
    """The first table that shows each cell, and what it calls the cell."""
    names: dict[int, tuple[str, Cell]] = {}
    for table in sorted(tables, key=lambda table: (len(table.dimensions), table.name)):
        for cell in table.cells():
            names.setdefault(system.index[key_of(table.dimensions, cell)], (table.name, cell))
    return names


def _small_groups(shown: Published, policy: Policy) -> list[Finding]:
    return [
        Finding(shown.table, min(cells), value, value, MERGED_SMALL, cells)
        for cells, value in shown.groups
        if policy.small(value)
    ]
