"""What goes into a backup of this register, and what stays out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from constancia.apps.register.search import fts5
from constancia.infra.backup.members import Member
from constancia.infra.evidence import NAME
from constancia.infra.home import Home

DERIVED = (
    fts5.DROP,
    fts5.CREATE,
    fts5.SECURE,
    "DELETE FROM register_documentdigest",
    "DELETE FROM register_externalkey",
)
"""Taken out of the copy: names as words, digests of document numbers. They can be derived again from the
facts by whoever has the keys of their people; a copy that kept them would outlive an erasure."""
TABLES = ("register_search", "register_documentdigest", "register_externalkey")
"""The same where the register is in PostgreSQL: only their form is taken."""

NEVER = (
    "sesiones.db",
    "claves.db",
    "registro.db",
    "auditoria.db",
    "respaldos.json",
    "restaurado.txt",
    "reserva.bin",
    "lugar.json",
)
"""Who is signed in; what has its own place; what is true of this folder alone."""
_NOT = (".lock", "-wal", "-shm", "-journal", ".db", ".rotando")


def files(home: Home) -> Iterator[Path]:
    """Every file of the folder that is copied as it is."""
    for path in sorted(home.path.rglob("*")):
        within = path.relative_to(home.path)
        if any(part.startswith(".") for part in within.parts) or within.parts[0] == home.evidence.name:
            continue
        if path.name in NEVER or path.name.endswith(_NOT) or path.is_symlink() or not path.is_file():
            continue
        # Only a demonstration keeps its key beside what it opens.
        if path == home.keyfile and not home.settings.demonstration:
            continue
        yield path


def checkpoints(home: Home) -> dict[str, bytes]:
    """The files that a seal replaces, by their path in the folder, as they are now."""
    found = {}
    for path in (home.checkpoint, *sorted(home.public_log.glob("*/checkpoint"))):
        if path.is_file():
            found[str(path.relative_to(home.path))] = path.read_bytes()
    return found


def plain(home: Home, instead: dict[str, bytes]) -> Iterator[Member]:
    """The files as members; `instead`: those that were read before. One that goes away meanwhile is left
    out."""
    for name, content in instead.items():
        yield Member(name, content)
    for path in files(home):
        name = str(path.relative_to(home.path))
        if name not in instead and path.exists():
            yield Member(name, path)


def evidence(home: Home) -> Iterator[Path]:
    """Every evidence file, sealed as it lies there."""
    return (path for path in sorted(home.evidence.glob("??/*")) if NAME.fullmatch(path.name))
