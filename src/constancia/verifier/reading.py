"""JSON that is accepted in one form only (RFC 8785), and its parts, each of the type that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.strict_json import read_canonical

LARGEST_JSON = 64 * 2**20


def canonical_json(data: bytes) -> Any:
    """The value that the bytes write. Raises ProofRefused `proof.json` where they are no JSON, or not the one
    way to write it: a key twice, spaces, another order, floats."""
    return read_canonical(data, LARGEST_JSON)


class Part:
    """An object of a JSON document; whatever is not as asked for is ProofRefused `proof.content`, with the
    name of the field."""

    __slots__ = ("_value", "_where")

    def __init__(self, value: Any, where: str = "") -> None:
        if not isinstance(value, dict):
            raise ProofRefused("proof.content", field=where or "{}")
        self._value = value
        self._where = where

    def has(self, name: str) -> bool:
        """Whether it is there and not null."""
        return self._value.get(name) is not None

    def text(self, name: str) -> str:
        found = self._value.get(name)
        if not isinstance(found, str):
            raise self._wrong(name)
        return found

    def number(self, name: str) -> int:
        found = self._value.get(name)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self._wrong(name)
        return found

    def count(self, name: str) -> int:
        """A number from 0."""
        found = self.number(name)
        if found < 0:
            raise self._wrong(name)
        return found

    def flag(self, name: str) -> bool:
        found = self._value.get(name)
        if not isinstance(found, bool):
            raise self._wrong(name)
        return found

    def maybe_text(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def maybe_count(self, name: str) -> int | None:
        return self.count(name) if self.has(name) else None

    def part(self, name: str) -> Part:
        return Part(self._value.get(name), self._named(name))

    def maybe_part(self, name: str) -> Part | None:
        return self.part(name) if self.has(name) else None

    def items(self, name: str) -> list[Any]:
        found = self._value.get(name)
        if not isinstance(found, list):
            raise self._wrong(name)
        return found

    def parts(self, name: str) -> Iterator[Part]:
        for place, item in enumerate(self.items(name)):
            yield Part(item, f"{self._named(name)}[{place}]")

    def texts(self, name: str) -> tuple[str, ...]:
        return self._all_text(self.items(name), name)

    def text_lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(self._all_text(item, name) for item in self.items(name))

    def _all_text(self, found: Any, name: str) -> tuple[str, ...]:
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self._wrong(name)
        return tuple(found)

    def _named(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name

    def _wrong(self, name: str) -> ProofRefused:
        return ProofRefused("proof.content", field=self._named(name))
