"""What somebody outside saw of the logs last: a copy of their public folder, or signed checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from constancia.domain.errors import StoreRefused
from constancia.domain.ledger.note import LARGEST_NOTE

LOGS = ("hechos", "casos")


def notes(paths: Sequence[Path]) -> list[bytes]:
    """The files of checkpoints, unread. Raises StoreRefused `backup.seen` where there is none."""
    found = []
    for path in paths:
        files = [path / log / "checkpoint" for log in LOGS] if path.is_dir() else [path]
        there = [file for file in files if file.is_file()]
        if not there:
            raise StoreRefused("backup.seen")
        for file in there:
            with file.open("rb") as opened:
                found.append(opened.read(len(LOGS) * LARGEST_NOTE))
    return found
