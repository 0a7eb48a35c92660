"""An imprecise date means an interval; nothing fills in a missing day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ImpreciseDate:
    """A day, month, year, decade, interval, before/after, about, part of a month or year, or unknown.

    `edtf`: canonical EDTF (ISO 8601-2) text, "" for unknown.
    `earliest`, `latest`: the closed interval of days it can mean; None where that side is open.
    `words`: as the source wrote it, never altered.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    words: str = ""

    @property
    def day(self) -> date | None:
        """The reckoning day: the middle day, the closed end where the other is open, None if both are.

        With an even number of days the earlier of the two middle days.
        """
        if self.earliest is None:
            return self.latest
        if self.latest is None:
            return self.earliest
        return date.fromordinal((self.earliest.toordinal() + self.latest.toordinal()) // 2)

    @property
    def span(self) -> int | None:
        """Number of days it can mean, None where a side is open. Smaller is more precise."""
        if self.earliest is None or self.latest is None:
            return None
        return self.latest.toordinal() - self.earliest.toordinal() + 1


UNKNOWN = ImpreciseDate("", None, None)
