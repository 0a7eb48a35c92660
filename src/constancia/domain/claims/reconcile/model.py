"""The readings of one component as a linear program over non-negative unknowns.

Unknowns: for each kind of event and each category, how many of each span of days were verified in each slot
of knowledge; who came onto the list and who left it otherwise in each slot; the list's length before
everything; and one quantity per group and category, which the claims bound. Only the claims' own rows can be
set aside: what is left holds in any world.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from constancia.domain.claims.reconcile.assertion import ADDED, DETAINED, FAR, RELEASED, REMOVED
from constancia.domain.claims.reconcile.axis import Slot, events, knowledge, known_by
from constancia.domain.claims.reconcile.populations import ADOLESCENT, COMPLEMENTS, SEXES
from constancia.domain.claims.reconcile.program import INFINITY, Program
from constancia.domain.claims.reconcile.reading import Filters, Instant, Reading, Rectangle, extended

Terms = dict[int, float]
_LIST = frozenset({"stock", "net", ADDED, REMOVED})


@dataclass(frozen=True, slots=True)
class Cell:
    """Events of minutes `first` to before `last`, verified in slot number `slot`."""

    first: int
    last: int
    slot: int


class Model:
    """`whole`: unknowns are whole numbers. `retractions`: what was verified may be taken back."""

    def __init__(
        self, readings: Sequence[Reading], *, whole: bool = False, retractions: bool = False
    ) -> None:
        self.readings = list(readings)
        self.program = Program()
        self._retractions = retractions
        self.slots: list[Slot] = knowledge(_instants(readings))
        self._covered: dict[Instant, list[bool]] = {}
        self._events: dict[str, list[tuple[int, int]]] = {}
        self._cells: dict[tuple[str, Filters], dict[Cell, int]] = {}
        self._quantities: dict[tuple[object, Filters], int] = {}
        self.retracted: dict[str, list[int]] = {}
        self.has_list = any(r.kind in _LIST for r in readings)
        self._series()
        self._flows_of_the_list()
        self.rows = {r.id: self._claim(r) for r in readings}
        self._parts()
        self.program.build()
        if whole:
            self.program.whole_numbers()
        self._active = {r.id for r in readings}
        self._bounds = {r.id: (r.low, INFINITY if r.high is None else r.high) for r in readings}

    @property
    def cost(self) -> int:
        """How dear a question is, in units of a small model's."""
        return 1 + self.program.size // 300

    def use(self, ids: Iterable[str]) -> None:
        """Lets the claims of `ids` count, and no others."""
        wanted = set(ids)
        for id in self._active - wanted:
            self.program.limit(self.rows[id], -INFINITY, INFINITY)
        for id in wanted - self._active:
            self.program.limit(self.rows[id], *self._bounds[id])
        self._active = wanted

    def feasible(self, ids: Iterable[str]) -> bool:
        self.use(ids)
        return self.program.feasible()

    def quantity(self, id: str) -> int:
        """The column that the claim bounds."""
        reading = next(r for r in self.readings if r.id == id)
        return self._quantities[(reading.group, reading.filters)]

    def covered(self, instant: Instant) -> list[bool]:
        """For each slot, whether all of it lies before the instant."""
        found = self._covered.get(instant)
        if found is None:
            found = self._covered[instant] = [known_by(slot, instant) for slot in self.slots]
        return found

    def registered(self, after: Instant | None, until: Instant) -> Terms:
        """Who came onto the list in between."""
        return self._between(self._in, after, until)

    def left_otherwise(self, after: Instant | None, until: Instant) -> Terms:
        """Who left the list in between without a verified release."""
        return self._between(self._out, after, until)

    def verified(
        self,
        what: str,
        after: Instant | None,
        until: Instant,
        first: int | None = None,
        last: int | None = None,
        filters: Filters = (),
        ending_after: int | None = None,
    ) -> Terms:
        """Events of the days from `first` to before `last`, verified in between.

        With `ending_after`, all spans of days that reach beyond that minute.
        """
        late = self.covered(until)
        early = self.covered(after) if after is not None else [False] * len(self.slots)
        return {
            column: 1.0
            for cell, column in self._cells.get((what, filters), {}).items()
            if late[cell.slot]
            and not early[cell.slot]
            and (first is None or cell.first >= first)
            and (last is None or cell.last <= last)
            and (ending_after is None or cell.last > ending_after)
        }

    def _between(self, columns: Sequence[int], after: Instant | None, until: Instant) -> Terms:
        late = self.covered(until)
        early = self.covered(after) if after is not None else [False] * len(self.slots)
        return {
            column: 1.0
            for column, now, before in zip(columns, late, early, strict=True)
            if now and not before
        }

    def _series(self) -> None:
        """Cells of every kind of event and category, and a part's cells within its whole's."""
        flows = [r for r in self.readings if r.kind == "flow"]
        kinds: dict[str, set[Filters]] = defaultdict(set)
        for r in flows:
            kinds[r.what].add(r.filters)
        if self.has_list:
            kinds[RELEASED].add(())
        for what, categories in kinds.items():
            edges = {edge for r in flows if r.what == what for edge in _edges(r)}
            early = (self.has_list and what in (RELEASED, DETAINED)) or any(
                r.wide.first is None for r in flows if r.what == what
            )
            spans = events(edges, early)
            for filters in sorted(categories):
                self._cells[(what, filters)] = {
                    Cell(first, last, number): self.program.column()
                    for first, last in spans
                    for number, slot in enumerate(self.slots)
                    if first < slot.high
                }
            if self._retractions:
                self.retracted[what] = [self.program.column() for _ in self.slots]
            self._within(what, categories)

    def _within(self, what: str, categories: set[Filters]) -> None:
        for part in categories:
            for whole in categories:
                if part != whole and set(whole) < set(part):
                    for cell, column in self._cells[(what, part)].items():
                        self.program.row(0, INFINITY, {self._cells[(what, whole)][cell]: 1, column: -1})
        for pair in (*COMPLEMENTS, SEXES):
            names = [(one,) for one in pair]
            if () in categories and all(name in categories for name in names):
                for cell, column in self._cells[(what, ())].items():
                    terms = {column: 1.0, **{self._cells[(what, name)][cell]: -1.0 for name in names}}
                    self.program.row(0, INFINITY, terms)

    def _flows_of_the_list(self) -> None:
        count = len(self.slots) if self.has_list else 0
        self._in = [self.program.column() for _ in range(count)]
        self._out = [self.program.column() for _ in range(count)]
        self._at_first = self.program.column() if self.has_list else -1

    def _claim(self, r: Reading) -> int:
        key = (r.group, r.filters)
        column = self._quantities.get(key)
        if column is None:
            column = self._quantities[key] = self.program.column(free=r.kind == "net")
            self._tie(r, column)
        return self.program.row(r.low, INFINITY if r.high is None else r.high, {column: 1})

    def _tie(self, r: Reading, column: int) -> None:
        """The quantity lies between the narrow count and the wide one."""
        if r.filters and r.kind != "flow":
            return  # categories of the list meet their whole in the group, and have no history of their own
        if r.kind == "stock":
            self.program.row(0, 0, {**self.length(r.wide.known), column: -1.0})
        elif r.kind == "net" and r.since is not None:
            late, early = self.length(r.wide.known), self.length(r.since)
            terms = {key: late.get(key, 0) - early.get(key, 0) for key in {*late, *early}}
            self.program.row(0, 0, {**terms, column: -1.0})
        else:
            wide = self._count(r, r.wide)
            if r.narrow == r.wide:
                self.program.row(0, 0, {**wide, column: -1.0})
                return
            self.program.row(0, INFINITY, {**wide, column: -1.0})
            if r.narrow is not None:
                narrow = self._count(r, r.narrow)
                self.program.row(-INFINITY, 0, {**narrow, column: -1.0})

    def _count(self, r: Reading, over: Rectangle) -> Terms:
        after = r.since or (None if over.first is None else Instant(over.first))
        if r.kind == ADDED:
            return self.registered(after, over.known)
        if r.kind == REMOVED:
            released = self.verified(RELEASED, after, over.known)
            return {**self.left_otherwise(after, over.known), **released}
        terms = self.verified(r.what, None, over.known, over.first, over.last, r.filters)
        for column, now in zip(self.retracted.get(r.what, ()), self.covered(over.known), strict=False):
            if now and not r.filters:
                terms[column] = -1.0
        return terms

    def length(self, instant: Instant) -> Terms:
        """The list's length at an instant."""
        terms: Terms = {self._at_first: 1.0, **self.registered(None, instant)}
        terms.update(dict.fromkeys(self.left_otherwise(None, instant), -1.0))
        terms.update(dict.fromkeys(self.verified(RELEASED, None, instant), -1.0))
        return terms

    def _parts(self) -> None:
        """Within a group, parts are no more than their whole, and complementary parts make it up."""
        for group, members in self.groups.items():
            columns = {r.filters: self._quantities[(group, r.filters)] for r in members}
            for part, column in columns.items():
                for whole, above in columns.items():
                    if set(whole) < set(part):
                        self.program.row(0, INFINITY, {above: 1.0, column: -1.0})
            sexes = next((r.sexes for r in members if r.sexes), "")
            for row in _families(columns, sexes, self.program.column()):
                self.program.row(*row)

    @cached_property
    def groups(self) -> Mapping[object, list[Reading]]:
        found: dict[object, list[Reading]] = defaultdict(list)
        for r in self.readings:
            found[r.group].append(r)
        return found


