"""Which hidden cells are shown as one: the finest groups that tell an attacker nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from constancia.domain.disclosure.attack import shortfalls
from constancia.domain.disclosure.demands import Demand
from constancia.domain.disclosure.system import System, View
from constancia.domain.disclosure.worlds import Worlds

Group = tuple[int, ...]
Groups = dict[View, list[Group]]


def grouped(
    system: System,
    hidden: np.ndarray,
    asked: Sequence[Demand],
    units: Sequence[Group],
    threshold: int,
    withheld: Iterable[View],
) -> Groups:
    """Groups of each view. `units`: cells that stay together; `withheld`: views of which nothing is shown.

    The hidden cells of one dimension sum to the total less what is shown, so one group of all of them says
    nothing new; finer groups, each of the threshold at least, are kept where every demand is still met.
    Groups of more dimensions lie along the groups of their margins, whose sums say what theirs do: nothing
    new either.
    """
    out = set(withheld)
    groups: Groups = {view: [tuple(cells)] for view, cells in system.views.items() if view in out}
    plain: list[View] = [view for view in system.views if len(view) == 1 and view not in out]
    for view in plain:
        hid = [cell for cell in system.views[view] if hidden[cell]]
        groups[view] = [tuple(hid)] if len(hid) > 1 else []
    for view in plain:
        _refine(system, hidden, asked, units, threshold, groups, view)
    for view in sorted(system.views, key=lambda view: (len(view), view)):
        if len(view) > 1 and view not in out:
            groups[view] = _along_margins(system, hidden, units, groups, view)
    return _without_empty(system, groups)


def _refine(
    system: System,
    hidden: np.ndarray,
    asked: Sequence[Demand],
    units: Sequence[Group],
    threshold: int,
    groups: Groups,
    view: View,
) -> None:
    """Splits the one group of a view as far as the attacker learns nothing by it."""
    if not groups[view]:
        return
    coarse = groups[view]
    split = _filled(system, _units(coarse[0], units), threshold)
    while len(split) > 1:
        groups[view] = split
        published = [group for some in groups.values() for group in some]
        if not shortfalls(Worlds(system, hidden, published), asked):
            return
        fewest = sorted(split, key=lambda group: (int(system.values[list(group)].sum()), group))
        joined = tuple(sorted((*fewest[0], *fewest[1])))
        split = sorted([joined, *fewest[2:]])
    groups[view] = coarse


def _filled(system: System, units: Sequence[Group], threshold: int) -> list[Group]:
    """Many groups of `threshold` persons and two cells at least: the largest unit, then the smallest."""
    sizes = {unit: int(system.values[list(unit)].sum()) for unit in units}
    waiting = sorted(units, key=lambda unit: (-sizes[unit], unit))
    found: list[list[int]] = []
    while waiting:
        group = list(waiting.pop(0))
        persons = sizes[tuple(group)]
        while waiting and (persons < threshold or len(group) < 2):
            unit = waiting.pop()
            group += unit
            persons += sizes[unit]
        if found and (persons < threshold or len(group) < 2):
            found[-1] += group
        else:
            found.append(group)
    return sorted(tuple(sorted(group)) for group in found)


def _along_margins(
    system: System, hidden: np.ndarray, units: Sequence[Group], groups: Groups, view: View
) -> list[Group]:
    """The finest of the groupings along each dimension's margin."""
    best: list[Group] = []
    for dimension in view:
        margin = tuple(other for other in view if other != dimension)
        block = {cell: group for group in groups[margin] for cell in group}
        parts: dict[Group, list[int]] = {}
        for cell in system.views[view]:
            if hidden[cell]:
                key = tuple(pair for pair in system.cells[cell] if pair[0] != dimension)
                whole = system.index[key]
                parts.setdefault(block.get(whole, (whole,)), []).append(cell)
        made = _together([tuple(part) for part in parts.values()], units)
        if len(made) > len(best):
            best = made
    return sorted(best)


def _units(cells: Group, units: Sequence[Group]) -> list[Group]:
    return _together([(cell,) for cell in cells], units)


def _together(parts: Sequence[Group], units: Sequence[Group]) -> list[Group]:
    """The parts, joined where a unit has cells in several."""
    found = [set(part) for part in parts]
    for unit in units:
        touched = [part for part in found if part & set(unit)]
        if len(touched) > 1:
            found = [part for part in found if part not in touched]
            found.append(set().union(*touched))
    return sorted(tuple(sorted(part)) for part in found)


def _without_empty(system: System, groups: Mapping[View, list[Group]]) -> Groups:
    """Withholds, widest first, views that say nothing: all are in one group, or nobody is shown alone."""
    kept: Groups = {}
    shown: set[View] = set()
    for view in sorted(groups, key=lambda view: (-len(view), view)):
        cells = system.views[view]
        inside = {cell for group in groups[view] for cell in group}
        alone = any(system.values[cell] for cell in cells if cell not in inside)
        needed = any(set(view) <= set(other) for other in shown)
        empty = bool(inside) and not alone and (len(view) > 1 or len(groups[view]) == 1)
        if empty and not needed:
            kept[view] = [tuple(cells)]
        else:
            kept[view] = [group for group in groups[view] if len(group) > 1 or len(cells) == 1]
            shown.add(view)
    return kept
