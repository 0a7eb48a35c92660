"""The engine: people of the register in memory, and who of them a mention may be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import fuzz, process

from constancia.domain.matching.shapes import Candidate, Known, Matched, Mention, Reason
from constancia.domain.names import match_key

TOP = 5
COVERAGE = 0.75
"""How many of a list's people the register is expected to hold, before anything is compared."""


class Index:
    """People of the register, ready to be asked. Any thread may ask; `replace` is for one at a time."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._people = {one.key: one for one in people}

    def __len__(self) -> int:
        return len(self._people)

    def known(self, key: int) -> Known | None:
        """What is compared of a person; None for one that is not in the index."""
        return self._people.get(key)

    def replace(self, people: Iterable[Known], gone: Collection[int] = ()) -> None:
        """Takes over what is known anew of `people`, and lets `gone` go."""
        for key in gone:
            self._people.pop(key, None)
        self._people.update({one.key: one for one in people})

    def match(
        self,
        mentions: Sequence[Mention],
        *,
        top: int = TOP,
        coverage: float = COVERAGE,
        only: Collection[int] | None = None,
    ) -> list[Matched]:
        """For each mention, in order, the likeliest `top` people; `only`: nobody but these (keys)."""
        names = {
            (one.key, name): match_key(name)
            for one in self._people.values()
            if only is None or one.key in only
            for name in one.names
        }
        return [self._one(mention, names, top) for mention in mentions]

    def _one(self, mention: Mention, names: dict[tuple[int, str], str], top: int) -> Matched:
        wanted = match_key(mention.name)
        if not wanted:
            return Matched((), 1.0, comparable=False)
        best: dict[int, Candidate] = {}
        for _, score, (key, name) in process.extract(wanted, names, scorer=fuzz.ratio, limit=3 * top):
            reason = Reason("name.exact" if score == 100 else "name.near", mention.name, name, score / 4 - 18)
            best.setdefault(key, Candidate(key, (score / 100) ** 8, reason.weight, (reason,)))
        found = tuple(best.values())[:top]
        total = sum(one.probability for one in found) + 0.05
        shared = tuple(
            Candidate(one.key, one.probability / max(1.0, total), one.weight, one.reasons) for one in found
        )
        return Matched(shared, max(0.0, 1 - sum(one.probability for one in shared)))
