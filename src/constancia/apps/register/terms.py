"""Text codes of the state table as small numbers, so that counting scans integers only."""

from __future__ import annotations

from constancia.apps.register.models import StateTerm
from constancia.infra.bulk import insert


class Terms:
    """The interned texts. New ones are kept until `flush`, which belongs to the same transaction."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = dict(StateTerm.objects.values_list("text", "id"))
        self._numbers.setdefault("", 0)
        self._next = max(self._numbers.values()) + 1
        self._new: list[tuple[int, str]] = []

    def number(self, text: str) -> int:
        """The number of `text`, given now if it has none."""
        found = self._numbers.get(text)
        if found is None:
            found = self._next
            self._next += 1
            self._numbers[text] = found
            self._new.append((found, text))
        return found

    def flush(self) -> None:
        """Write the new texts."""
        if self._new:
            insert(StateTerm, self._new, names=["id", "text"])
            self._new = []


def texts() -> dict[int, str]:
    """Number → text, all of them."""
    found = dict(StateTerm.objects.values_list("id", "text"))
    found[0] = ""
    return found
