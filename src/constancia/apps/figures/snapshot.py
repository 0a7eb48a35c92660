"""The state versions in memory, by columns, kept as fresh as the register."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

from constancia.apps.figures.reading import COLUMNS, StateReader
from constancia.infra.columnar import ColumnarTable, Rows

RELOAD_AT = 50_000
"""Detentions rewritten at once from which loading everything anew is quicker than replacing."""


class Terms:
    """The interned texts, both ways, and which of them satisfy a condition (remembered per condition)."""

    def __init__(self) -> None:
        self._texts: dict[int, str] = {0: ""}
        self._ids: dict[str, int] = {"": 0}
        self._latest = 0
        self._matching: dict[tuple[str, int], tuple[int, ...]] = {}

    def read(self, reader: StateReader) -> None:
        """Adds the terms that are new since the last time."""
        for number, text in reader.terms(self._latest).items():
            self._texts[number] = text
            self._ids[text] = number
            self._latest = max(self._latest, number)

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
        key = (name, len(self._texts))
        if key not in self._matching:
            ids = tuple(number for number, text in self._texts.items() if condition(text))
            self._matching[key] = ids or (-1,)
        return self._matching[key]


class Snapshot:
    """One per process and register. `refresh` before counting; any thread may call anything."""

    def __init__(self, reader: StateReader, *, memory: str = "512MB") -> None:
        self._reader = reader
        self.table = ColumnarTable("state", COLUMNS, "detention", memory=memory)
        self.terms = Terms()
        self._change: int | None = None
        self._refreshing = threading.Lock()

    @property
    def change(self) -> int | None:
        """The last change of the register that is taken over."""
        return self._change

    def refresh(self) -> Snapshot:
        """Takes over what was rewritten since the last time; everything at first and after a restore."""
        latest = self._reader.latest_change()
        if latest == self._change:
            return self
        with self._refreshing:
            if self._change is None or latest < self._change:
                self._load(latest)
            elif latest != self._change:
                latest, detentions, rows = self._reader.rows_since(self._change)
                self.terms.read(self._reader)
                if len(detentions) > RELOAD_AT or self.table.replaced > 4 * RELOAD_AT:
                    self._load(latest)
                else:
                    self.table.replace(detentions, rows)
                    self._change = latest
        return self

    def _load(self, latest: int) -> None:
        # `latest` was read before the rows: what is rewritten meanwhile is taken over again next time.
        self.table.load(self._all_rows())
        self._change = latest

    def _all_rows(self) -> Iterator[Rows]:
        yield from self._reader.all_rows()
        # After the rows and before anybody sees them: no row has a text that is not known yet.
        self.terms.read(self._reader)

    def close(self) -> None:
        self.table.close()
