"""Measures counting over synthetic state versions: `python bench/counting.py [people …]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

from synthetic_states import SyntheticStates

from constancia.apps.figures.asking import ask
from constancia.apps.figures.balance import balance
from constancia.apps.figures.counting import count
from constancia.apps.figures.series import series
from constancia.apps.figures.snapshot import Snapshot
from constancia.domain.figures.periods import buckets

ZONE = ZoneInfo("America/Caracas")


def main() -> None:
    for people in [int(argument) for argument in sys.argv[1:]] or [1_000, 10_000, 100_000]:
        before = _megabytes()
        reader = SyntheticStates(people)
        given = _megabytes()
        started = perf_counter()
        snapshot = Snapshot(reader).refresh()
        loaded = perf_counter() - started
        rows = snapshot.table.rows("SELECT count(*) FROM state")[0][0]
        print(f"{people} people, {rows} rows: loaded in {loaded * 1000:.0f} ms")
        made, held = given - before, _megabytes() - given
        print(f"  memory: {before:.0f} MB before, +{made:.0f} made up, +{held:.0f} loaded")
        for name, work in _works(snapshot):
            wall, cpu = _milliseconds(work)
            print(f"  {name:40} {wall:8.1f} ms {cpu:8.1f} ms of processor")


def _works(snapshot: Snapshot) -> list[tuple[str, Callable[[], Any]]]:
    year = buckets(date(2025, 1, 1), date(2025, 12, 31), "daily")
    day, then = date(2025, 12, 31), date(2025, 12, 24)

    def asked(name: str, by: tuple[str, ...] = (), **more: Any) -> Any:
        return ask(name, more.pop("as_of", day), day, zone=ZONE, default_rule="foro_penal", by=by, **more)

    return [
        ("held", lambda: count(snapshot, asked("held"))),
        ("held by six dimensions", lambda: count(snapshot, asked("held", SIX))),
        ("released in a week by kind", lambda: count(snapshot, asked("released", ("kind",), start=then))),
        ("a year of days, held", lambda: series(snapshot, asked("held"), year)),
        (
            "a year of days, held by sex and age",
            lambda: series(snapshot, asked("held", ("sex_and_age",)), year),
        ),
        ("a year of days, held by six dimensions", lambda: series(snapshot, asked("held", SIX), year)),
        ("a year of days, released by kind", lambda: series(snapshot, asked("released", ("kind",)), year)),
        ("a year of days, detained since 2014", lambda: series(snapshot, asked("detained_since"), year)),
        ("balance of a week", lambda: balance(snapshot, asked("held", as_of=then), asked("held"))),
        ("balance of a year", lambda: balance(snapshot, asked("held", as_of=year[0].first), asked("held"))),
        ("detained since 2014", lambda: count(snapshot, asked("detained_since"))),
    ]


SIX = ("sex", "age_group", "profile", "nationality", "state", "convicted")


def _milliseconds(work: Callable[[], Any]) -> tuple[float, float]:
    """Best of seven: wall clock, and processor time of all threads (which other work does not lengthen)."""
    work()
    walls, cpus = [], []
    for _ in range(7):
        wall, cpu = perf_counter(), process_time()
        work()
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
    return min(walls) * 1000, min(cpus) * 1000


def _megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


if __name__ == "__main__":
    main()
