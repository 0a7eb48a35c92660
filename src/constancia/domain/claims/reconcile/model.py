"""The readings of one component as a linear program over non-negative unknowns.

Unknowns: for each kind of event and each category, how many of each span of days were verified in each slot
of knowledge; who came onto the list and who left it otherwise in each slot; the list's length before
everything; and one quantity per group and category, which the claims bound. Only the claims' own rows can be
set aside: what is left holds in any world.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from constancia.domain.claims.reconcile.assertion import ADDED, DETAINED, FAR, MINUTES, RELEASED, REMOVED
from constancia.domain.claims.reconcile.axis import Cell, Slot, events, knowledge, known_by
from constancia.domain.claims.reconcile.bulletins import Instant
from constancia.domain.claims.reconcile.ledger import Ledger
from constancia.domain.claims.reconcile.partition import EVERYTHING, Filters, disjoint
from constancia.domain.claims.reconcile.populations import ADOLESCENT, COMPLEMENTS, SEXES
from constancia.domain.claims.reconcile.program import INFINITY, Program
from constancia.domain.claims.reconcile.reading import Reading, Rectangle, extended

Terms = dict[int, float]
AFTER_LIST = "after the list of "
_LIST = frozenset({"stock", "net", ADDED, REMOVED})


class Model:
    """`whole`: unknowns are whole numbers. `retractions`: what was verified may be taken back.

    `assumptions`: by an id of its own, that what was released on the day of a list, by a count that begins on
    that day, came after the list. None counts until it is used.
    """

    def __init__(
        self, readings: Sequence[Reading], *, whole: bool = False, retractions: bool = False
    ) -> None:
        self.readings = list(readings)
        self._by_id = {r.id: r for r in readings}
        self.program = Program()
        self._retractions = retractions
        self.slots: list[Slot] = knowledge(_instants(readings))
        self._covered: dict[Instant, list[bool]] = {}
        self._events: dict[str, list[tuple[int, int]]] = {}
        self._cells: dict[tuple[str, Filters], dict[Cell, int]] = {}
        self._spans: dict[tuple[str, Filters], dict[tuple[int, int], dict[int, int]]] = {}
        self._quantities: dict[tuple[object, Filters], int] = {}
        self.retracted: dict[str, list[int]] = {}
        self.has_list = any(r.kind in _LIST for r in readings)
        self._series()
        self._flows_of_the_list()
        self.rows = {r.id: self._claim(r) for r in readings}
        self._parts()
        self._series_alike()
        Ledger(self.program, readings, self._cells, self.covered, self._quantities).build()
        self.assumptions = dict(self._after_lists())
        self.program.build()
        if whole:
            self.program.whole_numbers()
        self._active = {r.id for r in readings}
        self._bounds = {r.id: (r.low, INFINITY if r.high is None else r.high) for r in readings}
        self._bounds |= dict.fromkeys(self.assumptions, (0, 0))

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
        reading = self._by_id[id]
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
        slots = [number for number in range(len(self.slots)) if late[number] and not early[number]]
        return {
            columns[number]: 1.0
            for (begin, end), columns in self._spans.get((what, filters), {}).items()
            if (first is None or begin >= first)
            and (last is None or end <= last)
            and (ending_after is None or end > ending_after)
            for number in slots
            if number in columns
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
                by_span = self._spans[(what, filters)] = {}
                for cell, column in self._cells[(what, filters)].items():
                    by_span.setdefault((cell.first, cell.last), {})[cell.slot] = column
            if self._retractions:
                self.retracted[what] = [self.program.column() for _ in self.slots]
            self._within(what, categories)

    def _within(self, what: str, categories: set[Filters]) -> None:
        for part in categories:
            for whole in categories:
                if part != whole and set(whole) < set(part):
                    for cell, column in self._cells[(what, part)].items():
                        self.program.row(0, INFINITY, {self._cells[(what, whole)][cell]: 1, column: -1})
            for some in disjoint(categories, part):
                for cell, column in self._cells[(what, part)].items():
                    terms = {column: 1.0, **{self._cells[(what, one)][cell]: -1.0 for one in some}}
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
            self.program.row(0, 0, {**_less(late, early), column: -1.0})
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
        terms = self.verified(r.what, over.after, over.known, over.first, over.last, r.filters)
        if not r.filters and r.what in self.retracted:
            terms |= dict.fromkeys(self._between(self.retracted[r.what], over.after, over.known), -1.0)
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
                for some in disjoint(columns, part):
                    self.program.row(0, INFINITY, {column: 1.0, **{columns[one]: -1.0 for one in some}})
            sexes = next((r.sexes for r in members if r.sexes), "")
            open_ = frozenset[str]().union(*(r.open for r in members))
            for row in _families(columns, sexes, open_, self.program.column()):
                self.program.row(*row)

    def _series_alike(self) -> None:
        """Counts from one first day that may or may not be in them have it all or none of them: what one has
        more than the one before was verified in between."""
        series: dict[object, dict[object, Reading]] = defaultdict(dict)
        for r in self.readings:
            if r.series is not None and r.narrow is not None and r.narrow.known == r.wide.known:
                series[(r.series, r.filters)].setdefault(r.group, r)
        for those in series.values():
            for one, other in pairwise(sorted(those.values(), key=lambda r: r.wide.known.minute)):
                early, late = one.wide.known, other.wide.known
                if early.minute == late.minute or (early.tag and late.minute < early.minute + MINUTES):
                    continue
                more = {self.quantity(other.id): 1.0, self.quantity(one.id): -1.0}
                most = _less(self._count(other, other.wide), self._count(one, one.wide))
                self.program.row(-INFINITY, 0, {**more, **{c: -value for c, value in most.items()}})
                if other.narrow is not None and one.narrow is not None:
                    least = _less(self._count(other, other.narrow), self._count(one, one.narrow))
                    self.program.row(0, INFINITY, {**more, **{c: -value for c, value in least.items()}})

    def _after_lists(self) -> Iterator[tuple[str, int]]:
        days = {r.wide.known for r in self.readings if r.kind == "stock" and not r.filters}
        firsts = {r.first_day for r in self.readings if r.kind == "flow" and r.what == RELEASED}
        listed = (one for one in days if one.tag == "day" and one.minute in firsts)
        for known in sorted(listed, key=lambda one: one.minute):
            terms = self.verified(RELEASED, None, known, known.minute)
            if terms:
                id = f"{AFTER_LIST}{known.minute}"
                self.rows[id] = self.program.row(-INFINITY, INFINITY, terms)
                yield id, known.minute

    @cached_property
    def groups(self) -> Mapping[object, list[Reading]]:
        found: dict[object, list[Reading]] = defaultdict(list)
        for r in self.readings:
            found[r.group].append(r)
        return found


def _less(some: Terms, others: Terms) -> Terms:
    return {key: some.get(key, 0) - others.get(key, 0) for key in {*some, *others}}


def _families(
    columns: Mapping[Filters, int], sexes: str, open_: frozenset[str], spare: int
) -> Iterator[tuple[float, float, Terms]]:
    """Rows for parts that make up a whole. `spare`: a free quantity, for adolescents that are not at hand."""
    for whole, above in columns.items():
        for one, other in COMPLEMENTS:
            names = [extended(whole, one), extended(whole, other)]
            if not open_ & {EVERYTHING, one[0]} and all(name in columns for name in names):
                yield 0, 0, {above: 1.0, **{columns[name]: -1.0 for name in names}}
        if open_ & {EVERYTHING, SEXES[0][0]}:
            continue
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
            yield -INFINITY, 0, {**rest, **young}


def _instants(readings: Iterable[Reading]) -> Iterator[Instant]:
    for r in readings:
        yield r.wide.known
        if r.narrow is not None:
            yield r.narrow.known
        if r.since is not None:
            yield r.since
        if r.wide.after is not None:
            yield r.wide.after
        if r.kind in (ADDED, REMOVED):
            for over in (r.wide, r.narrow):
                if over is not None and over.first is not None:
                    yield Instant(over.first)


def _edges(r: Reading) -> Iterator[int]:
    for over in (r.wide, r.narrow):
        if over is not None:
            yield from (edge for edge in (over.first, over.last) if edge is not None and abs(edge) < FAR)
