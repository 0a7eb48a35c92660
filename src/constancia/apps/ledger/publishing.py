"""The public side of the logs: checkpoints and tiles in a folder that any web server can serve (C2SP
tlog-tiles), made from committed rows alone."""

from __future__ import annotations

from pathlib import Path

from constancia.apps.ledger import standing
from constancia.apps.ledger.models import CASES, LOGS, Checkpoint
from constancia.apps.ledger.queries.proofs import last_checkpoint, note_of, roster
from constancia.apps.ledger.trees import hashes
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.tiles import HEIGHT, WIDTH, tiles_of
from constancia.infra import unlocked
from constancia.infra.files import clear_left, write_whole

PUBLIC_FILE = 0o644


def publish() -> None:
    """Writes the last checkpoints: first beside the database, for `standing`; then tiles; then the public
    ones. A tile that lies there already is left alone: a tile never changes. Whoever calls holds the turn of
    sealing."""
    last = [row for row in (last_checkpoint(log) for log in LOGS) if row is not None]
    clear_left(unlocked.home().checkpoint)
    standing.keep([note_of(row) for row in last])
    for row in last:
        folder = folder_of(row.log)
        clear_left(folder)
        _write_tiles(folder, row)
        write_whole(folder / "checkpoint", note_of(row).encode(), mode=PUBLIC_FILE)


def folder_of(log: str) -> Path:
    """Where the public files of a log lie."""
    return unlocked.home().public_log / log


def _write_tiles(folder: Path, row: Checkpoint) -> None:
    for tile in tiles_of(row.size):
        path, entries = folder / tile.path, folder / tile.entries_path
        if not path.exists():
            path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            content = hashes(row.log, HEIGHT * tile.level, tile.index * WIDTH, tile.width)
            write_whole(path, b"".join(content), mode=PUBLIC_FILE)
        # Asked apart: between the two the process may have been killed.
        if row.log == CASES and tile.level == 0 and not entries.exists():
            _write_entries(entries, tile.index * WIDTH, tile.width)


def _write_entries(path: Path, start: int, count: int) -> None:
    """The entries of the roster themselves, which every cut shows anyway (week and slot root): with them a
    roster can be given back to a restored register."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    data = [Entry("case", one.week, one.root).data() for one in roster(start + count)[start:]]
    write_whole(path, b"".join(len(one).to_bytes(2, "big") + one for one in data), mode=PUBLIC_FILE)
