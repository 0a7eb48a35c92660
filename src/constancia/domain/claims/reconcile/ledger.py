"""What was known of each day when a bulletin that looks back was told: the same for all its figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from constancia.domain.claims.reconcile.axis import Cell
from constancia.domain.claims.reconcile.bulletins import Instant
from constancia.domain.claims.reconcile.partition import Filters, disjoint
from constancia.domain.claims.reconcile.program import INFINITY, Program
from constancia.domain.claims.reconcile.reading import Reading

Span = tuple[int, int]
Page = Mapping[tuple[Span, bool], int]


class Ledger:
    """For each bulletin, kind of event and category, how many events of each span of days were known.

    A page holds, for a span, all its events ("False") and those before the moment of that day at which the
    counts that end on it were drawn up ("True"): that moment too is the same for all of them.
    """

    def __init__(
        self,
        program: Program,
        readings: Iterable[Reading],
        cells: Mapping[tuple[str, Filters], Mapping[Cell, int]],
        covered: Callable[[Instant], Sequence[bool]],
        quantities: Mapping[tuple[object, Filters], int],
    ) -> None:
        self._program = program
        self._cells = cells
        self._covered = covered
        self._quantities = quantities
        self._told: dict[object, list[Reading]] = defaultdict(list)
        for r in readings:
            if r.told is not None:
                self._told[r.told].append(r)

    def build(self) -> None:
        for those in self._told.values():
            if len(those) > 1:
                self._bulletin(those)

    def _bulletin(self, those: Sequence[Reading]) -> None:
        what = those[0].what
        until = max((r.wide.known for r in those), key=lambda one: (one.minute, one.tag))
        pages = {filters: self._page(what, filters, until) for filters in sorted({r.filters for r in those})}
        for whole, page in pages.items():
            for part, below in pages.items():
                if set(whole) < set(part):
                    for key, column in page.items():
                        self._program.row(0, INFINITY, {column: 1.0, below[key]: -1.0})
            for some in disjoint(pages, whole):
                for key, column in page.items():
                    terms = {column: 1.0, **{pages[one][key]: -1.0 for one in some}}
                    self._program.row(0, INFINITY, terms)
        for r in those:
            self._tie(r, pages[r.filters])

    def _page(self, what: str, filters: Filters, until: Instant) -> Page:
        """No more of a span was known than was verified by the end."""
        known = self._covered(until)
        verified: dict[Span, dict[int, float]] = defaultdict(dict)
        for cell, column in self._cells[(what, filters)].items():
            of_span = verified[(cell.first, cell.last)]
            if known[cell.slot]:
                of_span[column] = 1.0
        page: dict[tuple[Span, bool], int] = {}
        for span, terms in verified.items():
            all_, early = self._program.column(), self._program.column()
            page[(span, False)], page[(span, True)] = all_, early
            self._program.row(0, INFINITY, {**terms, all_: -1.0})
            self._program.row(0, INFINITY, {all_: 1.0, early: -1.0})
        return page

    def _tie(self, r: Reading, page: Page) -> None:
        """The count is no more than the page has of its days, nor, where it is no floor, less."""
        column = self._quantities[(r.group, r.filters)]
        self._program.row(0, INFINITY, {**_sum(page, r.wide.first, r, r.narrow is None), column: -1.0})
        if r.narrow is not None:
            self._program.row(-INFINITY, 0, {**_sum(page, r.narrow.first, r, False), column: -1.0})


def _sum(page: Page, first: int | None, r: Reading, whole_last_day: bool) -> dict[int, float]:
    last = r.wide.last
    last_day = r.narrow.last if r.narrow is not None and not whole_last_day else last
    return {
        column: 1.0
        for (span, early), column in page.items()
        if (first is None or span[0] >= first)
        and (last is None or span[1] <= last)
        and early == (last_day is not None and span[0] >= last_day)
    }
