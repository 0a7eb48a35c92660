"""A bundle as it lies there, folder or zip, read as if a stranger had made it to do harm.

Paths are "/"-separated. Links, devices, paths that lead out, names twice, and more or larger files than any
edition has are refused before anything is made of them. Only what is read here is ever looked at.
"""

from __future__ import annotations

import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from constancia.domain.ledger.refused import ProofRefused

MOST_FILES = 2_000
LARGEST_FILE = 256 * 2**20
LARGEST_BUNDLE = 512 * 2**20
LONGEST_PATH = 200
DEEPEST = 6

MANIFEST, SIGNATURE_FILE, KEY_FILE = "manifiesto.json", "manifiesto.firma", "clave.pem"
CONTENT = "datos/edicion.json"
POLICY = "prueba/politica.txt"
ROSTER_SEAL, CUT, TOTALS = "prueba/casos.sello", "prueba/casos.txt", "prueba/totales.json"
TLOG_PROOF, PREVIOUS = "prueba/manifiesto.tlog-proof", "prueba/anterior.txt"
PRINTED = "prueba/impreso.txt"
CHAIN = "prueba/llaves.json"

BESIDE = frozenset({MANIFEST, SIGNATURE_FILE, KEY_FILE, TLOG_PROOF, PREVIOUS, PRINTED})
"""What may lie in a bundle without standing in its manifest."""

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error,
    EOFError, RuntimeError, LookupError, ArithmeticError, ValueError, OSError,
)  # fmt: skip
"""What the library is known to raise for a damaged archive."""


@dataclass(frozen=True)
class Bundle:
    """Path → bytes of every file that lies there."""

    files: Mapping[str, bytes]

    def __contains__(self, path: str) -> bool:
        return path in self.files

    def __getitem__(self, path: str) -> bytes:
        """Raises ProofRefused `proof.missing`."""
        found = self.files.get(path)
        if found is None:
            raise ProofRefused("proof.missing", path=path)
        return found


def open_bundle(path: str | os.PathLike[str]) -> Bundle:
    """The bundle in a folder or a zip. Raises ProofRefused: `proof.unreadable`, `proof.zip`, `proof.path`,
    `proof.link`, `proof.twice`, `proof.too_many`, `proof.too_large`."""
    try:
        place = Path(path)
        if place.is_dir():
            return Bundle(dict(_bounded(_in_folder(place))))
        if not stat.S_ISREG(place.stat().st_mode):
            raise ProofRefused("proof.unreadable")
        with place.open("rb") as file:
            return Bundle(_from_zip(file))
    except (OSError, ValueError):  # ValueError: a path with NUL
        raise ProofRefused("proof.unreadable") from None


def open_zip(data: bytes) -> Mapping[str, bytes]:
    """The files of an archive that lies within a bundle, under the same rules. Raises as `open_bundle`."""
    return _from_zip(BytesIO(data))


def _from_zip(file: IO[bytes]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(file) as archive:
            return dict(_bounded(_in_zip(archive)))
    except _DAMAGED:
        raise ProofRefused("proof.zip") from None


def check_path(path: str) -> str:
    """The path. Raises ProofRefused `proof.path` for what could lead out of a folder or be taken for another
    path."""
    parts = path.split("/")
    if (
        not 0 < len(path) <= LONGEST_PATH
        or len(parts) > DEEPEST
        or _FORBIDDEN.search(path)
        or any(part in ("", ".", "..") or part.strip() != part or part.endswith(".") for part in parts)
        or any("\ud800" <= one <= "\udfff" for one in path)
        or unicodedata.normalize("NFC", path) != path
    ):
        raise ProofRefused("proof.path")
    return path


def _bounded(found: Iterator[tuple[str, int, Read]]) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    left = LARGEST_BUNDLE
    for path, size, read in found:
        check_path(path)
        if path.casefold() in seen:
            raise ProofRefused("proof.twice", path=path)
        seen.add(path.casefold())
        if len(seen) > MOST_FILES:
            raise ProofRefused("proof.too_many", most=MOST_FILES)
        if size > min(LARGEST_FILE, left):
            raise ProofRefused("proof.too_large", path=path)
        data = read(size)
        if len(data) != size:
            raise ProofRefused("proof.unreadable")
        left -= size
        yield path, data


class Read:
    """Reads one file, up to one byte more than the size that was told, so that a lie shows."""

    def __init__(self, folder: Path | None, archive: zipfile.ZipFile | None, name: str | zipfile.ZipInfo):
        self._folder, self._archive, self._name = folder, archive, name

    def __call__(self, size: int) -> bytes:
        if self._archive is not None:
            with self._archive.open(self._name) as file:
                return file.read(size + 1)
        assert self._folder is not None
        assert isinstance(self._name, str)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self._folder / self._name, flags), "rb") as file:
            return file.read(size + 1)


def _in_folder(place: Path, within: str = "", depth: int = 0) -> Iterator[tuple[str, int, Read]]:
    if depth >= DEEPEST:
        raise ProofRefused("proof.path")
    with os.scandir(place / within) as listed:
        entries = sorted(listed, key=lambda one: one.name)
    if len(entries) > MOST_FILES:
        raise ProofRefused("proof.too_many", most=MOST_FILES)
    for entry in entries:
        path = check_path(f"{within}{entry.name}")
        told = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(told.st_mode):
            yield from _in_folder(place, f"{path}/", depth + 1)
        elif stat.S_ISREG(told.st_mode):
            yield path, told.st_size, Read(place, None, path)
        else:
            raise ProofRefused("proof.link", path=path)


def _in_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, int, Read]]:
    entries = archive.infolist()
    if len(entries) > 2 * MOST_FILES:
        raise ProofRefused("proof.too_many", most=MOST_FILES)
    for entry in entries:
        path = entry.orig_filename  # as it was written: the library cuts names at NUL and turns backslashes
        if entry.is_dir() and not entry.file_size:
            check_path(path.rstrip("/"))
            continue
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise ProofRefused("proof.link", path=check_path(path))
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ProofRefused("proof.zip")
        yield check_path(path), entry.file_size, Read(None, archive, entry)
