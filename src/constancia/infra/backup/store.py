"""The folder that backups lie in, on another disk or machine. Whoever holds it holds ciphertext.

<name>/principal.age   the register, its settings, keystore, editions, public log, trail
<name>/evidencias.txt  "<sha256> <size> <name>" of every evidence file there was
<name>/manifiesto.json, manifiesto.firma, asiento.json
claves/<name>.age      the keys of subjects, thrown away after some weeks
evidencias/ab/abcd…    evidence files as they lie in the register, each copied once
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from constancia.domain.errors import IntegrityBroken, StoreRefused
from constancia.domain.ledger.checkpoint import Logs
from constancia.infra.backup.manifest import LARGEST, NAME, Manifest, Part, verified
from constancia.infra.files import private_folder, replacing, sync_folder

MAIN = "principal.age"
KEYS = "claves"
EVIDENCE = "evidencias"
INDEX = "evidencias.txt"
MANIFEST = "manifiesto.json"
NOTE = "manifiesto.firma"
ENTRY = "asiento.json"
READ_ME = "LEEME.txt"
MAKING = ".haciendo-"
LOCK = ".respaldo.lock"
PIECE = 1024 * 1024
_LINE = re.compile(r"([0-9a-f]{64}) ([0-9]{1,15}) ([0-9a-f]{32})")

TELLS = """Respaldos de Constancia. / Backups of Constancia.

Todo lo que hay aquí está cifrado, o es una huella. / All that lies here is encrypted, or a hash.
Comprobar sin ningún secreto / check without any secret:   constancia backup check CARPETA --log-key LLAVE
Restaurar / restore:   constancia restore CARPETA --into DESTINO --identity ARCHIVO --log-key LLAVE
Sin este programa / without this program:   age -d -i ARCHIVO principal.age | tar xf -
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A backup of a store whose manifest was verified. `digest`: of its manifest."""

    manifest: Manifest
    digest: str
    entry: bytes | None


class BackupStore:
    """A folder of backups."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Of the backups, the oldest first. Raises StoreRefused `backup.folder` where there is no folder."""
        try:
            return sorted(
                one.name for one in self.folder.iterdir() if NAME.fullmatch(one.name) and one.is_dir()
            )
        except OSError:
            raise StoreRefused("backup.folder") from None

    def main(self, name: str) -> Path:
        return self.folder / name / MAIN

    def keys(self, name: str) -> Path:
        return self.folder / KEYS / f"{name}.age"

    def index(self, name: str) -> Path:
        return self.folder / name / INDEX

    def evidence(self, name: str) -> Path:
        return self.folder / EVIDENCE / name[:2] / name

    def log_key(self, name: str) -> str:
        """The key that a manifest says is its register's: worth nothing before somebody compares it.
        Raises as `Manifest.read`, IntegrityBroken `backup.file_missing`."""
        return Manifest.read(_small(self.folder / name / MANIFEST)).log_key

    def found(self, name: str, key: Logs) -> Found:
        """Raises as `manifest.verified`; IntegrityBroken `backup.file_missing`, `backup.renamed` (another
        backup's manifest under this name)."""
        data = _small(self.folder / name / MANIFEST)
        manifest = verified(data, _small(self.folder / name / NOTE), key)
        if manifest.name != name:
            raise IntegrityBroken("backup.renamed", name=name)
        entry = self.folder / name / ENTRY
        return Found(manifest, hashlib.sha256(data).hexdigest(), _small(entry) if entry.exists() else None)

    @contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """A folder in which to make a backup; it takes its name when the block ends without error. One
        process at a time: raises StoreRefused `backup.busy`. What an earlier one left half made goes."""
        private_folder(self.folder)
        with _locked(self.folder / LOCK):
            private_folder(self.folder / KEYS)
            self.tidy()
            read_me = self.folder / READ_ME
            if not read_me.exists():
                with replacing(read_me) as file:
                    file.write(TELLS.encode())
            folder = self.folder / f"{MAKING}{name}"
            folder.mkdir(mode=0o700)
            try:
                yield folder
                sync_folder(folder)
                folder.rename(self.folder / name)
                sync_folder(self.folder)
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                self.keys(name).unlink(missing_ok=True)
                raise

    def copy_evidence(self, source: Path, part: Part) -> bool:
        """Copy an evidence file that is not there yet, or not whole; says whether it was copied. Raises
        IntegrityBroken `backup.evidence_changed` where the source is not what it was."""
        target = self.evidence(part.name)
        if target.exists() and target.stat().st_size == part.size:
            return False
        private_folder(target.parent)
        digest = hashlib.sha256()
        with source.open("rb") as file, replacing(target) as copy:
            while piece := file.read(PIECE):
                digest.update(piece)
                copy.write(piece)
            if digest.hexdigest() != part.sha256:
                raise IntegrityBroken("backup.evidence_changed", count=1)
        return True

    def tidy(self) -> None:
        """Throw away what a process that was killed left half made: above all copies of keys that no backup
        would ever expire."""
        for left in self.folder.glob(f"{MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        kept = {f"{name}.age" for name in self.names()}
        for path in (self.folder / KEYS).glob("*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
        for path in (self.folder / KEYS).glob(".*.tmp"):
            path.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Throw away a backup with its keys."""
        self.keys(name).unlink(missing_ok=True)
        shutil.rmtree(self.folder / name)
        sync_folder(self.folder)


def index_of(parts: Mapping[str, Part]) -> bytes:
    return "".join(f"{one.sha256} {one.size} {one.name}\n" for _, one in sorted(parts.items())).encode()


def read_index(path: Path) -> dict[str, Part]:
    """By name. Raises IntegrityBroken `backup.manifest` for a line of another form."""
    found = {}
    with path.open("r", encoding="ascii", errors="replace", newline="\n") as file:
        for line in file:
            matched = _LINE.fullmatch(line.removesuffix("\n"))
            if matched is None:
                raise IntegrityBroken("backup.manifest")
            found[matched[3]] = Part(matched[3], int(matched[2]), matched[1])
    return found


def hashed(path: Path) -> Part:
    """What a file is now."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return Part(path.name, size, digest.hexdigest())


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreRefused("backup.busy") from None
        yield
    finally:
        os.close(descriptor)


def _small(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        raise IntegrityBroken("backup.file_missing", file=path.name) from None
