"""Text codes of the state table as small numbers, so that counting scans integers only."""

from __future__ import annotations

from dataclasses import fields

from constancia.apps.register.models import State, StateTerm
from constancia.domain.timeline.state import StateVersion
from constancia.infra.bulk import insert

GONE = "\x1f"
"""Begins what stands in the place of a text that was let go; no text that anybody writes does."""
_TEXTS = [field.name for field in fields(StateVersion) if field.type == "str"]


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


def let_go_unused() -> int:
    """Take away the texts that no state row has any more; returns how many. A number is never given twice:
    whoever keeps the texts in memory reads only those with a greater one."""
    used: set[int] = {0}
    for name in _TEXTS:
        used.update(State.objects.order_by().values_list(name, flat=True).distinct())
    unused = [row for row in StateTerm.objects.exclude(text__startswith=GONE) if row.pk not in used]
    for row in unused:
        row.text = f"{GONE}{row.pk}"
    StateTerm.objects.bulk_update(unused, ["text"], batch_size=200)
    return len(unused)
