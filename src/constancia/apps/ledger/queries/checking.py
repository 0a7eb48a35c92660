"""Whether the logs hold together: entries, leaves, nodes, checkpoints, and the files that are public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from constancia.apps.ledger import models, publishing, standing
from constancia.apps.ledger.keys import log_keys
from constancia.apps.ledger.models import LOGS
from constancia.apps.ledger.queries.proofs import last_checkpoint
from constancia.apps.ledger.services.appending import START, chained
from constancia.apps.ledger.trees import hashes
from constancia.domain.ledger.checkpoint import open_checkpoint
from constancia.domain.ledger.entry import Entry, Kind
from constancia.domain.ledger.merkle import Frontier
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.tiles import HEIGHT, WIDTH, tiles_of
from constancia.infra import unlocked

PIECE = 5000


@dataclass(slots=True)
class Checked:
    """What was looked at, and how often each fault was found (by its name in `FAULTS`)."""

    entries: int = 0
    waiting: int = 0
    leaves: dict[str, int] = field(default_factory=dict)
    padding: int = 0
    lost: int = 0
    checkpoints: int = 0
    tiles: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        return not self.faults


def check() -> Checked:
    """Everything is computed again from the entries up and compared with what is stored and published.

    Faults: "entry" (its hash is not that of what it says), "chain" (an entry is missing, added or moved),
    "leaf" (a leaf out of place, or not that of its entry), "node", "checkpoint" (root or signature),
    "tile" (missing or other), "published" (the public checkpoint), "standing" (see `standing`).
    """
    found = Checked()
    _entries(found)
    for log in LOGS:
        _tree(log, found)
        _files(log, found)
    told, path = publishing.chain_published(), unlocked.home().public_log / publishing.KEYS
    if told is not None and (not path.is_file() or path.read_bytes() != told):
        found.faults["published"] += 1
    path = unlocked.home().checkpoint
    if standing.standing() != "ours" or (found.checkpoints and not path.exists()):
        found.faults["standing"] += 1
    return found


def _entries(found: Checked) -> None:
    chain, expected = START, 1
    rows = models.Entry.objects.order_by("seq").values_list("seq", "kind", "week", "root", "leaf", "chain")
    for seq, kind, week, root, leaf, link in rows.iterator(PIECE):
        found.entries += 1
        if Entry(cast(Kind, kind), week, bytes(root)).leaf() != bytes(leaf):
            found.faults["entry"] += 1
        chain = chained(chain, bytes(leaf))
        if seq != expected or chain != bytes(link):
            found.faults["chain"] += 1
        chain, expected = bytes(link), seq + 1
    found.waiting = models.Entry.objects.filter(sealed__isnull=True).count()


def _tree(log: str, found: Checked) -> None:
    frontier, checkpoints = Frontier(), _checkpoints(log)
    stored: dict[int, Iterator[tuple[int, bytes]]] = {}
    wrong = 0

    def compare(level: int, index: int, made: bytes) -> None:
        nonlocal wrong
        if level:
            rows = stored.setdefault(level, _nodes(log, level))
            if next(rows, None) != (index, made):
                wrong += 1

    leaves = models.Leaf.objects.filter(log=log).order_by("index")
    for index, made, kind, entry in leaves.values_list("index", "hash", "kind", "entry__leaf").iterator(
        PIECE
    ):
        held = {"entry": entry is not None and bytes(entry) == bytes(made), "padding": entry is None}
        if index != frontier.size or not held.get(kind, kind == "lost" and entry is None):
            found.faults["leaf"] += 1
        found.padding += kind == "padding"
        found.lost += kind == "lost"
        frontier.append(bytes(made), compare)
        row = checkpoints.pop(frontier.size, None)
        if row is not None:
            found.checkpoints += 1
            found.faults["checkpoint"] += not _is_signed(row, frontier)
    found.leaves[log] = frontier.size
    found.faults["node"] += wrong + sum(1 for rows in stored.values() for _ in rows)
    found.faults["checkpoint"] += len(checkpoints)
    found.faults += Counter()  # what was never found is left out


def _nodes(log: str, level: int) -> Iterator[tuple[int, bytes]]:
    rows = models.Node.objects.filter(log=log, level=level).order_by("index").values_list("index", "hash")
    return ((index, bytes(made)) for index, made in rows.iterator(PIECE))


def _checkpoints(log: str) -> dict[int, models.Checkpoint]:
    return {row.size: row for row in models.Checkpoint.objects.filter(log=log)}


def _is_signed(row: models.Checkpoint, frontier: Frontier) -> bool:
    try:
        said, _ = open_checkpoint(row.note.encode(), log_keys(row.log))
    except ProofRefused:
        return False
    return (said.size, said.root) == (row.size, bytes(row.root)) == (frontier.size, frontier.root())


def _files(log: str, found: Checked) -> None:
    row = last_checkpoint(log)
    if row is None:
        return
    folder = publishing.folder_of(log)
    for tile in tiles_of(row.size):
        found.tiles += 1
        path = folder / tile.path
        content = b"".join(hashes(log, HEIGHT * tile.level, tile.index * WIDTH, tile.width))
        if not path.is_file() or path.read_bytes() != content:
            found.faults["tile"] += 1
    path = folder / "checkpoint"
    try:
        said, _ = open_checkpoint(path.read_bytes(), log_keys(log))
    except (OSError, ProofRefused):
        found.faults["published"] += 1
        return
    if (said.size, said.root) != (row.size, bytes(row.root)):
        found.faults["published"] += 1
