"""What an alignment is worth, and the best name of each person for each mention."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from constancia.domain.matching.aligning import Aligned
from constancia.domain.matching.table import Table
from constancia.domain.matching.weighing import weights


class Row(NamedTuple):
    """One row of an alignment: its weight in bits, that of somebody of the family, its place, and whose."""

    weight: float
    kin: float
    place: int
    scored: Scored


class Scored:
    """Rows weighed. `keys`: the person of each place of the table."""

    def __init__(self, table: Table, keys: NDArray[np.int64], aligned: Aligned) -> None:
        self.table, self.aligned = table, aligned
        self._keys = keys
        self._weights = aligned.features @ weights().features
        self._kin = aligned.kin @ weights().features + weights().kin
        self._starts = np.searchsorted(
            aligned.mention, np.arange(1 + int(aligned.mention.max(initial=-1)) + 1)
        )

    def of(self, mention: int) -> Mapping[int, Row]:
        """Person → that person's best row for the mention."""
        if mention + 1 >= len(self._starts):
            return {}
        first, last = int(self._starts[mention]), int(self._starts[mention + 1])
        people = self._keys[self.table.person[self.aligned.form[first:last]]]
        order = np.argsort(self._weights[first:last], kind="stable")
        return {
            int(people[at]): Row(
                float(self._weights[first + at]), float(self._kin[first + at]), first + int(at), self
            )
            for at in order
        }
