"""Editions side by side: a small change between two of them isolates people, however large the counts.

Held 902, then 893: a total, and exempt. Adolescents 6, then 5: the one who left is somebody. For every cell,
or union of merged cells that both editions can be summed to, a change of 1 to threshold - 1 persons in a view
that stands in a sensitive category is found. What a reader can sum along margins is compared too. Readers
are not taken to know that nothing else changed: a cell shown alone in one edition and merged in the other is
compared as part of the group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constancia.domain.disclosure.comparing import (
    PRINTED,
    Change,
    Item,
    Reading,
    changes,
    splits_by,
    views_of,
)
from constancia.domain.disclosure.pattern import Pattern, Published, published
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.system import Key, View
from constancia.domain.disclosure.table import MARGIN, Cell, Table
from constancia.domain.disclosure.universe import related


@dataclass(frozen=True, slots=True)
class Isolated:
    """`cells` of `table` counted `then` persons in the earlier `edition` and `now` persons in the new one.

    `dimensions`: the sensitive ones that the cells split by.
    """

    table: str
    edition: str
    cells: frozenset[Cell]
    then: int
    now: int
    dimensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two editions show of one view; `along` says how hidden cells are summed (see `Reading.items`)."""

    table: str
    edition: str
    view: View
    along: str
    then: tuple[Item, ...]
    now: tuple[Item, ...]


def differences(
    earlier: Sequence[Published], tables: Sequence[Table], pattern: Pattern, policy: Policy
) -> list[Isolated]:
    """Everything by which the new edition, compared with any earlier one, isolates people; fewest dimensions
    first. `earlier`: the tables of all earlier editions, in any order.

    Raises InputRefused `disclosure.pattern`.
    """
    dimensions = {table.name: table.dimensions for table in tables}
    found: dict[tuple[str, str, frozenset[Cell]], Isolated] = {}
    for one in comparisons(earlier, tables, pattern, policy):
        for change in isolating(one, policy):
            cells = frozenset(cell_of(dimensions[one.table], key) for key in change.cells)
            split = tuple(d for d in one.view if d in policy.dimensions)
            isolated = Isolated(one.table, one.edition, cells, change.then, change.now, split)
            found.setdefault((one.table, one.edition, cells), isolated)
    return sorted(found.values(), key=_order)


def comparisons(
    earlier: Sequence[Published], tables: Sequence[Table], pattern: Pattern, policy: Policy
) -> Iterator[Comparison]:
    """Every view with a sensitive dimension that an earlier edition and the new one both show."""
    before = [Reading(one) for one in earlier]
    for table in tables:
        if table.name in policy.exempt:
            continue
        after = Reading(published(table, pattern))
        for view in views_of(after.shown):
            if not policy.dimensions & set(view):
                continue
            for along in (PRINTED, *(view if len(view) > 1 else ())):
                now = after.items(view, along)
                for one in before if now is not None else ():
                    then = one.items(view, along) if related(one.shown.universe, table.universe) else None
                    if then is not None and now is not None:
                        yield Comparison(table.name, one.shown.edition, view, along, tuple(then), tuple(now))


def isolating(one: Comparison, policy: Policy, joined: frozenset[Key] = frozenset()) -> list[Change]:
    """The changes of a comparison that isolate people; `joined`: cells read as merged besides.

    Cells merged with an ordinary category isolate nobody: who came or went may be of that one.
    """
    found = changes(one.then, one.now, joined)
    small = [
        change for change in found if policy.small(change.size) and all(map(policy.concerns, change.cells))
    ]
    return [change for change in small if splits_by(change, found, policy.dimensions)]


def cell_of(dimensions: tuple[str, ...], key: Key) -> Cell:
    """What a table with these dimensions calls a cell."""
    named = dict(key)
    return tuple(named.get(dimension, MARGIN) for dimension in dimensions)


def _order(one: Isolated) -> tuple[int, str, str, list[Cell]]:
    cells = sorted(one.cells)
    return sum(part != MARGIN for part in cells[0]), one.table, one.edition, cells
