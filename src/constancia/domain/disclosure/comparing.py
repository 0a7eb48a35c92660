"""Two editions of the same cells side by side, as far as a reader can compare them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from constancia.domain.disclosure.pattern import Published
from constancia.domain.disclosure.system import Key, View, key_of

Item = tuple[frozenset[Key], int]
"""Cells of one view of which a reader knows the sum, and the sum."""

PRINTED = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest set of cells around which both editions give a sum, and the two sums in persons."""

    cells: frozenset[Key]
    then: int
    now: int

    @property
    def size(self) -> int:
        return abs(self.now - self.then)


def views_of(shown: Published) -> list[View]:
    """The sets of dimensions that a table splits by, fewest first; not the total."""
    names = sorted(shown.dimensions)
    return [view for size in range(1, len(names) + 1) for view in combinations(names, size)]


class Reading:
    """What a reader knows of one published table, view by view."""

    def __init__(self, shown: Published) -> None:
        self.shown = shown
        self._printed: dict[View, list[Item]] = {(): []}
        for cell, value in shown.values.items():
            self._add({key_of(shown.dimensions, cell)}, value)
        for cells, value in shown.groups:
            self._add({key_of(shown.dimensions, cell) for cell in cells}, value)

    def _add(self, keys: Iterable[Key], value: int) -> None:
        cells = frozenset(keys)
        view = tuple(dimension for dimension, _ in next(iter(cells)))
        self._printed.setdefault(view, []).append((cells, value))

    def items(self, view: View, along: str = PRINTED) -> list[Item] | None:
        """Disjoint sets of cells with their sums; None where nothing of the view is shown.

        `along` a dimension: what is not shown alone is summed along it, as the margin less the cells shown.
        """
        printed = self._printed.get(view)
        if printed is None or along == PRINTED:
            return printed
        margins = self._printed.get(tuple(other for other in view if other != along))
        if margins is None:
            return None
        alone = [item for item in printed if len(item[0]) == 1]
        found = list(alone)
        hidden = [key for cells, _ in printed if len(cells) > 1 for key in cells]
        for wholes, value in margins:
            inside = frozenset(key for key in hidden if _without(key, along) in wholes)
            shown = sum(v for cells, v in alone if _without(next(iter(cells)), along) in wholes)
            if inside:
                found.append((inside, value - shown))
        return found


def changes(then: Sequence[Item], now: Sequence[Item], joined: Collection[Key] = ()) -> list[Change]:
    """The finest sets of cells that are unions of sets in both editions, with both sums.

    A cell that one edition does not list counted nobody in it. `joined`: cells to be read as one set besides.
    """
    groups = [set(cells) for cells, _ in (*then, *now)]
    if joined:
        groups.append(set(joined))
    owner: dict[Key, int] = {}
    parent = list(range(len(groups)))
    for index, group in enumerate(groups):
        for key in sorted(group):
            if key in owner:
                parent[_root(parent, index)] = _root(parent, owner[key])
            else:
                owner[key] = index
    cells: dict[int, set[Key]] = {}
    for key, index in owner.items():
        cells.setdefault(_root(parent, index), set()).add(key)
    sums = [dict.fromkeys(cells, 0), dict.fromkeys(cells, 0)]
    for which, items in enumerate((then, now)):
        for keys, value in items:
            sums[which][_root(parent, owner[min(keys)])] += value
    return sorted(
        (Change(frozenset(keys), sums[0][root], sums[1][root]) for root, keys in cells.items()),
        key=lambda change: sorted(change.cells),
    )


def splits_by(change: Change, everything: Sequence[Change], sensitive: Collection[str]) -> bool:
    """Whether these cells say more of the sensitive dimensions than a margin without them would.

    They do not if they take in everybody of the categories of the other dimensions that they touch.
    """
    touched = {_outside(key, sensitive) for key in change.cells}
    for other in everything:
        if other.cells == change.cells or not (other.then or other.now):
            continue
        if any(_outside(key, sensitive) in touched for key in other.cells):
            return True
    return False


def _outside(key: Key, sensitive: Collection[str]) -> Key:
    return tuple(pair for pair in key if pair[0] not in sensitive)


def _without(key: Key, dimension: str) -> Key:
    return tuple(pair for pair in key if pair[0] != dimension)


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index
