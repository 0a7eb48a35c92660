"""`python -m bench [SIZE …]`: measures registers of these sizes, one process each, and prints a table."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import leaf, machine, tally
from bench.goals import GOALS
from bench.ledger import ROWS as LEDGER_ROWS
from bench.publishing import ROWS

SIZES = (1_000, 10_000, 100_000)


def main(arguments: list[str]) -> int:
    sizes = [int(argument) for argument in arguments] or list(SIZES)
    console = Console(width=130)
    for key, value in machine.described().items():
        console.print(f"{key:>10}  {value}", highlight=False)
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="constancia-bench-") as folder:
            report = Path(folder) / "report.json"
            console.print(f"[dim]{size:,} …[/dim]")
            run = subprocess.run(
                [sys.executable, "-m", "bench.measure", str(size), folder, str(report)], check=False
            )
            if run.returncode != 0:
                return run.returncode
            found[size] = json.loads(report.read_text(encoding="utf-8"))
    table = Table(title="Constancia", title_justify="left")
    table.add_column("")
    for size in sizes:
        table.add_column(f"{size:,}", justify="right")
    table.add_column("goal at 100,000", justify="right")
    for goal in GOALS:
        cells = [_cell(found[size].get(goal.key), goal.digits) for size in sizes]
        table.add_row(f"{goal.label} ({goal.unit})", *cells, goal.text)
    console.print(table)
    for step in (_published, _tallied, lambda console: _proven(console, 10 * max(sizes))):
        failed = step(console)
        if failed:
            return failed
    console.print(
        "Peer on 10,000 people (Bayanat, same kind of machine): search 84-104 ms and blind to accents, "
        "actors page 255 kB, one imported row 171 ms, about 300 MB per process.",
        highlight=False,
    )
    return 0


def _published(console: Console) -> int:
    """What an edition of the demonstration register costs; the exit code of the first step that failed."""
    with tempfile.TemporaryDirectory(prefix="constancia-bench-") as folder:
        home, report = f"{folder}/demo", Path(folder) / "report.json"
        entered = Path(folder) / "entered.json"
        for words in (
            ["-c", "from constancia.cli.main import run; run()", "demo", "--home", home, "--no-serve"],
            ["-m", "bench.publishing", home, str(report)],
            ["-m", "bench.leaf", home, str(entered)],
        ):
            run = subprocess.run([sys.executable, *words], check=False, stdout=subprocess.DEVNULL)
            if run.returncode != 0:
                return run.returncode
        found = json.loads(report.read_text(encoding="utf-8"))
        leafed = json.loads(entered.read_text(encoding="utf-8"))
    _print(console, "An edition of the demonstration register", ROWS, found)
    _print(console, "The ledger of the demonstration register", leaf.ROWS, leafed)
    return 0


def _tallied(console: Console) -> int:
    """What proving totals without rows costs; the exit code."""
    with tempfile.TemporaryDirectory(prefix="constancia-bench-") as folder:
        report = Path(folder) / "report.json"
        run = subprocess.run([sys.executable, "-m", "bench.tally", str(report)], check=False)
        if run.returncode != 0:
            return run.returncode
        found = json.loads(report.read_text(encoding="utf-8"))
    _print(console, f"Totals without rows: {tally.CASES:,} cases, 10 cells", tally.ROWS, found)
    return 0


def _print(
    console: Console, title: str, rows: Iterable[tuple[str, str, str, str]], found: dict[str, Any]
) -> None:
    table = Table(title=title, title_justify="left")
    for column in ("", "", "goal"):
        table.add_column(column, justify="right" if table.columns else "left")
    for key, label, unit, goal in rows:
        digits = {"s": 1, "ms": 2}.get(unit, 0)
        table.add_row(f"{label} ({unit})" if unit else label, _cell(found.get(key), digits), goal)
    console.print(table)


def _proven(console: Console, leaves: int) -> int:
    """What a ledger of so many leaves costs, beside pymerkle; the exit code where it failed."""
    with tempfile.TemporaryDirectory(prefix="constancia-bench-") as folder:
        report = Path(folder) / "report.json"
        run = subprocess.run([sys.executable, "-m", "bench.ledger", str(leaves), str(report)], check=False)
        if run.returncode != 0:
            return run.returncode
        found = json.loads(report.read_text(encoding="utf-8"))
    table = Table(title=f"The ledger, {leaves:,} leaves", title_justify="left")
    for column in ("", "ours", "pymerkle", "prototype at 1,000,000"):
        table.add_column(column, justify="right" if table.columns else "left")
    for key, label, unit, digits, goal in LEDGER_ROWS:
        cells = [_cell(found[who].get(key), digits) for who in ("ours", "pymerkle")]
        table.add_row(f"{label} ({unit})", *cells, goal)
    console.print(table)
    return 0


def _cell(value: float | None, digits: int) -> str:
    return "—" if value is None else f"{value:,.{digits}f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
