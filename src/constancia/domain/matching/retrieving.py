"""Which people are worth a look for a name: those who share its rarest words, or words like them.

This is the blocking. Of every name at least the two rarest words are followed, and further ones while
that brings few people, so that somebody is lost only if both were written beyond recognition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from constancia.domain.matching.table import Small, Table
from constancia.domain.matching.vocabulary import Neighbours
from constancia.domain.names.parts import MOST_WORDS

ALWAYS = 2
"""Words of a name that are always followed."""
FEW = 0.03
"""Share of the register that a further word may bring."""
RARE = 300
"""A word, with those like it, that so few have is worth following alone."""
ENOUGH = 25
"""People who share that much, from which on nobody else is looked at."""
KEPT = 60
"""People per name that are compared word by word."""
_ROUGH = np.array([0.0, -2.0, -3.5, -3.0, -4.0, -4.0, -3.0, -5.5], np.float32)
"""What a likeness of each level takes off its surprise, for ranking before the comparison; in bits."""


class Retriever:
    """Candidates from one table. Keeps what it worked out for a word; for one thread and one list."""

    def __init__(self, table: Table, near: Mapping[str, Neighbours]) -> None:
        self._table = table
        self._near = near
        # In eights, so that an untouched stretch is passed over at once.
        self._marks = np.zeros(-(-len(table) // 8) * 8, np.uint8)
        self._eights = self._marks.view(np.uint64)
        self._rough: dict[str, NDArray[np.float32]] = {}

    def candidates(self, words: Sequence[str], allowed: NDArray[np.bool_] | None, kept: int = KEPT) -> Small:
        """Forms of the table, at most about `kept`, in the order of the table."""
        table = self._table
        wanted = [word for word in dict.fromkeys(words) if len(self._near[word].ids)][:MOST_WORDS]
        wanted.sort(key=lambda word: table.count(self._near[word].ids))
        found, rare = self._sharing(wanted)
        if allowed is not None:
            mine = allowed[table.person[found]]
            found, rare = found[mine], rare[mine]
        # Who shares two words, or one that few have, is before all who share one that many have.
        if rare.sum() >= ENOUGH:
            found = found[rare]
        if len(found) <= kept:
            return found
        names = table.columns[:, found]
        total = np.zeros(len(found), np.float32)
        for word in wanted:
            total += self._weights(word)[names].max(axis=0)
        best = np.argpartition(-total, kept)[:kept]
        return np.asarray(np.sort(found[best]))

    def _sharing(self, wanted: Sequence[str]) -> tuple[Small, NDArray[np.bool_]]:
        """Forms with any of the words followed, and which of them have two, or one that few have."""
        table, marks = self._table, self._marks
        brought, few = 0, 0
        limit = max(FEW * len(table), 2000)
        for rank, word in enumerate(wanted):
            ids = self._near[word].ids
            count = table.count(ids)
            brought += count
            if rank >= ALWAYS and brought > limit:
                break
            if count <= RARE:
                few |= 1 << rank
            for number in ids:
                marks[table.holders(number)] |= 1 << rank
        touched = np.flatnonzero(self._eights)
        near = (touched[:, None] * 8 + np.arange(8)[None, :]).ravel()
        found = near[marks[near] > 0].astype(np.int32)
        mark = marks[found]
        marks[found] = 0
        return found, (np.bitwise_count(mark) >= 2) | ((mark & few) > 0)

    def _weights(self, word: str) -> NDArray[np.float32]:
        """By word number, what the likeness is roughly worth; the last place is for no word."""
        found = self._rough.get(word)
        if found is None:
            near = self._near[word]
            found = np.zeros(len(self._table.vocabulary) + 1, np.float32)
            found[near.ids] = np.maximum(near.surprise + _ROUGH[near.levels], 0.05)
            self._rough[word] = found
        return found
