"""Measures protecting tables of invented people: `python bench/disclosing.py [threshold …]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from constancia.domain.disclosure.attack import findings
from constancia.domain.disclosure.policy import Policy
from constancia.domain.disclosure.protecting import protection
from constancia.domain.disclosure.system import Nested
from constancia.domain.disclosure.table import Table
from tests.domain.disclosure.made_up import (
    counted,
    layout_of_225_cells,
    people,
    places_in_states,
    random_table,
)


def main() -> None:
    columns = people(1)
    works: list[tuple[str, list[Table], tuple[Nested, ...]]] = [
        ("24 states x sex x profile", [layout_of_225_cells()], ()),
        ("edition of 9 linked tables", counted(columns), ()),
        ("the same, places nested in states", counted(columns), (places_in_states(columns),)),
    ]
    for threshold in [int(argument) for argument in sys.argv[1:]] or [3, 5]:
        policy = Policy(threshold=threshold)
        for name, tables, nested in works:
            _measure(name, tables, policy, nested)
        began, gaps = perf_counter(), []
        for seed in range(200):
            gaps.append(protection([random_table(seed)], policy).gap)
        seconds = perf_counter() - began
        print(f"threshold {threshold}: 200 random tables{seconds:25.2f} s, largest gap {max(gaps):.1%}")


def _measure(name: str, tables: Sequence[Table], policy: Policy, nested: Sequence[Nested]) -> None:
    began = perf_counter()
    made = protection(tables, policy, nested=nested)
    seconds = perf_counter() - began
    cells = {(one.table, cell) for one in made.pattern for cell in one.cells}
    left = len(findings(tables, made.pattern, policy, nested))
    every = sum(len(list(table.cells())) for table in tables)
    print(
        f"threshold {policy.threshold}: {name:34}{seconds:8.2f} s, {len(cells)} of {every} cells merged, "
        f"gap {made.gap:.1%}, {len(made.withheld)} withheld, {left} leaks"
    )


if __name__ == "__main__":
    main()
