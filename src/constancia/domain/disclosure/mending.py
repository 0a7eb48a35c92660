"""The smallest further merges after which no edition, compared with an earlier one, isolates anybody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

import numpy as np

from constancia.domain.disclosure.comparing import Change, changes
from constancia.domain.disclosure.differencing import Comparison, cell_of, comparisons, isolating
from constancia.domain.disclosure.pattern import Merged, Pattern, Published
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.protecting import protect
from constancia.domain.disclosure.system import Key, Nested
from constancia.domain.disclosure.table import Table, view_of
from constancia.domain.errors import IntegrityBroken

_PARTNERS_IN_PAIRS = 16
_STEPS = 200


def mend(
    earlier: Sequence[Published],
    tables: Sequence[Table],
    pattern: Pattern,
    policy: Policy,
    nested: Sequence[Nested] = (),
) -> Pattern:
    """A protected pattern that keeps the merges of `pattern` and after which `differences` finds nothing.

    One isolated set of cells after the other is merged with the partner (or two) that leaves the fewest
    isolated and loses the least, and the whole is protected again. Where merging leads nowhere the table is
    merged whole (`protecting.withheld` tells). Each step is the smallest there is; of several steps together
    that is not proven.

    Raises IntegrityBroken `disclosure.not_mended` rather than hand out a pattern that isolates anybody.
    """
    by_name = {table.name: table for table in tables}
    kept = pattern
    now = protect(tables, policy, kept, nested)
    for step in range(_STEPS + len(tables) * 8):
        worst = _first(list(comparisons(earlier, tables, now, policy)), policy)
        if worst is None:
            return now
        one, change = worst
        table = by_name[one.table]
        # Editions that showed the same are compared once.
        found = comparisons(earlier, [table], now, policy)
        rivals = list({(c.along, c.then, c.now): c for c in found if c.view == one.view}.values())
        joined = _joined(change, one, rivals, policy) if step < _STEPS else frozenset()
        cells = _listed(table, joined)
        if len(cells) < 2 or any(m.table == table.name and cells <= m.cells for m in kept):
            # No partner helps, or it is merged so already: nothing of this view is shown.
            view = set(one.view)
            cells = frozenset(c for c in table.cells() if set(view_of(table.dimensions, c)) == view)
        kept = (*kept, Merged(table.name, cells))
        now = protect(tables, policy, kept, nested)
    if _first(list(comparisons(earlier, tables, now, policy)), policy) is not None:
        raise IntegrityBroken("disclosure.not_mended")
    return now


def _first(found: Sequence[Comparison], policy: Policy) -> tuple[Comparison, Change] | None:
    """An isolated set of the plainest view."""
    for one in sorted(found, key=lambda c: (len(c.view), c.view, c.table, c.along, c.edition)):
        isolated = isolating(one, policy)
        if isolated:
            return one, isolated[0]
    return None


def _joined(change: Change, one: Comparison, rivals: Sequence[Comparison], policy: Policy) -> frozenset[Key]:
    """The isolated cells with the one or two partners that serve best in every comparison of the view."""
    partners = [
        other
        for other in changes(one.then, one.now)
        if other.cells != change.cells and _neighbours(change, other) and (other.now or other.then)
    ]
    options: list[tuple[Change, ...]] = [(other,) for other in partners]
    best = _best(change, options, rivals, policy)
    if best and not _helps(change, best, one, policy) and len(partners) <= _PARTNERS_IN_PAIRS:
        best = _best(change, [*options, *combinations(partners, 2)], rivals, policy)
    return best


def _best(
    change: Change, options: Collection[tuple[Change, ...]], rivals: Sequence[Comparison], policy: Policy
) -> frozenset[Key]:
    scored = []
    for option in options:
        cells = change.cells.union(*(other.cells for other in option))
        left = sum(len(isolating(rival, policy, cells)) for rival in rivals)
        lost = sum(len(other.cells) + float(np.log1p(other.now)) for other in option)
        scored.append((left, lost, sorted(cells)))
    return frozenset(min(scored)[2]) if scored else frozenset()


def _helps(change: Change, joined: frozenset[Key], one: Comparison, policy: Policy) -> bool:
    return not any(change.cells <= left.cells for left in isolating(one, policy, joined))


def _neighbours(one: Change, other: Change) -> bool:
    """Whether some cells of both differ in one dimension only: a reader can see why they are merged."""
    return any(
        sum(mine != theirs for mine, theirs in zip(a, b, strict=True)) <= 1
        for a in one.cells
        for b in other.cells
    )


def _listed(table: Table, keys: Collection[Key]) -> frozenset[tuple[str, ...]]:
    return frozenset({cell_of(table.dimensions, key) for key in keys} & set(table.cells()))
