"""What an import would do, before it does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from constancia.apps.accounts.models import User
from constancia.apps.imports.duplicates import Duplicate, DuplicateFinder
from constancia.apps.imports.opening import Opened, today
from constancia.apps.imports.reconciling import Reconciler, Status, Step
from constancia.domain.mapping import Refusal
from constancia.domain.mapping.cells import Row
from constancia.infra.tables import OpenTable

SHOWN = 500
"""Refusals and duplicates that are listed; all are counted."""
ROWS_SHOWN = 12
"""Rows that are named of refusals alike."""
EXAMPLES = 5

Progress = Callable[[int], None]


@dataclass(slots=True)
class RefusalGroup:
    """Refusals alike: same cell's column, same reason. `rows`: the first of them, `count` all."""

    refusal: Refusal
    rows: list[int]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """`by_kind`: facts that will be recorded, by kind. `refused_rows`: rows of which nothing will be.

    `refusals` and `duplicates` are the first SHOWN; `refusals_by_code` and `duplicates_total` count all.
    `known` counts rows that add nothing (imported before). `unused`: columns that the mapping does not read.
    `examples`: the first rows that record something.
    """

    title: str
    sheet: str
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    unused: tuple[str, ...]
    rows: int = 0
    new_people: int = 0
    more: int = 0
    known: int = 0
    refused_rows: int = 0
    detentions: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    refusals: tuple[Refusal, ...] = ()
    refusals_by_code: Counter[str] = field(default_factory=Counter)
    groups: tuple[RefusalGroup, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    duplicates_total: int = 0
    examples: tuple[Step, ...] = ()

    @property
    def facts(self) -> int:
        return sum(self.by_kind.values())

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Kinds with their counts, the most frequent first (a template cannot ask a Counter)."""
        return self.by_kind.most_common()


def planned(opened: Opened, progress: Progress | None = None) -> Iterator[Step | Refusal]:
    """Every row of the file, planned and held against the register. `progress` gets rows read so far."""
    counts = Counter(opened.planner.person_keys(opened.table.rows()))
    reconciler = Reconciler(opened.scheme, opened.text, counts, today())
    return reconciler.steps(opened.planner.plan(_counted(opened.table, progress)))


def _counted(table: OpenTable, progress: Progress | None) -> Iterator[Row]:
    for number, row in enumerate(table.rows(), start=1):
        if progress and number % 500 == 0:
            progress(number)
        yield row


@dataclass(slots=True)
class Tally:
    """Counts of what an import does, for the preview and for the commit alike."""

    rows: int = 0
    new_people: int = 0
    more: int = 0
    known: int = 0
    refused_rows: int = 0
    detentions: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)
    _groups: dict[tuple[object, ...], RefusalGroup] = field(default_factory=dict)
    _row: int = 0
    _refused: int = 0
    _shared: set[tuple[str, int]] = field(default_factory=set)

    def count(self, outcome: Step | Refusal) -> None:
        """Outcomes come in the order of the rows, those of one row together."""
        row = outcome.row if isinstance(outcome, Refusal) else outcome.case.row
        self.rows += row != self._row
        self._row = row
        if isinstance(outcome, Refusal):
            self.codes[outcome.code] += 1
            if outcome.whole_row:
                self.refused_rows += row != self._refused
                self._refused = row
            if len(self.refusals) < SHOWN:
                self.refusals.append(outcome)
            self._group(outcome)
            return
        self.new_people += outcome.status is Status.NEW
        self.more += outcome.status is Status.MORE
        self.known += outcome.status is Status.KNOWN
        self.by_kind.update(fact.kind for fact, _ in outcome.facts)
        begun = {slot for _, slot in outcome.facts if slot is not None and slot < 0}
        if outcome.again:
            before = len(self._shared)
            self._shared.update((outcome.key, slot) for slot in begun)
            self.detentions += len(self._shared) - before
        else:
            self.detentions += len(begun)

    def _group(self, refusal: Refusal) -> None:
        key = (refusal.column, refusal.code, *sorted(refusal.params.items()), refusal.whole_row)
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) >= SHOWN:
                return
            group = self._groups[key] = RefusalGroup(refusal, [])
        group.count += 1
        if len(group.rows) < ROWS_SHOWN:
            group.rows.append(refusal.row)

    @property
    def groups(self) -> tuple[RefusalGroup, ...]:
        """The most frequent first."""
        return tuple(sorted(self._groups.values(), key=lambda group: (-group.count, group.rows[0])))


def make_preview(user: User, opened: Opened, progress: Progress | None = None) -> Preview:
    """Reads the whole file; records nothing."""
    tally = Tally()
    finder = DuplicateFinder(user)
    examples: list[Step] = []
    for outcome in planned(opened, progress):
        tally.count(outcome)
        if isinstance(outcome, Step) and outcome.status is Status.NEW:
            finder.add(outcome)
        if isinstance(outcome, Step) and outcome.facts and len(examples) < EXAMPLES:
            examples.append(outcome)
    found = list(finder.found())
    table = opened.table
    return Preview(
        title=opened.title,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        columns=tuple(opened.planner.columns.name(at) for at in range(len(table.header))),
        unused=opened.planner.unused,
        rows=tally.rows,
        new_people=tally.new_people,
        more=tally.more,
        known=tally.known,
        refused_rows=tally.refused_rows,
        detentions=tally.detentions,
        by_kind=tally.by_kind,
        refusals=tuple(tally.refusals),
        refusals_by_code=tally.codes,
        groups=tally.groups,
        duplicates=tuple(found[:SHOWN]),
        duplicates_total=len(found),
        examples=tuple(examples),
    )
