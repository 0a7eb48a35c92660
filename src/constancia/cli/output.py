"""What a command says: one JSON object with `--json`, else tables and sentences for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table


def object_out(value: Mapping[str, Any]) -> None:
    """One JSON object on standard output. Keys are those of the caller, in their order."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def list_out(values: Sequence[Mapping[str, Any]]) -> None:
    """A JSON list of objects on standard output, for the one command that promises a list."""
    sys.stdout.write(json.dumps(values, ensure_ascii=False, indent=2, default=_plain) + "\n")


def sentence(text: str) -> None:
    """A line for people; markup in it is not interpreted."""
    _console().print(escape(text), highlight=False, soft_wrap=True)


def warning(text: str) -> None:
    """A line on standard error, so that what is printed for programs stays as it is."""
    sys.stderr.write(text + "\n")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people; numbers stand to the right."""
    kept = [list(row) for row in rows]
    console = _console()
    if title:
        console.print(escape(title), style="bold", highlight=False, soft_wrap=True)
    shown = Table()
    for place, column in enumerate(columns):
        numeric = bool(kept) and all(isinstance(row[place], int | float | None) for row in kept)
        shown.add_column(escape(column), justify="right" if numeric else "left")
    for row in kept:
        shown.add_row(*[escape(_cell(cell)) for cell in row])
    console.print(shown)


@contextmanager
def progress(label: str, quiet: bool) -> Iterator[Advance]:
    """A progress bar on standard error; silent where nobody looks (`quiet`, or no terminal)."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
    )
    with bar:
        yield Advance(bar, label)


class Advance:
    """Called with (done, total) as the work goes on."""

    def __init__(self, bar: Progress, label: str) -> None:
        self._bar = bar
        self._task = bar.add_task(label, total=None)

    def __call__(self, done: int, total: int | None = None) -> None:
        self._bar.update(self._task, completed=done, total=total)


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 160)


def _cell(cell: object) -> str:
    if cell is None:
        return "—"
    return str(cell)


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)
