"""What is inside a backup: a tar, followed by zeros up to a round size.

A tar, so that whoever has age and tar can open a backup without this program; its end marks the true size,
which nobody sees from outside.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from constancia.domain.errors import IntegrityBroken
from constancia.infra.files import PRIVATE_FILE, private_folder

Aside = tuple[str, Callable[[bytes], None]]
PIECE = 1024 * 1024
_SEGMENT = re.compile(r"[^./\x00-\x1f][^/\x00-\x1f]{0,199}")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a backup: its path inside, and its bytes or where they are."""

    name: str
    content: bytes | Path


def pack(members: Iterable[Member], stream: BinaryIO, *, step: int) -> None:
    """Write the members as one tar and zeros up to a multiple of `step` bytes. A file that grows meanwhile is
    taken as long as it was."""
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for member in members:
            head = tarfile.TarInfo(member.name)
            head.mode = PRIVATE_FILE
            if isinstance(member.content, bytes):
                head.size = len(member.content)
                archive.addfile(head, BytesIO(member.content))
            else:
                with member.content.open("rb") as file:
                    head.size = member.content.stat().st_size
                    archive.addfile(head, file)
    missing = -(-(-archive.offset // tarfile.RECORDSIZE) * tarfile.RECORDSIZE) % step
    while missing:
        missing -= stream.write(bytes(min(missing, PIECE)))


def unpack(stream: BinaryIO, folder: Path, aside: Aside | None = None) -> int:
    """Write the members of a tar into `folder`, which must hold none of them yet; their number. `aside`: what
    those whose name begins so are handed to instead, whole: they touch no disk.

    Reads to the end: only zeros may follow. Raises IntegrityBroken `backup.content` for anything that is not
    a regular file under a plain path.
    """
    found: set[str] = set()
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for head in archive:
                source = archive.extractfile(head) if head.isreg() else None
                if source is None or head.name in found or not is_plain(head.name):
                    raise IntegrityBroken("backup.content")
                found.add(head.name)
                if aside is not None and head.name.startswith(aside[0]):
                    aside[1](source.read())
                else:
                    _write(folder / head.name, source, head.size)
    except (tarfile.TarError, FileExistsError, NotADirectoryError):
        raise IntegrityBroken("backup.content") from None
    while rest := stream.read(PIECE):
        if rest.strip(b"\0"):
            raise IntegrityBroken("backup.content")
    return len(found)


def is_plain(name: str) -> bool:
    """Whether a path leads nowhere but down, through visible names."""
    return all(_SEGMENT.fullmatch(part) for part in name.split("/"))


def _write(path: Path, source: object, size: int) -> None:
    private_folder(path.parent)
    written = 0
    with path.open("xb") as file:
        path.chmod(PRIVATE_FILE)
        while piece := source.read(PIECE):  # type: ignore[attr-defined]
            written += file.write(piece)
    if written != size:
        raise IntegrityBroken("backup.content")
