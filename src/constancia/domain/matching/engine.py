"""The engine: people of the register in memory, and who of them a mention may be.

    index = Index(people)
    index.match([Mention("Perez Gil Juan")])   →   candidates with probabilities and reasons, or nobody

Names are compared word by word (`vocabulary`, `aligning`), what is found is weighed (`weighing`), and what
lists say beyond the name is added (`evidence`). Each mention is looked at alone; `proposing` sees the list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

from constancia.domain.matching.aligning import align
from constancia.domain.matching.documents import Documents
from constancia.domain.matching.evidence import Common, beyond_the_name, says_more
from constancia.domain.matching.explaining import name_reasons
from constancia.domain.matching.retrieving import KEPT, Retriever
from constancia.domain.matching.scored import Row, Scored
from constancia.domain.matching.shapes import Candidate, Known, Matched, Mention, Reason
from constancia.domain.matching.table import BELIEVED, Table
from constancia.domain.matching.weighing import weights
from constancia.domain.names.parts import MOST_WORDS, Words, taken_apart

TOP = 5
COVERAGE = 0.75
"""How many of a list's people the register is expected to hold, before anything is compared."""
SHARE_RECENT = 0.02
LEAST_RECENT = 500
"""People taken over beside the tables: from so many on (or that share) the tables are made anew."""
_OF_FAMILIES = frozenset({"state.agrees", "state.other"})
NAMED_AFTER = log2(0.1)
"""How often somebody of a family has the given names of another, in bits: set by hand, on the high side."""
WORTH_SAYING = 1e-4
"""Probability from which on it is said how a name was compared."""
PIECE = 500
"""Mentions compared at once: bounds memory."""


