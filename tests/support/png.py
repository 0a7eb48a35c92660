"""The pixels of a PNG as Typst writes them: eight bits, red, green, blue and opacity, no interlace."""

from __future__ import annotations

import struct
import zlib


def rows(data: bytes) -> list[bytes]:
    """Each line of the picture, four bytes a pixel."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed, width, height = 8, b"", 0, 0
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB", body[:10])
            assert (depth, colours) == (8, 6)
        elif kind == b"IDAT":
            packed += body
        at += length + 12
    raw, line = zlib.decompress(packed), width * 4
    found: list[bytes] = []
    before = bytes(line)
    for number in range(height):
        start = number * (line + 1)
        before = _restored(raw[start], bytearray(raw[start + 1 : start + 1 + line]), before)
        found.append(before)
    return found


def _restored(kind: int, line: bytearray, above: bytes) -> bytes:
    for at in range(len(line)):
        left = line[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        guess = (0, left, above[at], (left + above[at]) // 2, _nearest(left, above[at], corner))[kind]
        line[at] = (line[at] + guess) & 0xFF
    return bytes(line)


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def white(lines: list[bytes], first: int, last: int) -> bool:
    """Whether the columns from `first` up to `last` hold nothing but paper."""
    return all(set(line[first * 4 : last * 4]) <= {255} for line in lines)
