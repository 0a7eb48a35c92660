"""People by the number of an identity document, also by one with a slip in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from constancia.domain.matching.evidence import document_key
from constancia.domain.matching.shapes import Known

_LEAST = 7


class Documents:
    """Numbers without any one digit lead to people: two numbers one slip apart share one such."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._near: dict[str, set[int]] = defaultdict(set)
        for one in people:
            for number in one.documents:
                key = document_key(number)
                if not key:
                    continue
                self._exact[key].add(one.key)
                for shorter in _without_one(key):
                    self._near[shorter].add(one.key)

    def like(self, number: str) -> list[int]:
        """Keys of the people with that number, or one that is a slip away; in order."""
        key = document_key(number)
        found = set(self._exact.get(key, ()))
        for shorter in (key, *_without_one(key)):
            found |= self._near.get(shorter, set()) | self._exact.get(shorter, set())
        return sorted(found)


def _without_one(key: str) -> Iterator[str]:
    if len(key) >= _LEAST:
        for at in range(len(key)):
            yield key[:at] + key[at + 1 :]
