"""Looking into a spreadsheet's archive before anything opens it: bombs, entities, encryption.

XLSX and ODS are ZIP archives of XML. What an archive declares about itself may be a lie, so every
member is inflated once, counted, and thrown away, before a library is allowed to believe it.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO

from constancia.domain.errors import TableRefused

MAX_MEMBERS = 5_000
MAX_TOTAL = 1_500_000_000
"""Bytes that all members may inflate to."""
MAX_RATIO = 250
"""Inflated to stored; a million like rows of a real sheet stay below 100."""
RATIO_FROM = 20_000_000
"""Bytes below which the ratio does not matter."""
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""What reading a damaged archive may raise."""
_CHUNK = 1 << 16
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype", b"<!entity")
_WIDE = tuple(word.decode().encode(f"utf-16-{end}") for word in _FORBIDDEN for end in ("le", "be"))
_OVERLAP = 40


def check_archive(source: Path | bytes) -> frozenset[str]:
    """The names of the members, once the archive (a file, or its bytes) is known to be safe to open.

    Raises TableRefused: `table.broken`, `table.bomb`, `table.entities`, `table.encrypted`.
    """
    try:
        with _opened(source) as raw, zipfile.ZipFile(raw) as archive:
            members = archive.infolist()
            _check_declared(members)
            spent = 0
            for member in members:
                spent = _check_member(raw, member, spent)
            return frozenset(member.filename for member in members)
    except BROKEN:
        raise TableRefused("table.broken") from None


def chunks(source: Path | bytes, name: str) -> Iterator[bytes]:
    """The bytes of one member, in pieces. The archive must have been checked."""
    try:
        with _opened(source) as raw, zipfile.ZipFile(raw) as archive, archive.open(name) as member:
            while piece := member.read(1 << 20):
                yield piece
    except (*BROKEN, KeyError):
        raise TableRefused("table.broken") from None


def _opened(source: Path | bytes) -> BinaryIO:
    return BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _check_declared(members: list[zipfile.ZipInfo]) -> None:
    if not members or len(members) > MAX_MEMBERS:
        raise TableRefused("table.broken")
    if len({member.filename for member in members}) != len(members):
        raise TableRefused("table.broken")
    _check_size(sum(m.file_size for m in members), sum(m.compress_size for m in members))
    for member in members:
        if member.flag_bits & 0x1:
            raise TableRefused("table.encrypted")
        _check_size(member.file_size, member.compress_size)


def _check_size(inflated: int, stored: int) -> None:
    if inflated > MAX_TOTAL or (inflated > RATIO_FROM and inflated > MAX_RATIO * max(stored, 1)):
        raise TableRefused("table.bomb", megabytes=inflated // 1_000_000)


def _check_member(raw: IO[bytes], member: zipfile.ZipInfo, spent: int) -> int:
    """Inflates one member, counting; returns the bytes that all members up to it inflate to."""
    markup = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    for piece in _inflate(raw, member):
        size += len(piece)
        if size > member.file_size or spent + size > MAX_TOTAL:
            raise TableRefused("table.bomb", megabytes=(spent + size) // 1_000_000)
        if markup and not member.filename.startswith("META-INF/"):
            window = tail + piece
            if any(word in window for word in _FORBIDDEN) or any(word in window for word in _WIDE):
                raise TableRefused("table.entities")
            tail = window[-_OVERLAP:]
    _check_size(size, member.compress_size)
    return spent + size


def _inflate(raw: IO[bytes], member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is really there, not only as much as the directory declares."""
    raw.seek(member.header_offset)
    local = raw.read(30)
    if len(local) < 30 or local[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    raw.seek(int.from_bytes(local[26:28], "little") + int.from_bytes(local[28:30], "little"), 1)
    left = member.compress_size
    if member.compress_type == zipfile.ZIP_STORED:
        while left and (piece := raw.read(min(_CHUNK, left))):
            left -= len(piece)
            yield piece
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    inflater = zlib.decompressobj(-15)
    while left and not inflater.eof and (stored := raw.read(min(_CHUNK, left))):
        left -= len(stored)
        while stored:
            yield inflater.decompress(stored, 1 << 20)
            stored = inflater.unconsumed_tail
    yield inflater.flush()