class Index:
    """People of the register, ready to be asked. Never changes: any thread may ask; see `replaced`."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._people = {one.key: one for one in people}
        order = list(self._people.values())
        self._common = Common.of(order)
        self._parts: tuple[Part, ...] = (Part(order, Table(order)),)
        self._changed: Mapping[int, Known | None] = {}

    def __len__(self) -> int:
        return len(self._people)

    def known(self, key: int) -> Known | None:
        """What is compared of a person; None for one that is not in the index."""
        return self._people.get(key)

    def people(self) -> Collection[Known]:
        """Everybody in the index."""
        return self._people.values()

    def replaced(self, people: Iterable[Known], gone: Collection[int] = ()) -> Index:
        """The index with what is known anew of `people`, and without `gone`.

        A few people stand in a small table beside the large one, compared by how common words are in the
        large one; of many, everything is made anew.
        """
        fresh = {one.key: one for one in people}
        everybody = {key: one for key, one in self._people.items() if key not in gone} | fresh
        changed = {**self._changed, **dict.fromkeys(gone), **fresh}
        if len(changed) > max(LEAST_RECENT, SHARE_RECENT * len(everybody)):
            return Index(everybody.values())
        main = self._parts[0]
        recent = [one for one in changed.values() if one is not None]
        found = object.__new__(Index)
        found._people, found._common, found._changed = everybody, self._common, changed
        found._parts = (main.without(changed), Part(recent, Table(recent, common=main.table)))
        return found

    def match(
        self,
        mentions: Sequence[Mention],
        *,
        top: int = TOP,
        coverage: float = COVERAGE,
        only: Collection[int] | None = None,
        leaving_out: Sequence[int] | None = None,
        kept: int = KEPT,
    ) -> list[Matched]:
        """For each mention, in order, the likeliest `top` people.

        `coverage`: how many of the mentions are expected to be in the register. `only`: nobody but these
        (keys). `leaving_out`: for each mention one key that it is not, as for people of the register itself.
        `kept`: how many people are compared word by word; fewer are quicker.
        """
        found: list[Matched] = []
        allowed = None if only is None else frozenset(only)
        for start in range(0, len(mentions), PIECE):
            piece = slice(start, start + PIECE)
            apart = leaving_out[piece] if leaving_out is not None else None
            found += self._piece(mentions[piece], top, coverage, allowed, apart, kept)
        return found

    def _piece(
        self,
        mentions: Sequence[Mention],
        top: int,
        coverage: float,
        only: frozenset[int] | None,
        leaving_out: Sequence[int] | None,
        kept: int,
    ) -> list[Matched]:
        apart = [taken_apart(mention.name) for mention in mentions]
        words = [one.words[:MOST_WORDS] for one in apart]
        scored = [part.scored(words, only, kept) for part in self._parts if len(part)]
        nobody = weights().nobody_at(len(self._people) + BELIEVED, coverage), weights().odds(coverage)
        return [
            self._matched(
                mention,
                apart[at],
                self._best(
                    mention, [one.of(at) for one in scored], only, leaving_out[at] if leaving_out else None
                ),
                top,
                nobody,
            )
            for at, mention in enumerate(mentions)
        ]

    def _best(
        self,
        mention: Mention,
        rows: Sequence[Mapping[int, Row]],
        only: frozenset[int] | None,
        leaving_out: int | None,
    ) -> dict[int, Row | None]:
        """Everybody to be weighed, each with the best of their names; None for who is found otherwise."""
        best: dict[int, Row | None] = {key: row for mine in rows for key, row in mine.items()}
        if mention.document:
            for part in self._parts:
                for key in part.with_document(mention.document):
                    if only is None or key in only:
                        best.setdefault(key, None)
        if leaving_out is not None:
            best.pop(leaving_out, None)
        return best

    def _matched(
        self,
        mention: Mention,
        apart: Words,
        best: Mapping[int, Row | None],
        top: int,
        nobody: tuple[float, float],
    ) -> Matched:
        if not apart.words and not best:
            return Matched((), 1.0, comparable=False)
        more = says_more(mention)
        total: dict[int, float] = {}
        beyond: dict[int, list[Reason]] = {}
        family: list[float] = []
        for key, row in best.items():
            reasons = beyond_the_name(mention, self._people[key], self._common) if more else []
            beyond[key] = reasons
            total[key] = (row.weight if row else 0.0) + sum(reason.weight for reason in reasons)
            if row:
                # A family lives in one state: what is said of it speaks for every one of them.
                shared = sum(reason.weight for reason in reasons if reason.comparison in _OF_FAMILIES)
                family.append(row.kin + nobody[1] + shared)
                # And a son often has his father's very name: then only what is beyond it tells them apart.
                family.append(row.weight + weights().kin + NAMED_AFTER + nobody[1] + shared)
        chosen = sorted(total, key=lambda key: (-total[key], key))
        share, none = _shared([total[key] for key in chosen], [nobody[0], *family])
        candidates = tuple(
            Candidate(
                key,
                probability,
                total[key],
                (*name_reasons(apart.words, row), *beyond[key])
                if (row := best[key]) is not None and probability >= WORTH_SAYING
                else tuple(beyond[key]),
            )
            for key, probability in zip(chosen[:top], share, strict=False)
        )
        sure = apart.sure or bool(candidates and candidates[0].probability >= 0.5)
        return Matched(candidates, none, comparable=sure)


class Part:
    """One table with its people. `gone`: people who are in the table and no longer count."""

    def __init__(
        self,
        people: Sequence[Known],
        table: Table,
        gone: frozenset[int] = frozenset(),
        documents: Documents | None = None,
    ) -> None:
        self.table = table
        self._order = people
        self._keys = np.array([one.key for one in people], np.int64)
        self._gone = gone
        self._documents = documents or Documents(people)

    def __len__(self) -> int:
        return len(self.table)

    def without(self, gone: Collection[int]) -> Part:
        """The same table without these people (keys)."""
        return Part(self._order, self.table, frozenset(gone), self._documents)

    def with_document(self, number: str) -> list[int]:
        """People with that document number, or one a slip away."""
        return [key for key in self._documents.like(number) if key not in self._gone]

    def scored(self, words: Sequence[Sequence[str]], only: frozenset[int] | None, kept: int) -> Scored:
        """The best name of every candidate, for each mention."""
        near = self.table.vocabulary.neighbours(word for one in words for word in one)
        retriever = Retriever(self.table, near)
        allowed = self._allowed(only)
        aligned = align(self.table, words, near, [retriever.candidates(one, allowed, kept) for one in words])
        return Scored(self.table, self._keys, aligned)

    def _allowed(self, only: frozenset[int] | None) -> NDArray[np.bool_] | None:
        if only is None and not self._gone:
            return None
        allowed = np.ones(len(self._keys), bool)
        if only is not None:
            allowed &= np.isin(self._keys, np.fromiter(only, np.int64, len(only)))
        if self._gone:
            allowed &= ~np.isin(self._keys, np.fromiter(self._gone, np.int64, len(self._gone)))
        return allowed


def _shared(total: Sequence[float], nobody: Sequence[float]) -> tuple[list[float], float]:
    """Each one's probability, and nobody's: in proportion to 2 to the power of the weight."""
    if not total:
        return [], 1.0
    raised = np.exp2(np.array([*total, *nobody]) - max(*total, *nobody))
    raised /= raised.sum()
    return [float(one) for one in raised[: len(total)]], float(raised[len(total) :].sum())