def _families(columns: Mapping[Filters, int], sexes: str, spare: int) -> Iterator[tuple[float, float, Terms]]:
    """Rows for parts that make up a whole. `spare`: a free quantity, for adolescents that are not at hand."""
    for whole, above in columns.items():
        for one, other in COMPLEMENTS:
            names = [extended(whole, one), extended(whole, other)]
            if all(name in columns for name in names):
                yield 0, 0, {above: 1.0, **{columns[name]: -1.0 for name in names}}
        women, men = (extended(whole, sex) for sex in SEXES)
        if women not in columns or men not in columns:
            continue
        rest = {above: 1.0, columns[women]: -1.0, columns[men]: -1.0}
        young = {columns.get(extended(whole, ADOLESCENT), spare): -1.0}
        if sexes == "whole":
            yield 0, 0, rest
        elif sexes == "beside":
            yield 0, 0, {**rest, **young}
        else:
            yield 0, INFINITY, rest
            yield -INFINITY, 0, {**rest, **young}


def _instants(readings: Iterable[Reading]) -> Iterator[Instant]:
    for r in readings:
        yield r.wide.known
        if r.narrow is not None:
            yield r.narrow.known
        if r.since is not None:
            yield r.since
        if r.kind in (ADDED, REMOVED):
            for over in (r.wide, r.narrow):
                if over is not None and over.first is not None:
                    yield Instant(over.first)


def _edges(r: Reading) -> Iterator[int]:
    for over in (r.wide, r.narrow):
        if over is not None:
            yield from (edge for edge in (over.first, over.last) if edge is not None and abs(edge) < FAR)
