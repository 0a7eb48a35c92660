"""The state versions in memory, by columns, kept as fresh as the register."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from constancia.apps.figures.reading import COLUMNS, StateReader
from constancia.domain.vocabulary.terms import Grade
from constancia.infra.columnar import ColumnarTable, Rows

_ENTRY_GRADE = list(COLUMNS).index("entry_grade")
RELOAD_AT = 50_000
"""Detentions rewritten at once from which loading everything anew is quicker than replacing."""


class Terms:
    """The interned texts, both ways, and which of them satisfy a condition (remembered per condition)."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {0: ""}
        self._ids: dict[str, int] = {"": 0}
        self._matching: dict[str, tuple[int, ...]] = {}

    def read(self, reader: StateReader) -> None:
        """Adds the terms that are new; whoever is reading the old ones meanwhile goes on with them."""
        if new := reader.terms(max(self._texts)):
            self._texts = {**self._texts, **new}
            self._ids = {text: number for number, text in self._texts.items()}
            self._matching = {}  # last: what is remembered in it was found among the terms of now

    def text(self, number: int) -> str:
        return self._texts[number]

    def id(self, text: str) -> int:
        """-1 for a text that no row can have."""
        return self._ids.get(text, -1)

    def ids(self, texts: tuple[str, ...]) -> tuple[int, ...]:
        """Those of the texts that some row may have; never empty."""
        return tuple(self._ids[text] for text in texts if text in self._ids) or (-1,)

    def matching(self, name: str, condition: Callable[[str], bool]) -> tuple[int, ...]:
        """Ids of all terms for which `condition` holds, never empty; `name` names the condition for ever."""
        remembered = self._matching
        if name not in remembered:
            ids = tuple(number for number, text in self._texts.items() if condition(text))
            remembered[name] = ids or (-1,)
        return remembered[name]


class Snapshot:
    """One per process and register. `refresh` before counting; any thread may call anything."""

    def __init__(self, reader: StateReader, *, memory: str = "512MB") -> None:
        self._reader = reader
        self.table = ColumnarTable("state", COLUMNS, "detention", memory=memory)
        self.terms = Terms()
        self.erased: Mapping[int, int] = {}
        self._change: int | None = None
        self._graded = dict.fromkeys(Grade, 0)
        self._refreshing = threading.Lock()

    @property
    def change(self) -> int | None:
        """The last change of the register that is taken over."""
        return self._change

    def change_of(self, least: Grade) -> int:
        """The last change that is taken over and concerned a row with an entry of grade `least` or above,
        one that went or one that came: a count of such rows alone is the same since then."""
        return self._graded[least]

    def refresh(self) -> Snapshot:
        """Takes over what was rewritten since the last time; everything at first and after a restore."""
        if self._reader.latest_change() == self._change:
            return self
        with self._refreshing:
            # Read again: another thread may have taken over more than there was a moment ago. And before
            # the rows: what is rewritten while they are read is taken over again next time.
            latest = self._reader.latest_change()
            grades: Collection[int] = ()
            if self._change is None or latest < self._change:
                grades = self._load()
            elif latest > self._change:
                grades = self._take_over(self._reader.rewritten(self._change, latest))
            self.erased = self._reader.erased()
            highest = max(grades, default=-1)
            self._graded |= {grade: latest for grade in Grade if grade <= highest}
            self._change = latest
        return self

    def _load(self) -> Collection[int]:
        self.table.load(self._all_rows())
        return tuple(Grade)

    def _take_over(self, detentions: Sequence[int]) -> Collection[int]:
        """The grades of the entries in the rows that went and in those that came."""
        if len(detentions) > RELOAD_AT or self.table.replaced > 4 * RELOAD_AT:
            return self._load()
        rows = self._reader.rows_of(detentions)
        self.terms.read(self._reader)
        gone = self.table.replace(detentions, rows, "entry_grade")
        return gone | set(rows[:, _ENTRY_GRADE].tolist())

    def _all_rows(self) -> Iterator[Rows]:
        yield from self._reader.all_rows()
        # After the rows and before anybody sees them: no row has a text that is not known yet.
        self.terms.read(self._reader)

    def close(self) -> None:
        self.table.close()
