"""The files of a backup, written one by one into the folder that will bear its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pyrage import x25519

from constancia.domain.ledger.note import Key, Sign
from constancia.infra.backup import age, manifest, members, store
from constancia.infra.backup.manifest import Manifest, Part
from constancia.infra.backup.members import Member
from constancia.infra.backup.store import BackupStore
from constancia.infra.files import replacing, write_whole

MAIN_STEP = 16 * 1024 * 1024
KEYS_STEP = 1024 * 1024
"""Files are padded to whole steps, so that their size does not say how many people a day brought."""


def sealed(path: Path, to: Sequence[x25519.Recipient], inside: Iterable[Member], step: int) -> Part:
    """Write the members encrypted for all of `to`. All of the file is there, or none of it."""
    with replacing(path) as file, age.encrypting(file, to) as (stream, sink):
        members.pack(inside, stream, step=step)
    return Part(path.name, sink.size, sink.sha256)


def copy_evidence(
    there: BackupStore, making: Path, paths: Iterable[Path], known: Mapping[str, Part]
) -> tuple[Part, int]:
    """Copy the files that are not there yet and write the list of all; the list as a part, and how many were
    copied. `known`: what need not be read again. A file that goes away meanwhile is left out."""
    parts: dict[str, Part] = {}
    copied = 0
    for path in paths:
        try:
            part = known.get(path.name)
            if part is None or part.size != path.stat().st_size:
                part = store.hashed(path)
            copied += there.copy_evidence(path, part)
        except FileNotFoundError:
            continue
        parts[path.name] = part
    write_whole(making / store.INDEX, store.index_of(parts))
    return store.hashed(making / store.INDEX), copied


def sign(made: Manifest, making: Path, key: Key, signs: Sign) -> str:
    """Write the manifest and the note that speaks for it; the digest by which the log will know it."""
    data = made.data()
    write_whole(making / store.MANIFEST, data)
    write_whole(making / store.NOTE, manifest.signed(data, made.name, key, signs))
    return manifest.digest(data)
