"""State versions in a list, read as the register would give them."""

from __future__ import annotations

import numpy as np

from constancia.apps.figures.reading import COLUMNS, TEXTS


class MemoryReader:
    def __init__(self, rows=()):
        self.rows, self.changes, self._terms = list(rows), [], {"": 0}
        if self.rows:
            self.changes.append(0)

    def rewrite(self, detention, rows):
        self.rows = [r for r in self.rows if r.detention != detention] + list(rows)
        self.changes.append(detention)

    def latest_change(self):
        return len(self.changes)

    def all_rows(self):
        yield self._array(self.rows)

    def rewritten(self, after, upto):
        return sorted(set(self.changes[after:upto]))

    def rows_of(self, detentions):
        return self._array([r for r in self.rows if r.detention in detentions])

    def erased(self):
        return {}

    def terms(self, after):
        return {number: text for text, number in self._terms.items() if number > after}

    def _array(self, rows):
        def whole(column, value):
            return self._terms.setdefault(value, len(self._terms)) if column in TEXTS else value

        lines = [[whole(column, getattr(r, column)) for column in COLUMNS] for r in rows]
        return np.array(lines, dtype=np.int64).reshape(len(rows), len(COLUMNS))
