"""Whether a backup is the one that the log knows: its manifest is entered there, by its digest."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from constancia.domain.ledger.checkpoint import Logs, open_checkpoint
from constancia.domain.ledger.entry import Entry
from constancia.domain.ledger.refused import ProofRefused
from constancia.domain.ledger.tiles import leaf_hashes
from constancia.infra.backup.store import Found

FACTS = "hechos"


def is_logged(found: Found, public_log: Path, key: Logs) -> bool:
    """Whether a copy of the public log holds the entry of this backup's manifest. False as well where the log
    has not been sealed since, or there is no copy."""
    folder = public_log / FACTS
    try:
        entry = _entry(found)
        last, _ = open_checkpoint((folder / "checkpoint").read_bytes(), key)
        return entry.leaf() in leaf_hashes(last.size, last.root, lambda path: _read(folder / path))
    except (ProofRefused, OSError, ValueError, KeyError, TypeError):
        return False


def _entry(found: Found) -> Entry:
    told = json.loads(found.entry or b"")
    said = json.loads(told["text"])
    if said["manifest"] != found.digest:
        raise ValueError
    return Entry("backup", told["week"], sha256(told["text"].encode()).digest())


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
