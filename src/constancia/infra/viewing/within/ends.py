"""Where a file ends by its own format, and what stands after that: a file is one thing, not two.

Telephones do add to their pictures (a second picture, a short video, notes of the maker); that is told. What
else follows the end is refused: an archive, a page or a program would open under another name.
"""

from __future__ import annotations

import re
import struct

from constancia.domain.errors import InputRefused
from constancia.infra.viewing.kinds import (
    AVIF,
    GIF,
    HEIC,
    JPEG,
    M4A,
    MOV,
    MP4,
    OGG,
    PDF,
    PNG,
    THREE_GP,
    WEBP,
    FileKind,
    Group,
)

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_BOXES = (MP4, MOV, M4A, THREE_GP, HEIC, AVIF)
_DIRECTORY_END, _DIRECTORY = b"PK\x05\x06", b"PK\x01\x02"
_PROGRAMS = re.compile(
    rb"%PDF-1|<script|<html|<svg|\x7fELF[\x01\x02]|This program cannot be run"
    rb"|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c",
    re.IGNORECASE,
)
_STRAY = 64
"""Bytes after the end that careless programs leave; no archive is so small."""


def check_end(kind: FileKind, data: bytes) -> bool:
    """Whether what a telephone adds follows the end.

    Raises InputRefused `evidence.two_kinds` (an archive, a page or a program is in it too),
    `evidence.after_end` (something else follows). A file whose end is not found is damaged: no refusal.
    """
    if kind.group is not Group.OFFICE and _is_archive(data):
        raise InputRefused("evidence.two_kinds", kind=kind.ending.upper(), other="ZIP")
    end = _end_of(kind, data)
    rest = b"" if end is None else data[end:]
    if found := _PROGRAMS.search(rest):
        raise InputRefused("evidence.two_kinds", kind=kind.ending.upper(), other=_called(found[0]))
    if kind is JPEG and _by_telephone(rest):
        return True
    if len(rest.strip(b"\x00 \t\r\n")) <= _STRAY:
        return False
    raise InputRefused("evidence.after_end", bytes=len(rest))


def _end_of(kind: FileKind, data: bytes) -> int | None:
    try:
        if kind is PDF:
            at = data.rfind(b"%%EOF")
            return None if at < 0 else at + 5
        if kind is JPEG:
            return jpeg_end(data)
        if kind is PNG:
            return _png_end(data)
        if kind is GIF:
            return _gif_end(data)
        if kind is WEBP:
            size = 8 + int.from_bytes(data[4:8], "little")
            return size + size % 2 if size <= len(data) else None
        if kind is OGG:
            return _ogg_end(data)
        if kind in _BOXES:
            return _boxes_end(data)
    except (IndexError, struct.error):
        pass
    return None


def jpeg_end(data: bytes) -> int | None:
    """The byte after the first picture; None where it does not end."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xD9:
            return at + 2
        if marker == 0xFF:
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2:
            return None
        at += 2 + length
        if marker == 0xDA:
            following = _MARKER.search(data, at)
            if following is None:
                return None
            at = following.start()
            if data[at + 1] == 0xD9:
                return at + 2
    return at + 2 if data[at : at + 2] == b"\xff\xd9" else None


def _png_end(data: bytes) -> int | None:
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            return at
    return None


def _gif_end(data: bytes) -> int | None:
    at = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    while at < len(data):
        block = data[at]
        if block == 0x3B:
            return at + 1
        if block == 0x21:
            at += 2
        elif block == 0x2C:
            flags = data[at + 9]
            at += 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
        else:
            return None
        while data[at]:
            at += 1 + data[at]
        at += 1
    return None


def _ogg_end(data: bytes) -> int | None:
    at = 0
    while data[at : at + 4] == b"OggS" and at + 27 <= len(data):
        segments = data[at + 26]
        at += 27 + segments + sum(data[at + 27 : at + 27 + segments])
    return at if 0 < at <= len(data) else None


def _boxes_end(data: bytes) -> int | None:
    """Of the boxes that follow one another; something that is no box is what follows the end."""
    at = 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        if size == 1 and at + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, at + 8)
        if size == 0:
            return len(data)
        if size < 8 or not name.isascii() or any(byte < 0x20 for byte in name):
            return at
        at += size
    return at if at <= len(data) else None


def _is_archive(data: bytes) -> bool:
    """Whether a program that looks for the directory of a ZIP from the end would find one."""
    window = data[-(65_557 + 22) :]
    at = window.rfind(_DIRECTORY_END)
    while at >= 0:
        if at + 22 <= len(window):
            (size,) = struct.unpack_from("<I", window, at + 12)
            place = len(data) - len(window) + at - size
            if size and place >= 0 and data[place : place + 4] == _DIRECTORY:
                return True
        at = window.rfind(_DIRECTORY_END, 0, at)
    return False


def _by_telephone(rest: bytes) -> bool:
    """A further JPEG (multi-picture format), the video of a moving photograph, or Samsung's own notes."""
    start = rest.lstrip(b"\x00")[:16]
    return start.startswith(b"\xff\xd8\xff") or b"ftyp" in rest[:64] or rest.endswith(b"SEFT")


def _called(found: bytes) -> str:
    if found.startswith(b"%PDF"):
        return "PDF"
    return "HTML" if found.startswith(b"<") else "programa o archivo comprimido"
