"""Choosing what to merge so that no sensitive cell can be worked out, and as little as can be is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constancia.domain.disclosure.arranging import arrange
from constancia.domain.disclosure.demands import Demand, exempt
from constancia.domain.disclosure.grouping import Group, Groups
from constancia.domain.disclosure.pattern import Merged, Pattern, canonical
from constancia.domain.disclosure.policy import TOTAL, Policy
from constancia.domain.disclosure.system import Key, Nested, System, View, key_of, systems
from constancia.domain.disclosure.table import MARGIN, Cell, Table, view_of
from constancia.domain.errors import InputRefused


@dataclass(frozen=True, slots=True)
class Withheld:
    """A table that had better be left out: nothing of what it splits by all its dimensions would be shown."""

    table: str


@dataclass(frozen=True, slots=True)
class Protection:
    """A safe pattern. `withheld`: tables to leave out.

    `gap`: the largest share of the information lost that a better choice of cells to hide could save, over
    the universes; 0.0 where the choice is proven to be the best.
    """

    pattern: Pattern
    withheld: tuple[Withheld, ...]
    gap: float


def protect(
    tables: Sequence[Table], policy: Policy, kept: Pattern = (), nested: Sequence[Nested] = ()
) -> Pattern:
    """The pattern of `protection`, which says more about it."""
    return protection(tables, policy, kept, nested).pattern


def protection(
    tables: Sequence[Table],
    policy: Policy,
    kept: Pattern = (),
    nested: Sequence[Nested] = (),
    further: Mapping[str, Sequence[tuple[Key, int, int]]] | None = None,
) -> Protection:
    """Merges after which `attack.findings` finds nothing; the same input always gives the same merges.

    What is lost is counted in hidden cells, each weighing 1 + log(1 + persons), margins three times more for
    each dimension they sum over: a margin tells more people more. `kept`: merges that stay, whole or within
    larger ones; cells that a table no longer has are passed over. Tables of one universe are protected
    together. `further`, by universe: (cell, persons down, persons up) that other cells must be able to move.

    Raises InputRefused `disclosure.total_small` (a total that is not exempt and under the threshold, which no
    merge can hide), `disclosure.sums`, `disclosure.twice`.
    """
    merges: list[Merged] = []
    gap = 0.0
    for system in systems(tables, nested):
        own = [table for table in tables if table.universe == system.universe]
        if TOTAL not in policy.exempt and policy.small(int(system.values[system.index[()]])):
            raise InputRefused("disclosure.total_small", universe=system.universe)
        known = exempt(system, own, policy) | {system.index[()]}
        units, out = _kept(system, own, kept, known)
        asked = [
            Demand((system.index[key],), down, up)
            for key, down, up in (further or {}).get(system.universe, ())
            if key in system.index and system.index[key] not in known
        ]
        made = arrange(system, policy, known, units, out, asked)
        gap = max(gap, made.gap)
        for table in own:
            if table.name not in policy.exempt:
                merges += _merges(system, table, made.groups)
    pattern = canonical(merges)
    return Protection(pattern, withheld(tables, pattern), gap)


def withheld(tables: Sequence[Table], pattern: Pattern) -> tuple[Withheld, ...]:
    """The tables of whose inner cells nothing is shown, in the order given."""
    found = []
    for table in tables:
        inner = frozenset(cell for cell in table.cells() if MARGIN not in cell)
        if inner and any(one.table == table.name and one.cells == inner for one in pattern):
            found.append(Withheld(table.name))
    return tuple(found)


def _kept(
    system: System, tables: Sequence[Table], kept: Pattern, known: frozenset[int]
) -> tuple[list[Group], set[View]]:
    """The editor's merges as cells of the system, and the views that they merge whole."""
    units: list[Group] = []
    out: set[View] = set()
    for table in tables:
        cells = {cell: system.index[key_of(table.dimensions, cell)] for cell in table.cells()}
        for one in sorted((m for m in kept if m.table == table.name), key=Merged.order):
            by_view: dict[View, set[int]] = {}
            for cell in one.cells & cells.keys():
                if cells[cell] not in known:
                    by_view.setdefault(system.view(cells[cell]), set()).add(cells[cell])
            for view, some in by_view.items():
                if some == set(system.views[view]):
                    out.add(view)
                elif len(some) > 1:
                    units.append(tuple(sorted(some)))
    return units, out


def _merges(system: System, table: Table, groups: Groups) -> list[Merged]:
    """The groups as far as they are cells of this table."""
    names: dict[int, Cell] = {system.index[key_of(table.dimensions, cell)]: cell for cell in table.cells()}
    found = []
    for view, some in groups.items():
        if not set(view) <= set(table.dimensions):
            continue
        shown = sum(set(view) == set(view_of(table.dimensions, cell)) for cell in names.values())
        for group in some:
            cells = frozenset(names[cell] for cell in group if cell in names)
            if len(cells) > 1 or (cells and len(cells) == shown):
                found.append(Merged(table.name, cells))
    return found
