"""One universe protected: cells hidden, grouped, and checked by the attacker before they are handed out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from constancia.domain.disclosure.attack import shortfalls
from constancia.domain.disclosure.demands import Demand, demands
from constancia.domain.disclosure.grouping import Group, Groups, grouped
from constancia.domain.disclosure.hiding import Task, first_choice
from constancia.domain.disclosure.least import least
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.system import System, View
from constancia.domain.disclosure.worlds import Worlds

_MARGIN_WEIGHT = 3.0


@dataclass(frozen=True)
class Arrangement:
    """`groups`: cells shown as one, by view; a view in one group of all its cells is not shown.

    `gap`: the share of the information lost by hiding that a better choice could save at most.
    """

    groups: Groups
    gap: float


def arrange(
    system: System,
    policy: Policy,
    known: Collection[int],
    units: Sequence[Group],
    withheld: Collection[View],
    further: Sequence[Demand] = (),
) -> Arrangement:
    """The cheapest safe groups found.

    `known`: cells shown by policy. `units`: cells that are shown as one in any case. `withheld`: views that
    are not shown in any case. `further`: demands beside those of the sensitive cells.
    """
    never = np.zeros(len(system.values), dtype=bool)
    never[list(known)] = True
    must = np.zeros(len(system.values), dtype=bool)
    for unit in units:
        must[list(unit)] = True
    out = set(withheld)
    while True:
        task = _task(system, policy, never, must, out, further)
        unmet = [] if not task.asked else first_choice(task, task.must)[1]
        if unmet:
            out |= _with_wider(system, unmet)
            continue
        # Nothing optional is hidden where nothing is asked.
        chosen = least(task) if task.asked else None
        hidden = task.must if chosen is None else chosen.hidden
        groups = grouped(system, hidden, task.asked, units, policy.threshold, out)
        lacking = _lacking(system, groups, task)
        if not lacking:
            return Arrangement(groups, chosen.gap if chosen else 0.0)
        # Whole numbers can be harder to move than the linear programme says: hide the lines of what fails.
        wider = must | _lines_of(system, lacking, never)
        if np.array_equal(wider, must):
            out |= _with_wider(system, lacking)
        must = wider


def _task(
    system: System,
    policy: Policy,
    never: np.ndarray,
    must: np.ndarray,
    out: set[View],
    further: Sequence[Demand],
) -> Task:
    shown = [view for view in system.views if view not in out]
    assessed = {view for view in system.views if any(set(view) <= set(other) for other in shown)}
    asked = demands(system, policy, assessed, np.flatnonzero(never).tolist())
    asked += [demand for demand in further if system.view(demand.cells[0]) in assessed]
    most = max(len(view) for view in system.views)
    costs = np.array(
        [
            (1 + np.log1p(value)) * _MARGIN_WEIGHT ** (most - len(key))
            for key, value in zip(system.cells, system.values, strict=True)
        ]
    )
    hidden = must.copy()
    for view in out:
        hidden[list(system.views[view])] = True
    return Task(system, asked, hidden & ~never, never, costs)


def _lacking(system: System, groups: Groups, task: Task) -> list[Demand]:
    """Demands that the groups, as they will be read, do not meet."""
    open_ = np.zeros(len(system.values), dtype=bool)
    open_[list(system.hidden)] = True
    shown = []
    for view, some in groups.items():
        for group in some:
            open_[list(group)] = True
            if len(group) < len(system.views[view]):
                shown.append(group)
    failed = {index for index, _ in shortfalls(Worlds(system, open_, shown), task.asked)}
    return [task.asked[index] for index in sorted(failed)]


def _lines_of(system: System, lacking: Sequence[Demand], never: np.ndarray) -> np.ndarray:
    cells = {cell for demand in lacking for cell in demand.cells}
    found = np.zeros(len(system.values), dtype=bool)
    for whole, parts in system.lines:
        if cells & {whole, *parts}:
            found[[whole, *parts]] = True
    found[never] = False
    return found


def _with_wider(system: System, unmet: Sequence[Demand]) -> set[View]:
    """The views of these demands, and those whose sums would show them."""
    narrow = {system.view(demand.cells[0]) for demand in unmet}
    return {view for view in system.views if any(set(one) <= set(view) for one in narrow)}
