"""The log as static files for any web server (C2SP tlog-tiles): 256 hashes a file, leaves at level 0.

A tile of level n holds the perfect nodes of level 8n. Bundles of entries are not published: the hashes are
enough for every proof, and nobody needs to know more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from constancia.domain.ledger.encoding import HASH
from constancia.domain.ledger.merkle import Frontier, Get
from constancia.domain.ledger.refused import ProofRefused

WIDTH = 256
"""Hashes of a full tile."""

_HEIGHT = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """`width` hashes: fewer than WIDTH only in the last tile of a level."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it lies, "tile/0/x001/x234/067" or "tile/0/001.p/44"."""
        digits = str(self.index)
        digits = digits.zfill((len(digits) + 2) // 3 * 3)
        *upper, last = (digits[at : at + 3] for at in range(0, len(digits), 3))
        end = "" if self.width == WIDTH else f".p/{self.width}"
        return "/".join(["tile", str(self.level), *(f"x{one}" for one in upper), last]) + end


def tiles_of(size: int, since: int = 0) -> Iterator[Tile]:
    """The tiles of a log of `size` leaves that it had not at `since` leaves, level by level."""
    level = 0
    while size:
        for index in range(since // WIDTH, size // WIDTH):
            yield Tile(level, index)
        if size % WIDTH and size != since:
            yield Tile(level, size // WIDTH, size % WIDTH)
        level, size, since = level + 1, size // WIDTH, since // WIDTH


def content(tile: Tile, get: Get) -> bytes:
    """The bytes of a tile out of kept nodes."""
    start = tile.index * WIDTH
    return b"".join(get(_HEIGHT * tile.level, at) for at in range(start, start + tile.width))


def leaf_hashes(size: int, root: bytes, read: Callable[[str], bytes | None]) -> list[bytes]:
    """The hashes of all leaves, from published tiles of level 0, for a log that lost its own. `root`: of a
    checkpoint of that `size` whose signature was checked; `read`: path → bytes, None where there is no such
    file (a partial tile may have been replaced by the full one).

    Raises ProofRefused `proof.tile` (missing, or of another length), `proof.root`.
    """
    found: list[bytes] = []
    tree = Frontier()
    for tile in (Tile(0, at, min(WIDTH, size - at * WIDTH)) for at in range(-(-size // WIDTH))):
        data, length = read(tile.path), HASH * tile.width
        if data is None and tile.width < WIDTH:
            full = read(Tile(0, tile.index).path)
            data = full[:length] if full is not None and len(full) == HASH * WIDTH else None
        if data is None or len(data) != length:
            raise ProofRefused("proof.tile", tile=tile.path)
        for at in range(0, length, HASH):
            found.append(data[at : at + HASH])
            tree.append(found[-1])
    if tree.root() != root:
        raise ProofRefused("proof.root")
    return found
