"""What is measured, in which unit, and what a register of 100,000 people should reach on two cores."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table. `most`: the value to stay under at 100,000 people, None where there is none."""

    key: str
    label: str
    unit: str
    most: float | None = None
    digits: int = 0

    @property
    def text(self) -> str:
        return "" if self.most is None else f"< {self.most:,.0f}"


GOALS = (
    Goal("facts", "facts recorded", "facts"),
    Goal("import_s", "import of the CSV", "s", 180, 1),
    Goal("review_s", "review of the whole import by a second person", "s", None, 1),
    Goal("store_mb", "register on disk", "MB"),
    Goal("snapshot_ms", "first reading of the columnar snapshot", "ms"),
    Goal("held_ms", "held on D as known on T", "ms", 50, 1),
    Goal("held_then_ms", "held on D as known then, by reports", "ms", 50, 1),
    Goal("held_by_ms", "the same by sex, state and profile", "ms", None, 1),
    Goal("series_ms", "a year's daily series", "ms", 300, 1),
    Goal("balance_ms", "one balance", "ms", 200, 1),
    Goal("search_ms", "search without accents", "ms", 50, 1),
    Goal("search_rare_ms", "search by a whole name", "ms", 50, 1),
    Goal("record_ms", "recording one fact", "ms", None, 1),
    Goal("memory_mb", "memory of this process", "MB", 400),
    Goal("ready_s", "`serve` ready", "s", 3, 2),
    Goal("home_ms", "home page", "ms", 100, 1),
    Goal("home_kb", "home page", "kB", 100, 1),
    Goal("case_ms", "case page", "ms", 100, 1),
    Goal("case_kb", "case page", "kB", 100, 1),
    Goal("served_mb", "memory of the serving process", "MB", 400),
)
