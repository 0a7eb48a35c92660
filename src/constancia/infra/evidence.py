"""Evidence files: kept by the hash of what they contain, sealed, and never overwritten.

A file on disk is named by a random number and padded, so that a copy of a known document proves
nothing about what an organisation keeps. Layout: magic (5) | nonce-bearing pieces, each
`length (4, big-endian) | sealed piece`. A piece opens to `kind (1) | length (4) | content | padding`,
sealed at `evidence|<name>|<number of the piece>`; the last piece alone has kind 1, so a shortened or
reordered file does not open.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from constancia.domain.errors import IntegrityBroken
from constancia.infra.codec import SubjectCodec
from constancia.infra.files import private_folder, replacing, sync_folder

MAGIC = b"CSTE1"
PIECE = 1024 * 1024
PADDING = 64 * 1024
MORE, LAST = 0, 1
NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Stored:
    """One evidence file: `name` on disk, SHA-256 of the content (64 hex digits), its size in bytes."""

    name: str
    sha256: str
    size: int


class EvidenceStore:
    """A folder of sealed files. The key of each is the codec's key of its own subject."""

    def __init__(self, folder: Path, codec: SubjectCodec) -> None:
        self._folder = folder
        self._codec = codec

    def put(self, subject: bytes, content: BinaryIO) -> Stored:
        """Seal `content` under `subject`, which must have a key. On the disk when this returns."""
        name = secrets.token_hex(16)
        digest, size = hashlib.sha256(), 0
        path = self._path(name)
        private_folder(path.parent)
        with replacing(path) as file:
            file.write(MAGIC)
            number, piece = 0, content.read(PIECE)
            while True:
                following = content.read(PIECE) if piece else b""
                digest.update(piece)
                size += len(piece)
                plain = _padded(piece, MORE if following else LAST)
                sealed = self._codec.seal(subject, f"evidence|{name}|{number}", plain)
                file.write(struct.pack(">I", len(sealed)) + sealed)
                if not following:
                    break
                number, piece = number + 1, following
        return Stored(name, digest.hexdigest(), size)

    def read(self, subject: bytes, stored: Stored) -> Iterator[bytes]:
        """The content, piece by piece; each piece is authentic, the whole only once the end is reached.

        Raises IntegrityBroken `evidence.damaged` or `evidence.missing`.
        """
        digest, size = hashlib.sha256(), 0
        for piece in self._pieces(subject, stored.name):
            digest.update(piece)
            size += len(piece)
            yield piece
        if digest.hexdigest() != stored.sha256 or size != stored.size:
            raise IntegrityBroken("evidence.damaged", file=stored.name)

    def remove(self, name: str) -> bool:
        """Take the file away, for an erasure alone; was it there? Its key is destroyed apart."""
        path = self._path(name)
        if not path.exists():
            return False
        path.unlink()
        sync_folder(path.parent)
        return True

    def names(self) -> set[str]:
        """The names of all files kept."""
        return {path.name for path in self._folder.glob("??/*") if NAME.fullmatch(path.name)}

    def _pieces(self, subject: bytes, name: str) -> Iterator[bytes]:
        try:
            with self._path(name).open("rb") as file:
                if file.read(len(MAGIC)) != MAGIC:
                    raise IntegrityBroken("evidence.damaged", file=name)
                number, kind = 0, MORE
                while kind == MORE:
                    sealed = _read_sealed(file, name)
                    plain = self._codec.open(subject, f"evidence|{name}|{number}", sealed)
                    kind, length = struct.unpack_from(">BI", plain)
                    yield plain[5 : 5 + length]
                    number += 1
                if file.read(1):
                    raise IntegrityBroken("evidence.damaged", file=name)
        except FileNotFoundError as error:
            raise IntegrityBroken("evidence.missing", file=name) from error

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise IntegrityBroken("evidence.missing", file="?")
        return self._folder / name[:2] / name


def _padded(piece: bytes, kind: int) -> bytes:
    filling = -(len(piece) + 5) % PADDING
    return struct.pack(">BI", kind, len(piece)) + piece + bytes(filling)


def _read_sealed(file: BinaryIO, name: str) -> bytes:
    head = file.read(4)
    length = struct.unpack(">I", head)[0] if len(head) == 4 else 0
    sealed = file.read(length) if 0 < length <= PIECE + 2 * PADDING else b""
    if not sealed or len(sealed) != length:
        raise IntegrityBroken("evidence.damaged", file=name)
    return sealed
